/** Opens a stay in a workshop: joins the exchange, the local copy, the line and the presence into one Session. */
import { batch, computed, effect, signal } from "@preact/signals";
import { Awareness, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import { metaOf } from "../../document/layout.ts";
import { listen, LOCAL } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { atLeast, type SessionAnswer, type Visitor } from "../../document/session.ts";
import { parseSignal } from "../../document/signal.ts";
import type { Minutes } from "../../minutes/value.ts";
import { findAside } from "./aside.ts";
import { connect } from "./connection.ts";
import { exchange, keepName, lastAnswer, type Admission, type KeptAnswer } from "./entry.ts";
import { perFrame } from "./frame.ts";
import { createLedger } from "./ledger.ts";
import { openLocal } from "./local.ts";
import { markOf, sameMark } from "./mark.ts";
import { watchNews } from "./news.ts";
import { createNotices } from "./notices.ts";
import { watchPresence } from "./present.ts";
import { Refused, request, Unreachable } from "./request.ts";
import type { Entrance, Saved, Session } from "./session.ts";
import { createStanding, type Next } from "./standing.ts";

/** Without an acknowledgement for this long after opening, the mark says offline. */
const PATIENCE = 4_000;
/** A line that was down for longer may come back to another server, another state, another right. */
const LONG = 5_000;

interface Entered {
  about: KeptAnswer;
  /** Missing when nobody answered. */
  answer?: SessionAnswer;
  ahead: number;
}

/** The exchange, or what the last one said when nobody answers. Throws Refused, or Unreachable when nothing is kept here. */
const enter = async (entrance: Entrance): Promise<Entered> => {
  try {
    const { answer, ahead } = await exchange(entrance);
    return { about: answer, answer, ahead };
  } catch (error) {
    const kept = error instanceof Unreachable ? lastAnswer(entrance.workshop) : undefined;
    if (kept) return { about: kept, ahead: 0 };
    throw error;
  }
};

/** Opens the workshop. Resolves as soon as there is something to show, before anything is synchronised. */
export const openSession = async (entrance: Entrance, Socket?: typeof WebSocket): Promise<Session> => {
  const { workshop, server } = entrance;
  const { about, answer, ahead: firstAhead } = await enter(entrance);
  const doc = new Y.Doc();
  // Without network there is no leased id: the random one of this page is bound to us when it first arrives.
  if (answer) doc.clientID = answer.clientId;
  const local = openLocal(workshop, String(about.epoch), String(doc.clientID), doc);
  const awareness = new Awareness(doc);
  const notices = createNotices();
  const standing = createStanding(about.epoch);
  standing.admit(about);

  let ahead = firstAhead;
  const now = (): Date => new Date(Date.now() + ahead);
  const visitor = signal<Visitor>(about.visitor);
  const everybody = (list: readonly Visitor[]): ReadonlyMap<string, Visitor> =>
    new Map([...list, visitor.value].map((each) => [each.id, each]));
  const visitors = signal(everybody(about.visitors));
  const [state, code, address, readAddress] = [
    signal(about.state),
    signal(about.code),
    signal(about.address),
    signal(about.readAddress),
  ];
  const saved = signal<Saved>({ state: "saving" });
  const ready = signal(false);
  const canWrite = computed(() => ready.value && standing.reason.value === undefined);
  let line: "opening" | "up" | "down" = answer ? "opening" : "down";

  const mark = (): void => {
    if (ledger.based && line !== "up") {
      line = "up";
      downSince = 0;
      standing.acknowledged();
      local.settle();
    }
    local.note(ledger.unsent);
    const next = markOf({ readOnly: standing.reason.value, line, unsent: ledger.unsent });
    if (!sameMark(saved.value, next)) saved.value = next;
  };
  const ledger = createLedger(mark, () => (denied = true));
  let token = answer?.token;
  let denied = false;
  let downSince = 0;

  const presence = watchPresence(awareness, visitor, visitors);

  const adopt = ({ answer: next, ahead: by }: Admission): void =>
    batch(() => {
      ahead = by;
      token = next.token;
      // One leased id per connection: from here on we write, and are shown, under the new one.
      removeAwarenessStates(awareness, [awareness.clientID], "lease");
      awareness.clientID = doc.clientID = next.clientId;
      presence.show();
      visitor.value = next.visitor;
      visitors.value = everybody(next.visitors);
      [state.value, code.value, address.value, readAddress.value] = [
        next.state,
        next.code,
        next.address,
        next.readAddress,
      ];
      follow(standing.admit(next));
    });

  const freshToken = async (): Promise<string> => {
    if (token !== undefined && !denied && (downSince === 0 || Date.now() - downSince < LONG)) return token;
    try {
      adopt(await exchange(entrance));
      denied = false;
    } catch (error) {
      if (error instanceof Refused && error.status < 429) follow(standing.bar());
      // Too many at once, or nobody there: the token in hand may still do.
      else if (token !== undefined && !denied) return token;
      throw error;
    }
    return token ?? "";
  };

  let connection: ReturnType<typeof connect> | undefined;
  const follow = (next: Next): void => {
    if (next === "stop") connection?.stop();
    if (next === "exchange") denied = true;
  };

  const minutesNow = (): Minutes =>
    read(doc, {
      id: workshop,
      state: state.value,
      names: new Map([...visitors.value].map(([id, each]) => [id, each.name])),
    });
  const minutes = signal<Minutes>(
    answer?.minutes ?? { id: workshop, title: "", language: "fr", state: about.state, sections: [] },
  );
  const refresh = perFrame(() => {
    if (ready.value) minutes.value = minutesNow();
  });
  const arrived = (): void => {
    if (ready.value || metaOf(doc).get("layout") === undefined) return;
    batch(() => {
      minutes.value = minutesNow();
      ready.value = true;
    });
  };

  const stops = [
    listen(doc, "update", (_update: Uint8Array, origin: unknown) => {
      if (origin !== connection?.origin && origin !== local.origin) ledger.wrote();
      refresh();
    }),
    effect(() => {
      void [visitors.value, state.value];
      refresh();
    }),
    effect(() => {
      void standing.reason.value;
      mark();
    }),
  ];

  await Promise.race([local.loaded, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  ledger.inherit(local.inherited);
  arrived();

  connection = connect({
    address: `${(server ?? location.origin).replace(/^http/, "ws")}/live`,
    workshop,
    doc,
    awareness,
    ledger,
    ...(Socket ? { Socket } : {}),
    token: freshToken,
    speak: presence.show,
    onSynced: arrived,
    onClosed(closeCode) {
      line = "down";
      downSince ||= Date.now();
      follow(standing.closed(closeCode));
      mark();
    },
    onDenied() {
      denied = true;
      setTimeout(() => connection?.renew(), 1_000 + Math.random() * 2_000);
    },
    onSignal(payload) {
      const told = parseSignal(payload);
      if (told?.signal === "visitors") {
        visitors.value = everybody(told.visitors);
        visitor.value = visitors.value.get(visitor.value.id) ?? visitor.value;
      }
      if (told?.signal === "storage") standing.setStorage(told.writing);
      if (told?.signal === "state") {
        // A right that the closed state took away comes back with a new session only.
        const reopened = state.value === "closed" && told.state !== "closed";
        [state.value, code.value] = [told.state, told.code];
        standing.setState(told.state);
        if (reopened) {
          denied = true;
          connection?.renew();
        }
      }
    },
  });
  const late = setTimeout(() => {
    if (line === "opening") line = "down";
    mark();
  }, PATIENCE);
  mark();

  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    request({
      server,
      method,
      path: `/api/workshops/${encodeURIComponent(workshop)}${path}`,
      bearer: token ?? "",
      body,
    });

  const session: Session = {
    id: workshop,
    kind: about.kind,
    doc,
    awareness,
    undo: new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL]) }),
    capability: standing.capability,
    visitor,
    visitors,
    present: presence.present,
    state,
    code,
    address,
    readAddress,
    saved,
    ready,
    canWrite,
    minutes,
    structure: signal(false),
    spoken: notices.spoken,
    aside: findAside(workshop),
    news: notices.news,
    notices: notices.notices,
    now,
    setPlace: presence.setPlace,
    announce: notices.announce,
    notify: notices.notify,
    dismiss: notices.dismiss,
    async rename(name, organisation) {
      const response = await call("PATCH", "/sessions", { name, organisation });
      visitor.value = {
        ...visitor.value,
        ...((await response.json().catch(() => ({}))) as Partial<Visitor>),
        name,
        organisation,
      };
      visitors.value = everybody([...visitors.value.values()].filter((each) => each.id !== visitor.value.id));
      keepName(name, organisation);
    },
    request: call,
    close() {
      clearTimeout(late);
      stopNews();
      for (const stop of stops) stop();
      presence.stop();
      connection?.close();
      local.close();
      doc.destroy();
    },
  };
  const stopNews = watchNews(session, notices);
  return session;
};
