/** What a room does at each of Hocuspocus's hooks: who enters, what is loaded, what is let through, what is shown. */
import { OutgoingMessage, type Configuration, type Document } from "@hocuspocus/server";
import type { Logger } from "pino";
import type * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { Refusal, type RefusalCode } from "../../document/refusal.ts";
import { atLeast } from "../../document/session.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { inspectUpdate } from "../../document/updates.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import { fill } from "../log/rebuild.ts";
import type { Stages } from "../stage/stages.ts";
import type { Attendance } from "./attendance.ts";
import { Denial, guarded, harmless } from "./denial.ts";
import type { Door } from "./door.ts";
import { FRAME, readFrame, SYNC } from "./frames.ts";
import type { Frost } from "./frost.ts";
import { judge } from "./gate.ts";
import { membersOf, type Context, type Member } from "./member.ts";
import { awaitsNumbers, broughtItems } from "./numbering.ts";
import { holdLease, own } from "./ownership.ts";
import { announcedIn, sanitise } from "./presence.ts";
import type { Tenure } from "./tenure.ts";
import { Toll } from "./toll.ts";

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

/** Every hook of Hocuspocus that we use, none of which can throw anything but a Denial. */
export const hooksOf = (parts: Parts): Partial<Configuration<Context>> => {
  const { log, access, stages, frost, logger, attendance, tenure, door, changed, refused, closing } = parts;
  const report = (error: unknown): void => logger.error({ err: error }, "a room failed");
  /** A refusal is an answer, and told as one; anything else is a fault. */
  const hear = (error: unknown, { documentName }: { documentName: string }): void =>
    error instanceof Refusal ? refused(error.code, documentName) : report(error);

  /** The holds of entries between the disk and the room, by the connection that brought them. */
  const holds = new WeakMap<object, () => void>();

  const toll = new Toll();

  const giveNumbers = harmless(report, (workshop: string) => door().edit(workshop, undefined, stampNumbers));

  const mayWrite = ({ member }: Context): boolean => atLeast(member?.grant.capability ?? "read", "write");

  /** Until when nothing is taken from a connection, though it may write; undefined where it is. */
  const frozenFor = async ({ member, wire }: Context, workshop: string): Promise<number | undefined> => {
    if (atLeast(member?.grant.capability ?? "read", "manage")) return undefined;
    // What it sends now builds on what was not taken: it has to begin again.
    return (await stages.frozenUntil(workshop)) ?? (frost.holds(workshop, wire) ? Date.now() : undefined);
  };

  const admit = async (document: Document, member: Member, update: Uint8Array): Promise<void> => {
    const brought = judge(document, update);
    if (!brought) return;
    const { workshop, visitor, link } = member.grant;
    if (brought.clients.length > 0 && log.size(workshop) === "full") throw new Refusal("full");
    toll.take(link, brought.steps);
    await own(document, member, brought.clients);
    for (const clientId of brought.clients) await access.bindClient(workshop, visitor, clientId);
    await log.append({ document: workshop, visitor, update });
    changed(workshop);
  };

  return {
    onAuthenticate: guarded(hear, async ({ token, documentName, connectionConfig, context, instance }) => {
      attendance.enter(await access.authorise(documentName, token), context.wire);
      tenure.mustBeOpen(documentName);
      // Asked again now that this wire is on the list: what was withdrawn or closed before that would pass it by.
      const grant = await access.authorise(documentName, token);
      await holdLease(instance.documents.get(documentName), grant);
      const known = (await access.visitors(documentName)).find((each) => each.id === grant.visitor);
      const visitor = { ...(known ?? { id: grant.visitor, name: "", organisation: "", colour: 0 }) };
      connectionConfig.readOnly = !atLeast(grant.capability, "write");
      const member: Member = { grant, visitor, wrote: new Set(), announced: [] };
      return { member };
    }),

    onLoadDocument: guarded(hear, async ({ document, documentName }) => {
      tenure.mustBeOpen(documentName);
      fill(document, await log.load(documentName));
    }),

    afterLoadDocument: harmless(report, ({ document, documentName }) => {
      listen(document, "afterTransaction", (transaction: Y.Transaction) => {
        if (broughtItems(transaction)) void giveNumbers(documentName);
      });
      // The server may have ended between an item and its number.
      if (awaitsNumbers(document)) void giveNumbers(documentName);
    }),

    connected: harmless(report, async ({ connection, context, documentName }) => {
      connection.onClose((_document, event) => {
        // Told only that its document is closed, a client stays connected and resends nothing: close the socket too.
        if (event && event.code !== 1000) context.wire.close(event.code, event.reason);
      });
      // Also that all is well: the session may have been given while nothing could be written.
      connection.sendStateless(JSON.stringify({ signal: "storage", writing: log.writing.writing }));
      const size = log.size(documentName);
      if (size !== "ample") connection.sendStateless(JSON.stringify({ signal: "size", size }));
      // What changed between the answer at the door and this moment would pass it by.
      connection.sendStateless(JSON.stringify({ signal: "stage", stage: await stages.stage(documentName) }));
    }),

    beforeHandleMessage: guarded(hear, ({ update, context }) => {
      if (!context.wire.open) throw new Denial(new Refusal("stopping"));
      const frame = readFrame(update);
      if (frame?.kind === FRAME.presence && context.member) context.member.announced = announcedIn(frame.rest);
    }),

    beforeSync: guarded(hear, async ({ type, payload, document, documentName, connection, context }) => {
      if (type === SYNC.step1) return;
      if (type !== SYNC.step2 && type !== SYNC.update) throw new Refusal("malformed-update");
      if (connection.readOnly) {
        // Hocuspocus answers it: not applied, not acknowledged. But it decodes it, so it must be an update.
        inspectUpdate(payload);
        return;
      }
      if (!context.member) throw new Refusal("session-expired");
      const until = await frozenFor(context, documentName);
      if (until !== undefined) {
        // Whoever brought nothing new is told so, and stays; the others come again when it is over.
        if (judge(document, payload)) frost.hold(documentName, context.wire, until);
        connection.readOnly = true;
        return;
      }
      holds.set(connection, tenure.hold(documentName));
      await admit(document, context.member, payload);
    }),

    afterHandleMessage: harmless(report, ({ connection, context }) => {
      if (connection.readOnly && mayWrite(context)) connection.readOnly = false;
      holds.get(connection)?.();
      holds.delete(connection);
    }),

    beforeHandleAwareness: guarded(hear, ({ states, document, connection, context }) => {
      const member = context?.member;
      if (!member || !connection || connection.readOnly) {
        states.clear();
        // Nothing of it is shown, but a client that hears nothing back takes the line for dead.
        connection?.send(
          new OutgoingMessage(connection.messageAddress)
            .createAwarenessUpdateMessage(document.awareness)
            .toUint8Array(),
        );
        return;
      }
      const others = membersOf(document).filter((each) => each.connection !== connection);
      sanitise(states, member, (clientId) => others.some((each) => each.member.clientId === clientId));
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
