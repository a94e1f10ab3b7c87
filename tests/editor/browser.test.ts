/** The editor in a real Chromium: two people at once, undo, carets, pastes, shortcuts, a strict policy. */
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

const start = (...lines: string[]): Promise<void> => opened.page.evaluate((words) => world.start(words), lines);

const calm = async () => {
  await opened.page.waitForFunction(() => world.calm());
  const [here, there] = await opened.page.evaluate(() => world.say());
  if (!here || !there) throw new Error("The page has lost an editor.");
  expect(there.prose).toEqual(here.prose);
  expect([here.same, there.same]).toEqual([true, true]);
  expect(here.dom).toEqual(here.lines);
  expect(there.dom).toEqual(there.lines);
  expect([here.rereads, there.rereads]).toEqual([0, 0]);
  return { here, there };
};

const paste = (types: Record<string, string>): Promise<void> =>
  opened.page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror")?.dispatchEvent(event);
  }, types);

describe("E5 two people in one line", () => {
  test("E5 104 characters each, at once: all there, in order, both carets right", async () => {
    const { page } = opened;
    await start("|");
    await page.evaluate(() => world.caret("here", 1));
    const mine = "abcdefghijklmnopqrstuvwxyz".repeat(4);
    const theirs = mine.toUpperCase();
    await page.evaluate((words) => {
      let at = 0;
      const next = (): void => {
        world.type(0 + at, words.charAt(at));
        at += 1;
        if (at < words.length) setTimeout(next, 5);
      };
      next();
    }, theirs);
    await page.keyboard.type(mine);
    await page.waitForFunction((count) => world.say()[1]?.lines.join("").length === count, 209);
    const { here, there } = await calm();
    expect(here.lines).toEqual([`${theirs}|${mine}`]);
    expect(here.caret).toBe(here.lines[0]);
    expect(there.carets).toHaveLength(1);
  });

  test("E2 a caret just moved by the browser stays where it went when the others write or move at that moment", async () => {
    const { page } = opened;
    await start("un", "deux");
    await page.evaluate(() => {
      world.focus("there");
      world.caret("there", 1);
    });
    await page.waitForFunction(() => world.say()[0]?.carets.length === 1);
    await page.evaluate(() => {
      world.caret("here", 2);
      world.moveAnd(1, () => world.hear(0, "Et "));
    });
    await page.keyboard.type("a");
    expect((await calm()).here.lines).toEqual(["Et un", "adeux"]);
    await page.evaluate(() => world.moveAnd(0, () => world.see("Brice B.")));
    await page.keyboard.type("b");
    expect((await calm()).here.lines).toEqual(["bEt un", "adeux"]);
  });

  test("E2 a key acts where the browser has just moved the caret to, though it has told nobody yet", async () => {
    const { page } = opened;
    await start("un", "deux");
    await page.evaluate(() => {
      world.caret("here", 2);
      world.moveAnd(1, () => world.press("Enter"));
    });
    await page.keyboard.type("x");
    expect((await calm()).here.lines).toEqual(["un", "", "xdeux"]);
  });

  test("E5 Enter, Backspace and a kind at once", async () => {
    const { page } = opened;
    await start("un deux", "trois");
    await page.evaluate(() => world.caret("here", 2));
    await page.evaluate(() => world.kind(3));
    await page.keyboard.press("Enter");
    await page.evaluate(() => world.type(8, "x"));
    // Depending on which comes first it joins the lines again or makes the second one plain.
    await page.keyboard.press("Backspace");
    const { here } = await calm();
    expect(here.lines.join("")).toBe("un deuxxtrois");
  });

  test("E5 select all and delete while the other types: what was being typed survives", async () => {
    const { page } = opened;
    await start("un", "deux");
    await page.keyboard.press("ControlOrMeta+a");
    // In one turn: what the other types is on its way when all that was selected goes.
    await page.evaluate(() => {
      world.type(1, "X");
      world.press("Delete");
    });
    const { here } = await calm();
    expect(here.lines.join("")).toBe("X");
  });

  test("E5 undo takes back only one's own, also inside it", async () => {
    const { page } = opened;
    await start("un");
    await page.evaluate(() => world.caret("here", 2));
    await page.keyboard.type("abcd");
    await calm();
    await page.evaluate(() => world.type(4, "ZZ"));
    await calm();
    await page.evaluate(() => world.undo("here"));
    expect((await calm()).here.lines).toEqual(["unZZ"]);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    expect((await calm()).here.lines).toEqual(["unabZZcd"]);
  });

  test("P9 the other's caret stays beside its character while this one splits the line above it", async () => {
    const { page } = opened;
    await start("un deux trois");
    await page.evaluate(() => {
      world.focus("there");
      world.caret("there", 7);
    });
    await page.waitForFunction(() => world.say()[0]?.carets.length === 1);
    await page.evaluate(() => world.caret("here", 2));
    await page.keyboard.press("Enter");
    expect((await calm()).here.carets).toEqual([" deux"]);
  });
});

describe("E4 E6 keys, shortcuts, pastes", () => {
  test("E6 a few signs of Markdown become kinds and marks", async () => {
    const { page } = opened;
    await start("");
    await page.keyboard.type("## Titre");
    await page.keyboard.press("Enter");
    await page.keyboard.type("- un **deux** _trois_ x");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("sous");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.type("[] faire");
    const { here } = await calm();
    expect(here.prose).toEqual([
      { kind: "heading", level: 2, spans: [{ text: "Titre" }] },
      {
        kind: "bullet",
        spans: [
          { text: "un " },
          { text: "deux", marks: { bold: true } },
          { text: " " },
          { text: "trois", marks: { italic: true } },
          { text: " x" },
        ],
      },
      { kind: "bullet", indent: 1, spans: [{ text: "sous" }] },
      { kind: "task", spans: [{ text: "faire" }] },
    ]);
  });

  test("E6 Backspace right after a shortcut gives the signs back", async () => {
    const { page } = opened;
    await start("");
    await page.keyboard.type("- ");
    await page.keyboard.press("Backspace");
    const { here } = await calm();
    expect(here.prose).toEqual([{ kind: "paragraph", spans: [{ text: "- " }] }]);
  });

  test("E4 Escape leaves, Tab in a paragraph goes on", async () => {
    const { page } = opened;
    await start("un");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.classList.contains("ProseMirror"))).toBe(false);
    await page.evaluate(() => world.caret("here", 0));
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).not.toBe("Céline");
  });

  test("E7 foreign HTML becomes flat lines: kinds, nesting, marks, safe links only", async () => {
    await start("");
    await paste({
      "text/html": `<html><head><style>p{}</style></head><body><h2>Titre</h2>
        <ul><li>un <b>gras</b><ul><li><p>dedans</p></li></ul></li><li><input type="checkbox" checked> fait</li></ul>
        <ol><li>a</li><li>b<br>suite</li></ol><script>alert(1)</script>
        <p>voir <a href="javascript:alert(1)" onclick="x()">ici</a> ou <a href="https://example.org/">là</a></p>
        <b style="font-weight:normal"><p style="color:red">fin <img src=x onerror=alert(1)></p></b></body></html>`,
    });
    const { here } = await calm();
    expect(here.prose).toEqual([
      { kind: "heading", level: 2, spans: [{ text: "Titre" }] },
      { kind: "bullet", spans: [{ text: "un " }, { text: "gras", marks: { bold: true } }] },
      { kind: "bullet", indent: 1, spans: [{ text: "dedans" }] },
      { kind: "task", checked: true, spans: [{ text: "fait" }] },
      { kind: "number", spans: [{ text: "a" }] },
      { kind: "number", spans: [{ text: "b" }] },
      { kind: "number", spans: [{ text: "suite" }] },
      {
        kind: "paragraph",
        spans: [{ text: "voir ici ou " }, { text: "là", marks: { link: "https://example.org/" } }],
      },
      { kind: "paragraph", spans: [{ text: "fin" }] },
    ]);
  });

  test("E7 plain lines, an address, and what is too large", async () => {
    const { page } = opened;
    await start("un ");
    await page.evaluate(() => world.caret("here", 3));
    await paste({ "text/plain": "deux\r\ntrois" });
    await paste({ "text/plain": "https://example.org/a" });
    await paste({ "text/plain": "x".repeat(100_001) });
    const { here } = await calm();
    expect(here.prose).toEqual([
      { kind: "paragraph", spans: [{ text: "un deux" }] },
      {
        kind: "paragraph",
        spans: [{ text: "trois" }, { text: "https://example.org/a", marks: { link: "https://example.org/a" } }],
      },
    ]);
    expect(here.refused).toHaveLength(1);
  });

  test("E7 what is copied here and pasted here keeps its kinds, nesting and marks", async () => {
    const { page } = opened;
    await start("");
    await page.keyboard.type("- un **gras** x");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("dedans");
    await page.keyboard.press("ControlOrMeta+a");
    await page.waitForFunction(() => world.selected() > 0);
    const data = await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
      return { "text/html": clipboardData.getData("text/html"), "text/plain": clipboardData.getData("text/plain") };
    });
    expect(data["text/plain"]).toBe("un gras x\ndedans");
    const { here: copied } = await calm();
    await start("");
    await paste(data);
    expect((await calm()).here.prose).toEqual(copied.prose);
  });
});

test("E8 no inline style, no style element, and numbers of lists where they belong", async () => {
  const { page } = opened;
  await start("");
  await page.keyboard.type("1. un");
  await page.keyboard.press("Enter");
  await page.keyboard.type("deux");
  await calm();
  const found = await page.evaluate(() => ({
    styled: document.querySelectorAll(".ProseMirror [style]").length,
    sheets: document.querySelectorAll("style[data-tiptap-style]").length,
    numbers: Array.from(document.querySelectorAll(".ProseMirror ol"), (list) => list.getAttribute("start")),
  }));
  expect(found).toEqual({ styled: 0, sheets: 0, numbers: ["1", "2", "1", "2"] });
});
