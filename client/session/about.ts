/** What the server says about the workshop and the people in it: from the answer at the door, then from signals. */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { SessionAnswer, Visitor } from "../../document/session.ts";
import type { Signal, Size } from "../../document/signal.ts";
import type { State } from "../../minutes/value.ts";

type Told = Pick<SessionAnswer, "visitor" | "visitors" | "state" | "code" | "address" | "readAddress">;

export interface About {
  readonly visitor: ReadonlySignal<Visitor>;
  readonly visitors: ReadonlySignal<ReadonlyMap<string, Visitor>>;
  /** Names by visitor id, as the reading of a document wants them. */
  readonly names: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly state: ReadonlySignal<State>;
  readonly code: ReadonlySignal<string | null>;
  readonly address: ReadonlySignal<string | null>;
  readonly readAddress: ReadonlySignal<string>;
  readonly size: ReadonlySignal<Size>;
  take: (told: Told) => void;
  hear: (told: Signal) => void;
  renamed: (visitor: Visitor) => void;
}

export const createAbout = (first: Told): About => {
  const visitor = signal(first.visitor);
  const everybody = signal<readonly Visitor[]>(first.visitors);
  const state = signal(first.state);
  const code = signal(first.code);
  const address = signal(first.address);
  const readAddress = signal(first.readAddress);
  const size = signal<Size>("ample");
  // Oneself last: what we know of ourselves is at least as new as any list.
  const visitors = computed(() => new Map([...everybody.value, visitor.value].map((each) => [each.id, each])));
  return {
    visitor,
    visitors,
    names: computed(() => new Map([...visitors.value].map(([id, each]) => [id, each.name]))),
    state,
    code,
    address,
    readAddress,
    size,
    take: (told) =>
      batch(() => {
        visitor.value = told.visitor;
        everybody.value = told.visitors;
        state.value = told.state;
        code.value = told.code;
        address.value = told.address;
        readAddress.value = told.readAddress;
      }),
    hear: (told) =>
      batch(() => {
        if (told.signal === "visitors") {
          everybody.value = told.visitors;
          // Renamed in another tab of this browser.
          visitor.value = told.visitors.find(({ id }) => id === visitor.value.id) ?? visitor.value;
        }
        if (told.signal === "size") size.value = told.size;
        if (told.signal === "state") {
          state.value = told.state;
          code.value = told.code;
        }
      }),
    renamed: (next) => {
      visitor.value = next;
    },
  };
};
