/** What a template file may hold, as seen in one language. */
import * as v from "valibot";
import { proseFromLines } from "./prose-lines.ts";
import { ACTION_STATUSES, FIELD_TYPES, MARKERS, type Language } from "./value.ts";

/** Ids become ids of the document: short, lower case, without anything that needs care elsewhere. */
const id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/u, "an id is lower case letters, figures and hyphens"));
const amount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440));
const ordinal = v.pipe(v.number(), v.integer(), v.minValue(1));

/** @see Template for what each key means; `example` fills the preview of the gallery */
export function templateFileSchema(language: Language) {
  const perLanguage = v.pipe(
    v.strictObject({ fr: v.string(), en: v.string() }, "a text, or one text per language: { fr: …, en: … }"),
    v.transform((labels) => labels[language]),
  );
  // Chosen by what is there: a union would name the whole label as the mistake instead of the language that lacks.
  const label = v.lazy((input) => (typeof input === "string" ? v.string() : perLanguage));
  const lines = v.pipe(label, v.transform(proseFromLines));
  const labels = v.array(label);
  const phases = v.array(v.strictObject({ label, minutes: amount, groups: v.optional(amount) }));
  const base = { id, heading: label, guidance: v.optional(label) };
  const field = v.strictObject({
    id,
    label,
    type: v.picklist(FIELD_TYPES),
    choices: v.optional(labels),
    value: v.optional(label),
  });

  const section = v.variant("kind", [
    v.strictObject({ ...base, kind: v.literal("prose"), body: v.optional(lines) }),
    v.strictObject({ ...base, kind: v.literal("fields"), fields: v.array(field) }),
    v.strictObject({
      ...base,
      kind: v.literal("people"),
      sectors: v.optional(labels),
      joining: v.optional(v.boolean()),
    }),
    v.strictObject({
      ...base,
      kind: v.literal("items"),
      marker: v.optional(v.picklist(MARKERS)),
      actions: v.optional(v.boolean()),
      grouped: v.optional(v.boolean()),
      groups: v.optional(labels),
    }),
    v.strictObject({ ...base, kind: v.literal("ranking"), source: id, size: amount }),
    v.strictObject({
      ...base,
      kind: v.literal("runsheet"),
      phases,
      closing: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440))),
    }),
    v.strictObject({ ...base, kind: v.literal("notice"), text: label }),
  ]);
  const sections = v.pipe(
    v.array(section),
    v.check((all) => new Set(all.map((one) => one.id)).size === all.length, "two sections carry the same id"),
    v.check(
      (all) =>
        all.every((one) => one.kind !== "ranking" || all.some((of) => of.kind === "items" && of.id === one.source)),
      "a ranking names an items section as its source",
    ),
  );

  const exampleItem = v.strictObject({
    text: lines,
    group: v.optional(ordinal),
    owner: v.optional(label),
    due: v.optional(v.string()),
    status: v.optional(v.picklist(ACTION_STATUSES)),
    from: v.optional(v.array(ordinal)),
  });
  const plainItem = v.pipe(
    label,
    v.transform((text) => ({ text: proseFromLines(text) })),
  );
  const exampleSection = v.strictObject({
    id,
    body: v.optional(lines),
    fields: v.optional(v.array(v.strictObject({ id, value: label }))),
    people: v.optional(
      v.array(
        v.strictObject({
          name: v.optional(label, ""),
          organisation: v.optional(label),
          /** Which of the template's sectors, from 1. */
          sector: v.optional(ordinal),
          role: v.optional(label),
        }),
      ),
    ),
    groups: v.optional(labels),
    items: v.optional(v.array(v.lazy((input) => (isObject(input) && "text" in input ? exampleItem : plainItem)))),
    /** Numbers of items of the source, best first. */
    ranked: v.optional(v.array(ordinal)),
  });
  const example = v.strictObject({
    title: v.optional(label),
    date: v.optional(v.string()),
    place: v.optional(label),
    sections: v.optional(v.array(exampleSection)),
  });

  return v.strictObject({
    id,
    name: label,
    description: label,
    subtitle: v.optional(label),
    mandate: v.optional(label),
    title: v.optional(label),
    sections,
    glossary: v.optional(v.array(v.strictObject({ term: label, meaning: label }))),
    example: v.optional(example),
  });
}

/** How an example fills one section. */
export type ExampleSection = NonNullable<
  NonNullable<v.InferOutput<ReturnType<typeof templateFileSchema>>["example"]>["sections"]
>[number];

function isObject(input: unknown): input is object {
  return typeof input === "object" && input !== null;
}
