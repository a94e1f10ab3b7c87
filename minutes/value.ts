/** What was said: the plain JSON value of a workshop's minutes, with every kind of section. */

export type Language = "fr" | "en";

/** Where a workshop stands; any state can be set again. */
export type State = "prepared" | "live" | "open" | "closed";

/** Inline formats of a span; an absent mark is off. `link` is an http(s) or mailto address. */
export interface Marks {
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
  link?: string;
}

export interface Span {
  text: string;
  marks?: Marks;
}

export type BlockKind = "paragraph" | "heading" | "bullet" | "number" | "task" | "quote";

/** One line of rich text; an absent entry is its default (level 1, indent 0, unchecked). */
export interface Block {
  kind: BlockKind;
  /** Headings only: 1 to 3. */
  level?: number;
  /** 0 to 8. */
  indent?: number;
  /** Tasks only. */
  checked?: boolean;
  spans: Span[];
}

/** Rich text: flat blocks, no nesting, no tables. */
export type Prose = Block[];

interface SectionBase {
  id: string;
  heading: string;
  /** What the template tells the writers; shown until somebody writes, never exported. */
  guidance?: string;
}

export interface ProseSection extends SectionBase {
  kind: "prose";
  body: Prose;
}

export type FieldType = "line" | "date" | "time" | "duration" | "number" | "place" | "address" | "choice";

/**
 * A labelled value, always a string as written down in the document:
 * date `2017-02-28` · time `14:30` · duration in minutes `120` · number `40`, or `>40` for "more than 40" ·
 * address an http(s) URL · choice one of `choices` · line and place free text.
 * A value that does not fit its type is kept and shown as it was written. Empty: "".
 */
export interface Field {
  id: string;
  label: string;
  type: FieldType;
  value: string;
  choices?: string[];
}

export interface FieldsSection extends SectionBase {
  kind: "fields";
  fields: Field[];
}

export interface Person {
  id: string;
  name: string;
  organisation?: string;
  sector?: string;
  role?: string;
}

export interface PeopleSection extends SectionBase {
  kind: "people";
  /** The sectors the template proposes, in its order. */
  sectors: string[];
  /** Whoever joins is listed here. */
  joining?: true;
  people: Person[];
}

export type Marker = "bullet" | "number" | "letter";

export type ActionStatus = "open" | "doing" | "done" | "dropped";

export interface Item {
  id: string;
  /** Order of capture, from 1; kept when the item moves, never given twice. */
  number: number;
  /** The body as plain text, one line per block. */
  text: string;
  body: Prose;
  /** Display name of who captured it. */
  author?: string;
  /** Whose words they are, where somebody wrote them down for another. */
  dictatedBy?: string;
  /** When it was captured: ISO 8601, UTC. */
  at?: string;
  /** Id of the group it stands in. */
  group?: string;
  owner?: string;
  /** ISO date. */
  due?: string;
  status?: ActionStatus;
  /** Ids of the items it condenses. */
  from?: string[];
  /** How many visitors picked it, where a pick shows its results. */
  votes?: number;
  /** The same words said by others, brought together in this item. */
  merged?: MergedItem[];
  /** When its words were last corrected after the capture (ISO 8601, UTC), and by whom. */
  corrected?: string;
  correctedBy?: string;
}

/** What remains to be told of an item that said the same as another: its number is never given again. */
export interface MergedItem {
  id: string;
  number: number;
  author?: string;
  group?: string;
}

/** Choosing the items that matter most, each visitor as many as `size`. */
export interface Picking {
  size: number;
  open: boolean;
  /** Nobody's tally is shown until the close. */
  hidden: boolean;
  /** How many visitors picked something. */
  voters: number;
}

/** A lettered heading inside an items section: A) B) … */
export interface Group {
  id: string;
  letter: string;
  text: string;
  body: Prose;
}

export interface ItemsSection extends SectionBase {
  kind: "items";
  marker: Marker;
  /** Items carry owner, due date and status. */
  actions: boolean;
  /** Items can be put in groups A), B), … */
  grouped: boolean;
  /** Each group works on its own for now. */
  split?: true;
  /** There is, or was, something to choose here. */
  pick?: Picking;
  groups: Group[];
  /** In display order. */
  items: Item[];
}

export interface RankedItem {
  /** The item's id, number and words, as they stand in the source section. */
  id: string;
  number: number;
  text: string;
  body: Prose;
  /** How many visitors picked it, where the pick shows its results. */
  votes?: number;
  /** Shared by all that were picked as often, while the picks decide. */
  place?: number;
}

export interface RankingSection extends SectionBase {
  kind: "ranking";
  /** Id of the items section it ranks. */
  source: string;
  /** How many slots there are. Empty slots are shown while writing and never exported. */
  size: number;
  /** The picks decide, nobody has confirmed them yet: who ties for the last place stands above the line as well. */
  picked?: true;
  /** At most `size` once confirmed, best first. */
  ranked: RankedItem[];
  /** What was ranked below the line. */
  overflow: RankedItem[];
}

export interface Phase {
  id: string;
  label: string;
  minutes: number;
  groups?: number;
}

export interface RunsheetSection extends SectionBase {
  kind: "runsheet";
  phases: Phase[];
  /** Minutes before the end at which everybody is offered to go on to the synthesis; 0: never. */
  closing?: number;
}

/** Fixed text; the address, the short code and the QR code stand with it where they are known. */
export interface NoticeSection extends SectionBase {
  kind: "notice";
  text: string;
}

export type Section =
  | ProseSection
  | FieldsSection
  | PeopleSection
  | ItemsSection
  | RankingSection
  | RunsheetSection
  | NoticeSection;

export type SectionKind = Section["kind"];

/** What a word or an acronym stands for. */
export interface Term {
  id: string;
  term: string;
  /** "" where nothing has been said about it: what everybody knows needs no explanation. */
  meaning: string;
}

export interface Minutes {
  id: string;
  title: string;
  /** What stands above the title, e.g. "Compte-rendu de l'atelier". */
  subtitle?: string;
  /** Told to whoever joins: who will read this, what can change, by when. Never exported. */
  mandate?: string;
  language: Language;
  state: State;
  sections: Section[];
  /** Absent where nothing is explained. */
  glossary?: Term[];
}

/** The order in which the kinds are offered and documented. */
export const SECTION_KINDS: readonly SectionKind[] = [
  "prose",
  "fields",
  "people",
  "items",
  "ranking",
  "runsheet",
  "notice",
];
export const BLOCK_KINDS: readonly BlockKind[] = ["paragraph", "heading", "bullet", "number", "task", "quote"];
export const MARKS: readonly (keyof Marks)[] = ["bold", "italic", "strike", "code", "link"];
export const FIELD_TYPES: readonly FieldType[] = [
  "line",
  "date",
  "time",
  "duration",
  "number",
  "place",
  "address",
  "choice",
];
export const MARKERS: readonly Marker[] = ["bullet", "number", "letter"];
export const STATES: readonly State[] = ["prepared", "live", "open", "closed"];
export const LANGUAGES: readonly Language[] = ["fr", "en"];
export const ACTION_STATUSES: readonly ActionStatus[] = ["open", "doing", "done", "dropped"];
export const MAX_LEVEL = 3;
export const MAX_INDENT = 8;
