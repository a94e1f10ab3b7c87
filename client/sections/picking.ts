/** What the person at this device picks: shown at once, sent one after the other, taken back when the server says no. */
import { signal, useComputed, type Signal } from "@preact/signals";
import { pickedOf } from "../../minutes/tally.ts";
import { atLeast } from "../../document/session.ts";
import type { Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { attempt } from "../panels/attempt.ts";
import type { Session } from "../session/session.ts";
import { shortText } from "./item-moves.ts";

/** What was answered is in the document a moment later; after this long something else is. */
const ARRIVING = 3_000;

interface Desk {
  /** What was pressed here and is not in the document yet, by item. */
  pressed: Signal<ReadonlyMap<string, boolean>>;
  /** Everything sent so far: a second press must not overtake the first. */
  sent: Promise<unknown>;
}

const desks = new WeakMap<Session, Desk>();

const deskOf = (session: Session): Desk => {
  const desk = desks.get(session) ?? { pressed: signal(new Map()), sent: Promise.resolve() };
  desks.set(session, desk);
  return desk;
};

/** What one picked as the document has it, and as it was just pressed. */
const handOf = (session: Session, items: readonly Item[]): { kept: Set<string>; shown: Set<string> } => {
  const { value: pressed } = deskOf(session).pressed;
  const kept = pickedOf(items, session.picks());
  return { kept, shown: new Set(items.filter(({ id }) => pressed.get(id) ?? kept.has(id)).map(({ id }) => id)) };
};

/** Whether one may pick here at all. */
export const mayPick = (session: Session): boolean => session.ready.value && atLeast(session.capability.value, "vote");

export interface Picks {
  mine: ReadonlySet<string>;
  left: number;
  /** How often an item was picked, one's own press included; undefined while results are hidden. */
  votes: (item: Item) => number | undefined;
}

/** Draws again when one's own picks change. */
export const usePicks = (session: Session, { items, pick }: ItemsSection): Picks => {
  const hands = useComputed(() => {
    void session.minutes.value;
    const { kept, shown } = handOf(session, session.ready.value ? items : []);
    return [kept, shown].map((each) => [...each].join(" ")).join("|");
  });
  // The signal outlives this drawing, its items do not: asked again here, compared as text there.
  void hands.value;
  const { kept, shown } = handOf(session, session.ready.peek() ? items : []);
  return {
    mine: shown,
    left: Math.max(0, (pick?.size ?? 0) - shown.size),
    votes: ({ id, votes }) =>
      votes === undefined ? undefined : Math.max(0, votes + (shown.has(id) ? 1 : 0) - (kept.has(id) ? 1 : 0)),
  };
};

/** One tap: picks, or takes the pick back. */
export const togglePick = (session: Session, id: string, item: Item): void => {
  const section = session.minutes.peek().sections.find((each) => each.id === id);
  if (section?.kind !== "items") return;
  const desk = deskOf(session);
  const { shown } = handOf(session, section.items);
  const picked = !shown.has(item.id);
  const left = (section.pick?.size ?? 0) - shown.size;
  if (picked && left <= 0) return session.notify(t("pick-none-left", { count: section.pick?.size ?? 0 }));
  const press = (value: boolean | undefined): void => {
    const next = new Map(desk.pressed.peek());
    if (value === undefined) next.delete(item.id);
    else next.set(item.id, value);
    desk.pressed.value = next;
  };
  press(picked);
  session.announce(
    t(picked ? "pick-picked" : "pick-withdrawn", { text: shortText(item), left: left + (picked ? -1 : 1) }),
  );
  desk.sent = desk.sent.then(async () => {
    const body = { section: id, item: item.id, picked };
    const answer = await attempt(session, () => session.request("POST", "/votes", body));
    // Pressed again meanwhile: what comes next decides.
    const forget = (): void => {
      if (desk.pressed.peek().get(item.id) === picked) press(undefined);
    };
    if (answer) setTimeout(forget, ARRIVING);
    else forget();
  });
};

/** Asks the server to open, close or change a pick; what it refuses is said. */
export const changePick = (session: Session, section: string, change: object): Promise<Response | undefined> =>
  attempt(session, () => session.request("PATCH", "/votes", { section, ...change }));
