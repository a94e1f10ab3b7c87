/** What of the gallery is open in a dialog at the moment. */
import { signal } from "@preact/signals";

/** A template as its card says it. */
export interface Offer {
  id: string;
  title: string;
  /** The language its labels are in here. */
  language: string;
  /** Where its example stands. */
  address: string;
}

export type Opened = { what: "start" | "preview"; offer: Offer } | null;

export const opened = signal<Opened>(null);
