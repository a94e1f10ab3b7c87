/** Who is in the room and in which section: what awareness says, made trustworthy and calm. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Awareness } from "y-protocols/awareness";
import { listen } from "../../document/listen.ts";
import { parsePresence, type Presence } from "../../document/presence.ts";
import type { About } from "./about.ts";
import { perFrame } from "./frame.ts";
import type { Present } from "./session.ts";

export interface Presences {
  /** The others, oldest connection id first; names as the server knows them now. */
  readonly present: ReadonlySignal<readonly Present[]>;
  setPlace: (section?: string) => void;
  /** Says again who we are, after the entry was taken away (a hidden page, another client id). */
  show: () => void;
  stop: () => void;
}

const known = new WeakMap<object, Presence | undefined>();

/** What a state of awareness says of somebody. States are replaced, never changed: each is looked at once, however many carets move. */
export const presenceOf = (state: object): Presence | undefined => {
  if (!known.has(state)) known.set(state, parsePresence(state));
  return known.get(state);
};

/** Who and where, without the caret: it moves with every key, and whoever shows it asks awareness itself. */
const standing = (client: number, { visitor, name, colour, section }: Presence): Present => ({
  client,
  visitor,
  name,
  colour,
  ...(section === undefined ? {} : { section }),
});

const same = (a: Present, b: Present | undefined): boolean =>
  a.client === b?.client &&
  a.visitor === b.visitor &&
  a.name === b.name &&
  a.colour === b.colour &&
  a.section === b.section;

/** Watches `awareness` and keeps our own entry in it up to date with who we are. */
export const watchPresence = (awareness: Awareness, { visitor, visitors }: About): Presences => {
  const states = signal<readonly Present[]>([]);
  const update = perFrame(() => {
    const before = states.peek();
    const now = [...awareness.getStates()].flatMap(([client, state]) => {
      const presence = client === awareness.clientID ? undefined : presenceOf(state);
      return presence ? [standing(client, presence)] : [];
    });
    if (now.length !== before.length || !now.every((each, place) => same(each, before[place]))) states.value = now;
  });
  const unlisten = listen(awareness, "change", update);
  const show = (): void => {
    const { id, name, colour } = visitor.peek();
    awareness.setLocalState({ ...awareness.getLocalState(), visitor: id, name, colour });
  };
  const unname = effect(() => {
    void visitor.value;
    show();
  });
  const present = computed(() =>
    states.value
      .map((each) => ({ ...each, name: visitors.value.get(each.visitor)?.name ?? each.name }))
      .toSorted((a, b) => a.client - b.client),
  );
  return {
    present,
    show,
    setPlace(section) {
      const { section: before, ...rest } = (awareness.getLocalState() ?? {}) as { section?: string };
      if (before === section) return;
      awareness.setLocalState(section === undefined ? rest : { ...rest, section });
    },
    stop() {
      unlisten();
      unname();
    },
  };
};
