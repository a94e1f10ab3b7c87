/** Ten things another person can do to a line in which a word is being composed, in a real Chromium. */
import { afterAll, beforeAll, describe, expect } from "vitest";
import { test } from "../support/in-browser.ts";
import { openEditors, type Opened } from "./browser.ts";

let opened: Opened;

beforeAll(async () => {
  opened = await openEditors();
});

afterAll(async () => {
  await opened.close();
});

const compose = async (text: string): Promise<void> => {
  const { keyboard, page } = opened;
  await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await page.waitForFunction(() => world.arrived());
};

/** Starts on three lines, composes in the middle of the second one while `others` acts, and tells what came of it. */
const composed = async (others: () => void, after: () => void = () => {}) => {
  const { page, keyboard } = opened;
  await page.evaluate(() => world.start(["un deux", "troisquatre", "cinq six"]));
  // Within "trois|quatre": 8 units of the first line, then five.
  await page.evaluate(() => world.caret("here", 13));
  await compose("に");
  await page.evaluate(others);
  await page.waitForFunction(() => world.arrived());
  await compose("にほ");
  await page.evaluate(after);
  await page.waitForFunction(() => world.arrived());
  await compose("にほん");
  await keyboard.send("Input.insertText", { text: "日本語" });
  await page.waitForFunction(() => world.calm());
  const [here, there] = await page.evaluate(() => world.say());
  if (!here || !there) throw new Error("The page has lost an editor.");
  expect(there.prose).toEqual(here.prose);
  expect([here.same, there.same]).toEqual([true, true]);
  expect(here.dom).toEqual(here.lines);
  expect(there.dom).toEqual(there.lines);
  return here;
};

describe("P10 a composition goes on while others write", () => {
  test("P10 typing in another line", async () => {
    const { lines } = await composed(() => world.type(0, "X"));
    expect(lines).toEqual(["Xun deux", "trois日本語quatre", "cinq six"]);
  });

  test("P10 typing before, in the same line", async () => {
    const { lines } = await composed(
      () => world.type(8, "X"),
      () => world.type(9, "Y"),
    );
    expect(lines).toEqual(["un deux", "XYtrois日本語quatre", "cinq six"]);
  });

  test("P10 typing after, in the same line", async () => {
    const { lines } = await composed(() => world.type(18, "X"));
    expect(lines[1]?.replace("X", "")).toBe("trois日本語quatre");
    expect(lines[1]).toContain("X");
  });

  test("P10 typing at the caret itself", async () => {
    const { lines } = await composed(
      () => world.type(13, "X"),
      () => world.type(14, "Y"),
    );
    expect(lines[1]?.replace("X", "").replace("Y", "")).toBe("trois日本語quatre");
    expect(lines[1]).toMatch(/X.*Y|Y.*X/u);
  });

  test("P10 splitting the line before", async () => {
    const { lines } = await composed(() => world.split(10));
    expect(lines).toEqual(["un deux", "tr", "ois日本語quatre", "cinq six"]);
  });

  test("P10 splitting the line after", async () => {
    const { lines } = await composed(() => world.split(17));
    expect(lines.join("|")).toMatch(/^un deux\|trois日本語q?u?a?\|.*tre\|cinq six$/u);
    expect(lines.join("").length).toBe("un deuxtroisquatrecinq six日本語".length);
  });

  test("P10 joining it to the line above", async () => {
    const { lines } = await composed(() => world.join(1));
    expect(lines).toEqual(["un deuxtrois日本語quatre", "cinq six"]);
  });

  test("P10 making it another kind", async () => {
    const { lines, prose } = await composed(() => world.kind(10));
    expect(lines[1]).toBe("trois日本語quatre");
    expect(prose[1]?.kind).toBe("bullet");
  });

  test("P10 making words around it bold", async () => {
    const { lines, prose } = await composed(() => world.bold(10, 16));
    expect(lines[1]).toBe("trois日本語quatre");
    expect(prose[1]?.spans.some((span) => span.marks?.bold)).toBe(true);
  });

  test("P10 deleting the whole line", async () => {
    const { lines } = await composed(() => world.erase(8, 20));
    expect(lines.join("\n").split("日本語")).toHaveLength(2);
    expect(lines.join("\n")).not.toContain("ほ");
    expect(lines[0]).toContain("un deux");
  });
});
