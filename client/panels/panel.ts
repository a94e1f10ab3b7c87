/** Which panel is open over the workshop; one at a time. */
import { signal } from "@preact/signals";

export type Panel =
  | "invite"
  | "export"
  | "people"
  | "state"
  | "review"
  | "paper"
  | "duplicate"
  | "name"
  | "keys"
  | "kept"
  | "glossary"
  | "facilitate"
  | "history";

export const panel = signal<Panel | undefined>(undefined);
