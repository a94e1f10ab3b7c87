/** The rooms in which people write together: one per open document, empty ones let go of; the only door to a live document. */
import { setTimeout as after } from "node:timers/promises";
import type { Logger } from "pino";
import type * as Y from "yjs";
// Server and clients must tidy formats in the same way, which is: not at all.
import "../../document/text/internals.ts";
import { Refusal, type RefusalCode } from "../../document/refusal.ts";
import { atLeast, type Visitor } from "../../document/session.ts";
import type { Signal } from "../../document/signal.ts";
import { stampNumbers } from "../../document/stamp.ts";
import type { State } from "../../minutes/value.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import type { Stages } from "../stage/stages.ts";
import { Attendance } from "./attendance.ts";
import { Calm } from "./calm.ts";
import { Budget } from "./budget.ts";
import { Caution, credentialOf } from "./caution.ts";
import { harmless } from "./denial.ts";
import { Door } from "./door.ts";
import { holdEarly } from "./early.ts";
import { apart, FRAME, isWhole, readFrame, type Frame } from "./frames.ts";
import { Frost } from "./frost.ts";
import { hooksOf } from "./hooks.ts";
import { Lobby } from "./lobby.ts";
import { membersOf } from "./member.ts";
import { awaitsNumbers } from "./numbering.ts";
import { OpeningHocuspocus } from "./opening.ts";
import { isEcho } from "./presence.ts";
import { Seating } from "./seating.ts";
import { Tenure } from "./tenure.ts";
import { Wire, type Carrier, type Peer } from "./wire.ts";

const NAME = /^[a-z0-9][\w-]{0,63}$/i;

/** The name, and the session that some clients append to it: both go back with every frame. */
const LONGEST_ADDRESS = 200;

/** Ids of workshops, and nothing that could be mistaken for a property of an object: Hocuspocus keeps names in those. */
const isName = (name: string): boolean => NAME.test(name) && !(name in {});

/** Hocuspocus gets a request that knows nothing, the same for all: addresses and headers may carry secrets. */
const NOTHING_ASKED = new Request("http://room/");

const COME_BACK = 4401;
const GOING_AWAY = 1001;
const GONE = 4408;
/** Whoever is there is heard every quarter of a minute. */
const SILENCE_MS = 60_000;
/** As long as a timer can be set for: Hocuspocus looks for the same by the clock on the wall, which jumps. */
const NEVER_MS = 2 ** 31 - 1;
/** A wire that was closed is gone a moment later. */
const LEAVING_MS = 10;
/** Sent away for what was sent: it could not be used, or there was no end of it. */
const BLAMED: ReadonlySet<number> = new Set([4400, 4429]);

interface Means {
  log: Log;
  access: Access;
  stages: Stages;
  logger: Logger;
  caution?: Caution;
}

export class Rooms {
  readonly #hocuspocus: OpeningHocuspocus;
  readonly #lobby = new Lobby();
  readonly #caution: Caution;
  readonly #attendance = new Attendance((wire) => {
    this.#lobby.enter(wire);
    wire.entered();
  });
  /** Everybody is told of everybody: when a hundred come at once, once a second will do. */
  readonly #arrivals = new Calm<Signal>((workshop, signal) => this.#signal(workshop, signal));
  readonly #access: Access;
  readonly #door: Door;
  readonly #stops: (() => void)[];
  readonly #onChanged = new Set<(workshop: string) => void>();
  readonly #onRefused = new Set<(code: RefusalCode) => void>();
  readonly #logger: Logger;
  readonly #tenure: Tenure;
  #closing = false;

  constructor({ log, access, stages, logger, caution = new Caution() }: Means) {
    this.#caution = caution;
    this.#access = access;
    this.#logger = logger;
    const tenure = new Tenure((name) => {
      const document = this.#hocuspocus.documents.get(name);
      if (document) void this.#hocuspocus.unloadDocument(document);
    });
    this.#tenure = tenure;
    const frost = new Frost();
    const changed = (workshop: string): void => this.#onChanged.forEach((listener) => listener(workshop));
    this.#hocuspocus = new OpeningHocuspocus({
      quiet: true,
      timeout: NEVER_MS,
      // The past is kept by the log, not by the room: deleted text need not stay in memory.
      yDocOptions: { gc: true, gcFilter: () => true },
      ...hooksOf({
        log,
        access,
        stages,
        frost,
        logger,
        tenure,
        changed,
        refused: (code, workshop) => this.#refuse(code, workshop),
        attendance: this.#attendance,
        door: () => this.#door,
        closing: () => this.#closing,
      }),
    });
    this.#door = new Door({ hocuspocus: this.#hocuspocus, log, access, tenure, changed });
    this.#stops = [
      access.onWithdrawn(({ link }) => this.#attendance.withdraw(link)),
      log.onSize((workshop, size) => this.#signal(workshop, { signal: "size", size })),
      log.onWriting(({ writing }) => {
        this.#signalAll({ signal: "storage", writing });
        if (writing) this.#number();
      }),
      stages.onStaged(({ workshop, stage }) => {
        this.#signal(workshop, { signal: "stage", stage });
        frost.turn(workshop, stage.frozen);
      }),
    ];
  }

  /** Takes in one client that speaks the Hocuspocus protocol; it is nobody until it has shown a credential. */
  connect(carrier: Carrier): Peer {
    const wire = new Wire(carrier);
    this.#lobby.arrive(wire);
    // Whoever connects and says nothing costs a place in the lobby, and nothing else.
    let hear: ((bytes: Uint8Array, frame: Frame) => void) | undefined;
    return {
      receive: (received) => {
        if (!wire.open) return;
        // A copy: what lies behind a short frame in memory is somebody else's, and a length that lies would read it.
        const bytes = new Uint8Array(received);
        const frame = readFrame(bytes);
        const named = frame !== undefined && isName(frame.name);
        if (named && frame.address.length <= LONGEST_ADDRESS && isWhole(frame)) {
          hear ??= this.#listen(wire);
          hear(bytes, frame);
          return;
        }
        const { closeCode, code } = new Refusal("malformed-update");
        this.#refuse(code, named ? frame.name : undefined);
        wire.close(closeCode, code);
      },
      closed: (code) => wire.ended(code),
    };
  }

  /** What takes the frames of a client that has begun to speak. */
  #listen(wire: Wire): (bytes: Uint8Array, frame: Frame) => void {
    const seating = new Seating(wire, (bytes) => client.handleMessage(bytes));
    const client = this.#hocuspocus.handleConnection(wire, NOTHING_ASKED, { wire, seating });
    let heard = performance.now();
    const silence = setInterval(() => {
      if (performance.now() - heard > SILENCE_MS) wire.close(GONE, "silent");
    }, SILENCE_MS).unref();
    const early = holdEarly((bytes, frame) => {
      if (!wire.open) return;
      heard = performance.now();
      seating.receive(bytes, frame);
    });
    wire.onClose((code) => {
      clearInterval(silence);
      early.drop();
      client.handleClose({ code, reason: "" });
    });
    const budget = new Budget(wire, (bytes, frame) => {
      if (!isEcho(frame)) early.receive(bytes, frame);
    });
    const enter = (frame: Frame): void => {
      const credential = credentialOf(frame);
      budget.rest(this.#caution.enter(frame.name, credential));
      wire.onClose((code) => {
        if (BLAMED.has(code)) this.#caution.sendAway(frame.name, credential);
      });
    };
    return (bytes, frame) => {
      if (frame.kind === FRAME.auth) enter(frame);
      for (const each of apart(frame)) budget.receive(each === frame ? bytes : each.rest, each);
    };
  }

  /** Changes a document from the server: see `Door.edit`. */
  edit<Result>(workshop: string, visitor: string | undefined, change: (draft: Y.Doc) => Result): Promise<Result> {
    return this.#door.edit(workshop, visitor, change);
  }

  /** Makes a document say what it said after an entry: see `Door.restore`. */
  restore(workshop: string, visitor: string, seq: number, since?: number): Promise<number | undefined> {
    return this.#door.restore(workshop, visitor, seq, since);
  }

  /** Tells everybody in a room who its visitors are now, and shows them under their new names. */
  async announceVisitors(workshop: string): Promise<void> {
    const document = this.#hocuspocus.documents.get(workshop);
    if (!document) return;
    const visitors = await this.#access.visitors(workshop);
    const byId = new Map<string, Visitor>(visitors.map((visitor) => [visitor.id, visitor]));
    for (const { member } of membersOf(document)) Object.assign(member.visitor, byId.get(member.grant.visitor));
    this.#arrivals.say(workshop, { signal: "visitors", visitors });
  }

  /** Tells everybody in a room its new state; `rights`: what their links allow has changed, so they have to enter again. */
  announceState(workshop: string, state: State, code: string | null, rights: boolean): void {
    const document = this.#hocuspocus.documents.get(workshop);
    for (const { connection, member } of document ? membersOf(document) : []) {
      // The code lets one write: it is not for those who were given less.
      const known = atLeast(member.grant.capability, "write") ? code : null;
      connection.sendStateless(JSON.stringify({ signal: "state", state, code: known } satisfies Signal));
    }
    for (const listener of this.#onChanged) listener(workshop);
    if (rights) this.#attendance.dismiss(COME_BACK, "state", workshop);
  }

  /**
   * Makes a document anew behind closed doors: everybody in it is sent to fetch another session, nobody is let in, and
   * `change` is run when nothing of it is in memory or on its way to the disk. Throws what `change` throws.
   */
  async anew<Result>(workshop: string, change: () => Promise<Result>): Promise<Result> {
    const open = this.#tenure.shut(workshop);
    try {
      this.#attendance.dismiss(COME_BACK, "anew", workshop);
      await this.#left(workshop);
      // Also where no room was open: under the ids of before nobody may write, nor the server.
      this.#door.forget(workshop);
      return await change();
    } finally {
      open();
      for (const listener of this.#onChanged) listener(workshop);
    }
  }

  /** Calls back after something new of a workshop is on disk. `listener` must not throw. Returns what stops it. */
  onChanged(listener: (workshop: string) => void): () => void {
    this.#onChanged.add(listener);
    return () => this.#onChanged.delete(listener);
  }

  /** Calls back for every frame and every entry that is refused. `listener` must not throw. Returns what stops it. */
  onRefused(listener: (code: RefusalCode) => void): () => void {
    this.#onRefused.add(listener);
    return () => this.#onRefused.delete(listener);
  }

  /** How many rooms are open, and how many clients are in them. */
  get size(): { rooms: number; clients: number } {
    return { rooms: this.#hocuspocus.documents.size, clients: this.#attendance.size };
  }

  /** Sends everybody away. What is on its way to the disk still gets there; it is not told to them any more. */
  close(): void {
    this.#closing = true;
    for (const stop of this.#stops) stop();
    this.#attendance.dismiss(GOING_AWAY, "stopping");
  }

  /** Resolves when nothing is on its way to the disk any more. Call after `close`. */
  async settled(): Promise<void> {
    await this.#tenure.empty();
  }

  /** One line for each: the session ends with it. Never what was sent. */
  #refuse(code: RefusalCode, workshop?: string): void {
    this.#logger.info({ workshop, code }, "refused");
    for (const listener of this.#onRefused) listener(code);
  }

  /** Resolves when the room is let go of and nothing of it is on its way to the disk, a last snapshot included. */
  async #left(workshop: string): Promise<void> {
    const { documents, loadingDocuments } = this.#hocuspocus;
    const document = documents.get(workshop);
    if (document) await this.#hocuspocus.unloadDocument(document);
    if (!documents.has(workshop) && !loadingDocuments.has(workshop) && !this.#tenure.held(workshop)) return;
    await after(LEAVING_MS);
    await this.#left(workshop);
  }

  /** Gives the numbers that could not be given while the disk failed: until somebody adds another item nobody would. */
  #number(): void {
    const report = (error: unknown): void => this.#logger.error({ err: error }, "a room failed");
    const give = harmless(report, ([workshop, document]: [string, Y.Doc]) =>
      awaitsNumbers(document) ? this.#door.edit(workshop, undefined, stampNumbers) : undefined,
    );
    for (const each of this.#hocuspocus.documents) void give(each);
  }

  #signal(workshop: string, signal: Signal): void {
    this.#hocuspocus.documents.get(workshop)?.relayStateless(JSON.stringify(signal));
  }

  #signalAll(signal: Signal): void {
    for (const name of this.#hocuspocus.documents.keys()) this.#signal(name, signal);
  }
}
