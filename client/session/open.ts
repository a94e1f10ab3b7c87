/** Opens a stay in a workshop: joins the exchange, the local copy, the line and the presence into one Session. */
import { computed, effect, signal } from "@preact/signals";
import { fromBase64 } from "lib0/buffer";
import { Awareness, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import { createUndo } from "../editor/undo.ts";
import { ballotsOf, itemOf } from "../../document/layout.ts";
import { listen } from "../../document/listen.ts";
import { picksOf } from "../../document/picking.ts";
import type { Visitor } from "../../document/session.ts";
import { unpack } from "../../document/updates/packed.ts";
import { parseSignal } from "../../document/signal.ts";
import { BARE, type StageAnswer } from "../../document/stage.ts";
import { liveAddress } from "./ahead.ts";
import { createAbout } from "./about.ts";
import { findAside } from "./aside.ts";
import { takeCopy } from "./beforehand.ts";
import { createClock } from "./clock.ts";
import { connect, type Connection } from "./connection.ts";
import { enter, exchange, keepName, type Entered } from "./entry.ts";
import type { Admission } from "./knock.ts";
import { guardLeaving } from "./leaving.ts";
import { restoredBy, watchNews } from "./news.ts";
import { createNotices } from "./notices.ts";
import { createPass } from "./pass.ts";
import { watchPresence } from "./present.ts";
import { isThere, Refused, request } from "./request.ts";
import { createSaving } from "./saving.ts";
import type { Entrance, Session } from "./session.ts";
import { watchMinutes } from "./shown.ts";
import { createStaged } from "./staged.ts";
import { createStanding, type Next } from "./standing.ts";

/** How long the copy on this device is waited for. */
const PATIENCE = 2_000;
/** What others do takes a ninth of this page's time at most: the rest is for whoever sits before it, and for its battery. */
const REST = 8;

/**
 * Opens the workshop; resolves before anything is synchronised, as soon as there is something to show. Throws Refused
 * when the link opens nothing, Unreachable when nobody answers and this device holds no copy.
 */
export const openSession = async (entrance: Entrance, Socket?: typeof WebSocket): Promise<Session> =>
  openEntered(entrance, await enter(entrance), Socket);

/** The same for somebody who has come in already. */
export const openEntered = async (
  entrance: Entrance,
  entered: Entered,
  Socket?: typeof WebSocket,
): Promise<Session> => {
  const { returning, key, kept, answer, heard, whole } = entered;
  // Megabytes, which whoever holds the answer of the door would keep for as long as the page.
  delete entered.whole;
  const { workshop, server } = entrance;
  const clock = createClock();
  if (heard) clock.take(heard);
  const staged = createStaged(answer?.stage ?? BARE, clock);

  const { doc, local } = takeCopy(workshop, kept.epoch);
  // Without network there is no leased id: the random one of this page is bound to us when it first arrives.
  if (answer) doc.clientID = answer.clientId;
  const awareness = new Awareness(doc);
  // A browser that takes its time with the copy must not keep people waiting; what it brings later is merged like the rest.
  if (answer?.document) Y.applyUpdate(doc, fromBase64(answer.document));
  if (returning) {
    const late = new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, PATIENCE);
      // What is being read is here sooner than all of it would be by the line, however slow this device is.
      void local.found.then(() => clearTimeout(patience));
    });
    await Promise.race([local.loaded, late]);
  }

  const about = createAbout(kept);
  const standing = createStanding(kept.epoch);
  let connection: Connection | undefined;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    connection?.stop();
  };
  const follow = (next: Next): void => {
    if (next === "stop") stop();
    if (next === "rest") connection?.rest();
    if (next === "exchange") pass.void();
  };
  const saving = createSaving({ standing, local, reachable: answer !== undefined, onRefused: () => pass.void() });
  const shown = watchMinutes(workshop, doc, about, answer?.minutes);
  const presence = watchPresence(awareness, about);
  const notices = createNotices();
  const pass = createPass({
    first: answer?.token,
    exchange: () => exchange(entrance, key),
    lost: saving.lost,
    onAdmitted({ answer: next, heard: anew }: Admission) {
      clock.take(anew);
      staged.take(next.stage);
      // One leased id per connection: from here on we write, and are shown, under the new one.
      removeAwarenessStates(awareness, [awareness.clientID], "lease");
      awareness.clientID = doc.clientID = next.clientId;
      about.take(next);
      presence.show();
      follow(standing.admit(next));
    },
    onBarred: () => follow(standing.bar()),
  });
  follow(standing.admit(kept));

  const unlisten = listen(doc, "update", (_update: Uint8Array, origin: unknown) => {
    if (origin !== connection?.origin) saving.ledger.wrote();
  });
  saving.ledger.inherit(local.inherited);
  shown.arrive();
  void local.loaded.then(shown.arrive);

  const hear = (payload: string): void => {
    const told = parseSignal(payload);
    if (!told) return;
    // A right that the closed state took away comes back with another session only.
    const reopened = told.signal === "state" && about.state.value === "closed" && told.state !== "closed";
    about.hear(told);
    if (told.signal === "stage") staged.take(told.stage);
    if (told.signal === "storage") follow(standing.setStorage(told.writing));
    if (told.signal === "size") standing.setFull(told.size === "full");
    if (told.signal === "state") standing.setState(told.state);
    if (told.signal === "restored" && told.visitor !== about.visitor.value.id)
      notices.notify(restoredBy(told, about.names.value));
    if (!reopened) return;
    pass.void();
    connection?.renew();
  };
  /** `answered`: the server has just answered over HTTP. */
  const begin = (answered: boolean): void => {
    if (stopped || connection) return;
    saving.expect();
    connection = connect({
      address: liveAddress(server),
      workshop,
      doc,
      awareness,
      ledger: saving.ledger,
      ...(Socket ? { Socket } : {}),
      rest: REST,
      answered,
      ask: () => isThere(server),
      token: pass.fresh,
      speak: presence.show,
      onSynced() {
        // A page that was hidden has taken its presence away.
        presence.show();
        shown.arrive();
      },
      onClosed(code) {
        follow(standing.closed(code));
        saving.lose();
      },
      onDenied: pass.void,
      onSignal: hear,
    });
  };
  const stopGuarding = guardLeaving(
    () => saving.ledger.unsent,
    () => connection?.flush(),
  );

  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const call = { server, method, path: `/api/workshops/${encodeURIComponent(workshop)}${path}`, body };
    try {
      return await request({ ...call, bearer: pass.token() });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "session-expired") throw error;
      // A page that stayed open overnight: the line follows under the new session.
      pass.void();
      const bearer = await pass.fresh();
      connection?.renew();
      return request({ ...call, bearer });
    }
  };

  /** Takes all of a large document in before the line begins, which brings what is missing, and without it all. */
  const beginWith = async (coming: NonNullable<typeof whole>): Promise<void> => {
    // A device that has something of it after all waits for nothing.
    void local.loaded.then(() => {
      if (shown.ready.value) begin(true);
    });
    const packed = await coming;
    try {
      const arranged = packed && unpack(packed);
      if (arranged && !stopped && (await local.take(arranged)) && !stopped) shown.arrive();
    } catch {
      // Whatever is wrong with it, the line brings the same.
    } finally {
      begin(packed !== undefined);
    }
  };
  if (whole) void beginWith(whole);
  else begin(answer !== undefined);

  const command = (method: string, path: string, body?: unknown): Promise<Response> =>
    saving.command(ask(method, path, body));

  const unfreeze = effect(() => standing.setFrozen(staged.frozen.value));

  const session: Session = {
    id: workshop,
    kind: kept.kind,
    doc,
    awareness,
    undo: createUndo(doc),
    capability: standing.capability,
    visitor: about.visitor,
    visitors: about.visitors,
    present: presence.present,
    state: about.state,
    code: about.code,
    address: about.address,
    readAddress: about.readAddress,
    size: about.size,
    saved: saving.saved,
    ready: shown.ready,
    canWrite: computed(() => shown.ready.value && standing.reason.value === undefined),
    minutes: shown.minutes,
    latest: shown.latest,
    isMine: (section, item) =>
      shown.ready.value && itemOf(doc, section, item)?.get("author") === about.visitor.value.id,
    picks: () => picksOf(ballotsOf(doc), about.visitor.value.id),
    // A template is there to be shaped.
    structure: signal(kept.kind === "template"),
    spoken: notices.spoken,
    aside: findAside(workshop),
    news: notices.news,
    notices: notices.notices,
    stage: staged.stage,
    frozen: computed(() => standing.reason.value === "frozen"),
    now: clock.now,
    setPlace: presence.setPlace,
    announce: notices.announce,
    notify: notices.notify,
    dismiss: notices.dismiss,
    async rename(name, organisation) {
      await command("PATCH", "/sessions", { name, organisation });
      const renamed: Visitor = { ...about.visitor.value, name, organisation };
      about.renamed(renamed);
      keepName(workshop, renamed);
    },
    hold: saving.hold,
    async play(wanted) {
      const response = await ask("POST", "/stage", wanted);
      staged.take(((await response.json()) as StageAnswer).stage);
    },
    request: (method, path, body) => (method === "GET" ? ask : command)(method, path, body),
    close() {
      stopNews();
      stopGuarding();
      unlisten();
      unfreeze();
      staged.stop();
      saving.stop();
      shown.stop();
      presence.stop();
      stopped = true;
      connection?.close();
      local.close();
      doc.destroy();
    },
  };
  const stopNews = watchNews(session, notices);
  staged.watch(() => ask("GET", "/stage"));
  return session;
};
