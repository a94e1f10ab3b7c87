/** Text of an earlier epoch: the workshop was restored to another state, what stands here must be offered, never merged. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { read } from "../../document/read.ts";
import { asideKey } from "./left-behind.ts";
import { forgetLocal, readAside } from "./local.ts";
import type { Aside } from "./session.ts";

/** What this device holds from an earlier epoch, if anything. */
export const findAside = (workshop: string): ReadonlySignal<Aside | undefined> => {
  const found = signal<Aside | undefined>(undefined);
  let epoch: string | null = null;
  try {
    epoch = localStorage.getItem(asideKey(workshop));
  } catch {
    // as above
  }
  if (epoch === null) return found;
  const kept = epoch;
  found.value = {
    read: async () => read(await readAside(workshop, kept), { id: workshop, state: "closed" }),
    async forget() {
      await forgetLocal(workshop, kept);
      localStorage.removeItem(asideKey(workshop));
      found.value = undefined;
    },
  };
  return found;
};
