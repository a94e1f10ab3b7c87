/** What a break and a format marker may say: one normaliser per key, an allow-list or the default, whatever was stored. */
import { isLinkable } from "../../minutes/address.ts";
import { BLOCK_KINDS, MARKS, MAX_INDENT, MAX_LEVEL, type BlockKind, type Marks } from "../../minutes/value.ts";

/** How a block stands. All four are always known; an entry equal to its default is absent from the document. */
export interface Attributes {
  kind: BlockKind;
  level: number;
  indent: number;
  checked: boolean;
}

export type MarkKey = keyof Marks;

export const MARK_KEYS: readonly MarkKey[] = MARKS;

export const DEFAULTS: Readonly<Attributes> = { kind: "paragraph", level: 1, indent: 0, checked: false };

export const ATTRIBUTE_KEYS: readonly (keyof Attributes)[] = ["kind", "level", "indent", "checked"];

const isKind = (value: unknown): value is BlockKind => (BLOCK_KINDS as readonly unknown[]).includes(value);

const whole = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : otherwise;

/** Reads the four entries with `get`; what is missing, foreign or out of range is the default. */
export const readAttributes = (get: (key: string) => unknown): Attributes => {
  const kind = get("kind");
  return {
    kind: isKind(kind) ? kind : DEFAULTS.kind,
    level: whole(get("level"), 1, MAX_LEVEL, DEFAULTS.level),
    indent: whole(get("indent"), 0, MAX_INDENT, DEFAULTS.indent),
    checked: get("checked") === true,
  };
};

export const sameAttributes = (a: Attributes, b: Attributes): boolean =>
  a === b || ATTRIBUTE_KEYS.every((key) => a[key] === b[key]);

/** Whether a format's key is one of the five marks; all others stay in the document and are not read. */
export const isMarkKey = (key: string): key is MarkKey => (MARKS as readonly string[]).includes(key);

/** What a stored format value means: `true`, a safe address, or null for off. */
export const readMark = (key: MarkKey, value: unknown): true | string | null => {
  if (key === "link") return typeof value === "string" && isLinkable(value) ? value : null;
  return value === true ? true : null;
};

export const sameMarks = (a: Marks, b: Marks): boolean => a === b || MARKS.every((key) => a[key] === b[key]);

/** `marks` with one of them set, or switched off by null. */
export const withMark = (marks: Marks, key: MarkKey, value: true | string | null): Marks => {
  const { [key]: _before, ...rest } = marks;
  return value === null ? rest : { ...rest, [key]: value };
};

export const NO_MARKS: Marks = {};
