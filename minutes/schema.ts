/** What each part of the minutes may hold. */
import * as v from "valibot";
import { isLinkable } from "./address.ts";
import {
  ACTION_STATUSES,
  BLOCK_KINDS,
  FIELD_TYPES,
  LANGUAGES,
  MARKERS,
  MAX_INDENT,
  MAX_LEVEL,
  STATES,
  type Minutes,
} from "./value.ts";

const text = v.string();
const id = v.pipe(
  v.string(),
  v.minLength(1, "an id cannot be empty"),
  v.maxLength(200, "an id of more than 200 characters"),
);
const count = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));
const amount = count(0, Number.MAX_SAFE_INTEGER);
const on = v.optional(v.literal(true));

const marks = v.object({
  bold: on,
  italic: on,
  strike: on,
  code: on,
  link: v.optional(v.pipe(text, v.check(isLinkable, "not an http, https or mailto address"))),
});

const block = v.object({
  kind: v.picklist(BLOCK_KINDS),
  level: v.optional(count(1, MAX_LEVEL)),
  indent: v.optional(count(0, MAX_INDENT)),
  checked: v.optional(v.boolean()),
  spans: v.array(v.object({ text, marks: v.optional(marks) })),
});

const prose = v.array(block);

const field = v.object({
  id,
  label: text,
  type: v.picklist(FIELD_TYPES),
  value: text,
  choices: v.optional(v.array(text)),
});

const person = v.object({
  id,
  name: text,
  organisation: v.optional(text),
  sector: v.optional(text),
  role: v.optional(text),
});

const item = v.object({
  id,
  // 0 while the server has not numbered it.
  number: amount,
  text,
  body: prose,
  author: v.optional(text),
  dictatedBy: v.optional(text),
  at: v.optional(text),
  group: v.optional(id),
  owner: v.optional(text),
  due: v.optional(text),
  status: v.optional(v.picklist(ACTION_STATUSES)),
  from: v.optional(v.array(id)),
  votes: v.optional(amount),
  merged: v.optional(v.array(v.object({ id, number: amount, author: v.optional(text), group: v.optional(id) }))),
  corrected: v.optional(text),
  correctedBy: v.optional(text),
});

const group = v.object({ id, letter: text, text, body: prose });
const ranked = v.object({
  id,
  number: amount,
  text,
  body: prose,
  votes: v.optional(amount),
  place: v.optional(amount),
});
const pick = v.object({ size: count(1, 1000), open: v.boolean(), hidden: v.boolean(), voters: amount });
const phase = v.object({ id, label: text, minutes: count(0, 100_000), groups: v.optional(count(0, 1000)) });

const base = { id, heading: text, guidance: v.optional(text) };

/** A list in which no two entries carry the same id. */
const unique = <Entry extends v.GenericSchema<unknown, { id: string }>>(entry: Entry) =>
  v.pipe(
    v.array(entry),
    v.check(
      (entries) => new Set(entries.map((one) => one.id)).size === entries.length,
      "two entries carry the same id",
    ),
  );

const section = v.variant("kind", [
  v.object({ ...base, kind: v.literal("prose"), body: prose }),
  v.object({ ...base, kind: v.literal("fields"), fields: unique(field) }),
  v.object({ ...base, kind: v.literal("people"), sectors: v.array(text), joining: on, people: unique(person) }),
  v.object({
    ...base,
    kind: v.literal("items"),
    marker: v.picklist(MARKERS),
    actions: v.boolean(),
    grouped: v.boolean(),
    split: on,
    pick: v.optional(pick),
    groups: unique(group),
    items: unique(item),
  }),
  v.object({
    ...base,
    kind: v.literal("ranking"),
    source: text,
    size: count(0, 1000),
    picked: on,
    ranked: unique(ranked),
    overflow: unique(ranked),
  }),
  v.object({ ...base, kind: v.literal("runsheet"), phases: unique(phase), closing: v.optional(count(0, 1440)) }),
  v.object({ ...base, kind: v.literal("notice"), text }),
]);

export const MINUTES: v.GenericSchema<unknown, Minutes> = v.object({
  id: text,
  title: text,
  subtitle: v.optional(text),
  mandate: v.optional(text),
  language: v.picklist(LANGUAGES),
  state: v.picklist(STATES),
  sections: unique(section),
  glossary: v.optional(unique(v.object({ id, term: text, meaning: text }))),
});
