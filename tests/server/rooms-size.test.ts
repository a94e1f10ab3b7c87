/** R32 L11: the size of a document is said before it bites; then nothing more goes in, and what takes away still does. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type * as Y from "yjs";
import { Sizes } from "../../server/log/sizes.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  await place.remove();
  expect(place.faults).toEqual([]);
});

const PIECE = "x".repeat(500_000);
const put = (draft: Y.Doc): void => draft.getText("prose:text").insert(0, PIECE);

test("R32 L11 everybody is told while a quarter is left, whoever comes later as well; a full one takes nothing more until something goes", async () => {
  const { id, links } = await place.start();
  const nadia = await place.visit(id, links.write, "Nadia");
  await nadia.saved();
  const sizes = ({ signals }: { signals: unknown[] }): string[] =>
    signals.flatMap((each) => (each && typeof each === "object" && "size" in each ? [String(each.size)] : []));
  // Thirteen times half a megabyte.
  for (let i = 0; i < 13; i += 1) await place.rooms.edit(id, undefined, put);
  await nadia.when(() => sizes(nadia).length > 0);
  expect(sizes(nadia)).toEqual(["near"]);
  nadia.write("encore");
  await nadia.saved();
  const brice = await place.visit(id, links.write, "Brice");
  await brice.saved();
  await brice.when(() => sizes(brice).includes("near"));

  for (let i = 0; i < 4; i += 1) await place.rooms.edit(id, undefined, put);
  await nadia.when(() => sizes(nadia).includes("full"));
  nadia.write("trop");
  await nadia.when(() => nadia.closed.includes(4414));
  nadia.destroy();
  await expect(place.rooms.edit(id, "somebody", put)).rejects.toMatchObject({ code: "full", status: 413 });

  const text = brice.doc.getText("prose:text");
  await brice.when(() => text.length > 16 * PIECE.length);
  text.delete(0, text.length - 10);
  await brice.saved();
  await place.log.compact(id);
  await brice.when(() => sizes(brice).at(-1) === "ample");
  brice.write("de nouveau");
  await brice.saved();
});

test("L12 what was written and deleted again is looked at before anybody is told that there is no room", () => {
  const sizes = new Sizes({ near: 1_000_000, full: 2_000_000 });
  const told: string[] = [];
  sizes.onChange((document, size) => told.push(`${document} ${size}`));
  sizes.settle("w", 900_000);
  expect(sizes.grow("w", 90_000)).toBe(false);
  expect(sizes.grow("w", 200_000)).toBe(true);
  sizes.settle("w", 100_000);
  expect(sizes.of("w")).toBe("ample");
  // Near it for good: looked at once in a quarter of a megabyte, and not at each letter.
  sizes.settle("w", 1_100_000);
  expect(Array.from({ length: 100 }, () => sizes.grow("w", 1000))).not.toContain(true);
  expect(told).toEqual(["w near", "w ample", "w near"]);
});
