/** Who can be given a part in the play: somebody on the real protocol as well as hands at a real page; and who directs it. */
import type { Item, ItemsSection, Phase, RankingSection, Section } from "../minutes/value.ts";

export interface Player {
  /** Adds a line to a list, to one of its groups; resolves once it is saved. */
  capture: (section: string, words: string, group?: string) => Promise<unknown>;
  /** Picks an item of a list that is open to choose from. */
  pick: (section: string, item: Item) => Promise<void>;
}

/** What the one who runs the workshop does beside writing; each resolves once it is so for everybody. */
export interface Director {
  begin: (phase: Phase) => Promise<void>;
  show: (section: Section) => Promise<void>;
  openPick: (section: ItemsSection, size: number) => Promise<void>;
  closePick: (section: ItemsSection) => Promise<void>;
  /** Settles the ranking: these items, best first, or what the picks say. */
  confirm: (ranking: RankingSection, items: readonly string[]) => Promise<void>;
  split: (section: ItemsSection, count: number) => Promise<void>;
  gather: (section: ItemsSection) => Promise<void>;
  /** Nobody waits for a clock any more. */
  stop: () => Promise<void>;
}
