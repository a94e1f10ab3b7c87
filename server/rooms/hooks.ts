/** What a room does at each of Hocuspocus's hooks: who enters, what is loaded, what is let through, what is shown. */
import type { Configuration, Document } from "@hocuspocus/server";
import type { Logger } from "pino";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { Refusal, type RefusalCode } from "../../document/refusal.ts";
import { showAgain, writtenInto, type Hidden } from "../../document/returning.ts";
import { atLeast } from "../../document/session.ts";
import { stampNumbers } from "../../document/stamp.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import type { Loaded } from "../log/rebuild.ts";
import type { Stages } from "../stage/stages.ts";
import type { Attendance } from "./attendance.ts";
import { atTheDoor, Denial, guarded, harmless } from "./denial.ts";
import { SERVER, type Door } from "./door.ts";
import type { Frost } from "./frost.ts";
import { judge } from "./gate.ts";
import { Intake } from "./intake.ts";
import type { Context, Member } from "./member.ts";
import { awaitsNumbers, broughtItems } from "./numbering.ts";
import { Leases, own } from "./ownership.ts";
import { Relay } from "./relay.ts";
import { Seat, type Verdict } from "./seat.ts";
import type { Tenure } from "./tenure.ts";
import { Toll } from "./toll.ts";

/** A client that leaves the document, and keeps its socket. */
const LEFT = 1000;

export interface Parts {
  log: Log;
  access: Access;
  stages: Stages;
  frost: Frost;
  logger: Logger;
  attendance: Attendance;
  tenure: Tenure;
  door: () => Door;
  /** Hears of every workshop that got something new, once it is on disk. */
  changed: (workshop: string) => void;
  /** Hears of everything that is refused, whatever its author is told. */
  refused: (code: RefusalCode, workshop: string) => void;
  /** Whether the rooms are being closed for good. */
  closing: () => boolean;
}

/** Smaller documents are made of their bytes before whoever waits for them would notice. */
const WORTH_IT = 64 * 1024;

/**
 * What is kept of a document as one snapshot is an answer before it is made of it. Its checksum was looked at when it was
 * read. Returns whom to tell what was opened.
 */
const ahead = ({ seating }: Context, name: string, stored: Loaded): ((vector: Uint8Array) => void) | undefined => {
  const { state, updates } = stored;
  return state && state.length >= WORTH_IT && updates.length === 0 ? seating.offer(name, state) : undefined;
};

/** Every hook of Hocuspocus that we use, none of which can throw anything but a Denial. */
export const hooksOf = (parts: Parts): Partial<Configuration<Context>> => {
  const { log, access, stages, frost, logger, attendance, tenure, door, changed, refused, closing } = parts;
  const report = (error: unknown): void => logger.error({ err: error }, "a room failed");
  /** A refusal is an answer, and told as one; anything else is a fault. */
  const hear = (error: unknown, { documentName }: { documentName: string }): void =>
    error instanceof Refusal ? refused(error.code, documentName) : report(error);

  const open = new WeakMap<Document, { relay: Relay; intake: Intake }>();

  const toll = new Toll();
  const leases = new Leases();

  const giveNumbers = harmless(report, (workshop: string) => door().edit(workshop, undefined, stampNumbers));

  const bringBack = harmless(report, ({ workshop, hidden }: { workshop: string; hidden: readonly Hidden[] }) =>
    door().edit(workshop, undefined, (draft) => showAgain(draft, hidden)),
  );

  /** Until when nothing is taken from a connection, though it may write; undefined where it is. */
  const frozenFor = async ({ member, wire }: Context, workshop: string): Promise<number | undefined> => {
    if (atLeast(member?.grant.capability ?? "read", "manage")) return undefined;
    // What it sends now builds on what was not taken: it has to begin again.
    return (await stages.frozenUntil(workshop)) ?? (frost.holds(workshop, wire) ? Date.now() : undefined);
  };

  const admit = async (document: Document, context: Context, update: Uint8Array): Promise<Verdict> => {
    const { member, wire } = context;
    if (!member) throw new Refusal("session-expired");
    const until = await frozenFor(context, document.name);
    const brought = judge(document, update);
    if (!brought) return "known";
    if (until !== undefined) {
      // Whoever brought nothing new stays; the others come again when it is over.
      frost.hold(document.name, wire, until);
      return "declined";
    }
    const { workshop, visitor, link } = member.grant;
    if (brought.clients.length > 0 && log.size(workshop) === "full") throw new Refusal("full");
    toll.take(link, brought.steps);
    await own(document, member, brought.clients);
    for (const clientId of brought.clients) await access.bindClient(workshop, visitor, clientId);
    await log.append({ document: workshop, visitor, update });
    changed(workshop);
    return "new";
  };

  return {
    onAuthenticate: atTheDoor(hear, async ({ token, documentName, connectionConfig, context }) => {
      attendance.enter(await access.authorise(documentName, token), context.wire);
      tenure.mustBeOpen(documentName);
      // Asked again now that this wire is on the list: what was withdrawn or closed before that would pass it by.
      const grant = await access.authorise(documentName, token);
      const giveBack = await leases.take(grant, context.wire);
      const known = await access.visitor(documentName, grant.visitor);
      const visitor = { ...(known ?? { id: grant.visitor, name: "", organisation: "", colour: 0 }) };
      connectionConfig.readOnly = !atLeast(grant.capability, "write");
      const member: Member = { grant, visitor, wrote: new Set(), giveBack };
      // Where the document is open already, what it is told now and the document itself follow at once.
      context.wire.gather();
      return { member };
    }),

    onLoadDocument: guarded(hear, async ({ document, documentName, context }) => {
      tenure.mustBeOpen(documentName);
      Relay.takeOver(document);
      const stored = await log.load(documentName);
      const opened = ahead(context, documentName, stored);
      await log.fillIn(document, documentName, stored);
      opened?.(Y.encodeStateVector(document));
      open.set(document, { relay: new Relay(document, stored), intake: new Intake(document) });
    }),

    afterLoadDocument: harmless(report, ({ document, documentName }) => {
      listen(document, "afterTransaction", (transaction: Y.Transaction) => {
        const hidden = transaction.origin === SERVER ? [] : writtenInto(transaction);
        if (hidden.length > 0) void bringBack({ workshop: documentName, hidden });
        if (broughtItems(transaction)) void giveNumbers(documentName);
      });
      // The server may have ended between an item and its number.
      if (awaitsNumbers(document)) void giveNumbers(documentName);
    }),

    connected: harmless(report, async ({ connection, context, documentName }) => {
      const { document } = connection;
      const { wire, seating, member } = context;
      const room = open.get(document);
      // Whoever left while entering has no seat.
      if (!member || !room || !document.hasConnection(connection)) return;
      const seat = new Seat({
        connection,
        document,
        member,
        ...room,
        admit: (update) => admit(document, context, update),
        hold: () => tenure.hold(documentName),
        hear: (error) => hear(error, { documentName }),
      });
      connection.onClose((_document, event) => {
        seating.leave(connection.messageAddress);
        seat.leave();
        member.giveBack();
        // Told only that its document is closed, a client stays connected and resends nothing: close the socket too.
        if (event && event.code !== LEFT) wire.close(event.code, event.reason);
      });
      // Also that all is well: the session may have been given while nothing could be written.
      connection.sendStateless(JSON.stringify({ signal: "storage", writing: log.writing.writing }));
      const size = log.size(documentName);
      if (size !== "ample") connection.sendStateless(JSON.stringify({ signal: "size", size }));
      seating.take(connection.messageAddress, seat);
      // Whoever reads ticks has said so before it entered, and been told already.
      if (!seat.listener.packed) room.relay.greet(seat.listener);
      // What changed between the answer at the door and this moment would pass it by.
      connection.sendStateless(JSON.stringify({ signal: "stage", stage: await stages.stage(documentName) }));
      // Nor would it hear of a workshop that was opened again meanwhile: it would read on for ever.
      if (atLeast(member.grant.capability, "write") || closing()) return;
      const { state } = await access.workshop(documentName);
      connection.sendStateless(JSON.stringify({ signal: "state", state, code: null }));
    }),

    beforeUnloadDocument: guarded(hear, ({ documentName }) => {
      if (tenure.held(documentName)) throw new Denial(new Refusal("stopping"));
    }),

    afterUnloadDocument: harmless(report, ({ documentName }) => {
      door().forget(documentName);
      // Nobody waits for a snapshot: the next start reads the entries all the same.
      if (closing()) return;
      const release = tenure.hold(documentName);
      // Nor may Hocuspocus: until this hook is over, a room opened meanwhile would not be let go of.
      void log.compact(documentName).catch(report).finally(release);
    }),
  };
};
