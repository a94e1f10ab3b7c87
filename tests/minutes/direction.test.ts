/** M36: a name that is read from the right leaves its neighbours where they are. */
import { expect, test } from "vitest";
import { isolated } from "../../minutes/direction.ts";
import { html } from "../../minutes/formats/html.ts";
import { personText } from "../../minutes/people.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import type { Minutes } from "../../minutes/value.ts";

test("M36 what is read from the left stays as it is, what is read from the right stands in marks of its own", () => {
  expect(isolated("Céline")).toBe("Céline");
  expect(isolated("نادية")).toBe("\u2068نادية\u2069");
  expect(isolated("נדיה 2")).toBe("\u2068נדיה 2\u2069");
  // Marks that would turn the rest of the line go, and those that would end ours too early.
  expect(isolated("Brice\u202E")).toBe("Brice");
  expect(isolated("\u2069نا\u202Eدية")).toBe("\u2068نادية\u2069");
  expect(isolated("👩‍🎨")).toBe("👩‍🎨");
});

test("M36 each part of a person stands alone; in HTML a line that begins from the right is set from there", () => {
  const person = { id: "p", name: "نادية", organisation: "Mairie", role: "animatrice" };
  expect(personText(person)).toBe("\u2068نادية\u2069 (Mairie), animatrice");
  const value: Minutes = {
    id: "m",
    title: "Atelier",
    language: "fr",
    state: "open",
    sections: [
      { id: "a", kind: "people", heading: "Participants", sectors: [], people: [person] },
      { id: "b", kind: "prose", heading: "Texte", body: proseFromPlain("مرحبا\nBonjour") },
    ],
  };
  const page = html(value);
  expect(page).toContain('<li dir="auto">\u2068نادية\u2069 (Mairie), animatrice</li>');
  expect(page).toContain('<p dir="auto">مرحبا</p>\n<p>Bonjour</p>');
});
