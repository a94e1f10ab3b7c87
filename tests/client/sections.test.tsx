/** The sections in a real browser, two people at one table: rules K1 to K12 of client/sections. */
import type { Browser, Locator, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import type { ItemsSection, Section } from "../../minutes/value.ts";
import { launchChromium } from "../support/chromium.ts";
import { test } from "../support/in-browser.ts";
import { bundleTable, layTable, openRoom } from "./table.ts";

let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  const launched = await Promise.all([launchChromium(), bundleTable()]);
  [browser] = launched;
  // One page for all of them: to open another costs more than what most of them do.
  page = await openRoom(...launched);
  page.on("pageerror", (error) => faults.push(error.message));
});
afterAll(() => browser?.close());
beforeEach(() => layTable(page));
afterEach(() => {
  const thrown = faults.splice(0);
  if (thrown.length > 0) throw new Error(`the page threw: ${thrown.join(", ")}`);
});

const sheet = (who: "nadia" | "brice", section: string): Locator => page.locator(`#${who} [id="section-${section}"]`);
const settled = (): Promise<void> => page.evaluate(() => table.settled());
const section = async (id: string): Promise<Section> => {
  await settled();
  const found = await page.evaluate((wanted) => table.minutes().sections.find((each) => each.id === wanted), id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};
const items = async (): Promise<ItemsSection["items"]> => {
  const found = await section("pistes");
  return found.kind === "items" ? found.items : [];
};
const texts = async (): Promise<string[]> => (await items()).map(({ text }) => text);
const value = async (field: string): Promise<string | undefined> => {
  const found = await section("fiche");
  return found.kind === "fields" ? found.fields.find(({ id }) => id === field)?.value : undefined;
};
const said = (): Promise<string[]> => page.evaluate(() => table.nadia.said);
const capture = (): Locator => sheet("nadia", "pistes").locator("textarea.capture__text");
const addItems = async (...lines: string[]): Promise<void> => {
  for (const line of lines) {
    await capture().fill(line);
    await capture().press("Enter");
  }
  await settled();
};
const row = (text: string): Locator => sheet("nadia", "pistes").locator(".item", { hasText: text });

describe("drawing", () => {
  test("K1 a change elsewhere draws none of 300 items, a change of one draws that one", async () => {
    await page.evaluate(() => table.fill(300));
    await settled();
    expect(await items()).toHaveLength(300);
    const cost = (change: () => Promise<unknown>): Promise<number> =>
      page
        .evaluate(() => table.drawn())
        .then(async (before) => {
          await change();
          await settled();
          return (await page.evaluate(() => table.drawn())) - before;
        });
    const field = sheet("brice", "fiche").getByLabel("Lieu", { exact: true });
    await field.focus();
    expect(await cost(() => field.fill("Salle Babylone").then(() => field.press("Enter")))).toBeLessThan(60);
    expect(await value("lieu")).toBe("Salle Babylone");
    const owner = sheet("brice", "pistes").locator(".item").first();
    await owner.getByRole("button", { name: "Responsable, échéance…" }).click();
    const input = owner.getByLabel("Responsable", { exact: true });
    expect(await cost(() => input.fill("Céline").then(() => input.press("Enter")))).toBeLessThan(100);
    expect((await items())[0]?.owner).toBe("Céline");
  });

  test("K2 whoever may only read sees no control and no input", async () => {
    await addItems("Utiliser l’existant");
    await page.evaluate(() => {
      table.nadia.capability.value = "read";
    });
    await settled();
    expect(
      await page.locator("#nadia").locator("input, textarea, select, button, [contenteditable=true]").count(),
    ).toBe(0);
    expect(await row("Utiliser l’existant").isVisible()).toBe(true);
  });

  test("K12 guidance is shown until somebody writes", async () => {
    const guidance = sheet("nadia", "gens").getByText("Qui est là ?");
    expect(await guidance.isVisible()).toBe(true);
    await sheet("brice", "gens").getByLabel("Prénom ou nom").fill("Céline");
    await sheet("brice", "gens").getByRole("button", { name: "Ajouter" }).click();
    await guidance.waitFor({ state: "detached" });
  });
});

describe("fields", () => {
  test("K9 values are kept in the form of their type and printed in the language of the minutes", async () => {
    const typed = [
      ["Date", "28/02/2017", "28 février 2017"],
      ["Heure", "14h30", "14 h 30"],
      ["Durée", "2h", "2 h"],
      ["Participants", "plus de 40", "Plus de 40"],
    ] as const;
    for (const [label, text, printed] of typed) {
      const field = sheet("nadia", "fiche").getByLabel(label, { exact: true });
      await field.fill(text);
      await field.blur();
      await settled();
      expect((await field.inputValue()).replaceAll("\u00A0", " ")).toBe(printed);
    }
    expect(await Promise.all(["date", "heure", "duree", "nombre"].map(value))).toEqual([
      "2017-02-28",
      "14:30",
      "120",
      ">40",
    ]);
    await sheet("nadia", "fiche").getByLabel("Format", { exact: true }).selectOption("À distance");
    expect(await value("format")).toBe("À distance");
  });

  test("K9 what is not understood is kept as it was written, and said to be", async () => {
    const field = sheet("nadia", "fiche").getByLabel("Date", { exact: true });
    await field.fill("fin février");
    await field.blur();
    expect(await value("date")).toBe("fin février");
    expect(await sheet("nadia", "fiche").getByText("ce n’est pas une date").isVisible()).toBe(true);
  });

  test("K4 another's change moves neither my words nor my caret; both versions are offered", async () => {
    const mine = sheet("nadia", "fiche").getByLabel("Lieu", { exact: true });
    const theirs = sheet("brice", "fiche").getByLabel("Lieu", { exact: true });
    await mine.focus();
    await mine.pressSequentially("Salle Bab");
    await page.evaluate(() => {
      // Brice's keyboard, while Nadia keeps the focus.
      table.brice.session.doc.transact(() => table.brice.session.doc.getMap("fields:fiche").set("lieu", "Mairie"));
    });
    await settled();
    expect(await mine.inputValue()).toBe("Salle Bab");
    expect(await mine.evaluate((input) => document.activeElement === input)).toBe(true);
    const note = sheet("nadia", "fiche").getByText("Quelqu’un d’autre a écrit");
    expect(await note.textContent()).toContain("Mairie");
    await mine.pressSequentially("ylone");
    await mine.press("Enter");
    expect(await value("lieu")).toBe("Salle Babylone");
    await sheet("nadia", "fiche").getByRole("button", { name: "Prendre sa version" }).click();
    expect(await value("lieu")).toBe("Mairie");
    expect(await theirs.inputValue()).toBe("Mairie");
    expect(await note.count()).toBe(0);
  });

  test("K4 a field that is put back to what it said a moment ago is kept so", async () => {
    const lieu = sheet("nadia", "fiche").getByLabel("Lieu", { exact: true });
    for (const text of ["Salle 1", "Salle 12", "Salle 1"]) {
      await lieu.fill(text);
      await lieu.press("Enter");
      expect(await value("lieu")).toBe(text);
    }
    await lieu.blur();
    await settled();
    expect(await lieu.inputValue()).toBe("Salle 1");
  });

  test("K4 an input nobody typed in follows the others, even with the focus in it", async () => {
    const mine = sheet("nadia", "fiche").getByLabel("Lieu", { exact: true });
    await mine.focus();
    await sheet("brice", "fiche")
      .getByLabel("Lieu", { exact: true })
      .evaluate((input: HTMLTextAreaElement) => {
        input.dispatchEvent(new FocusEvent("focus"));
        input.value = "Mairie";
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        input.dispatchEvent(new FocusEvent("blur"));
      });
    await settled();
    expect(await mine.inputValue()).toBe("Mairie");
  });
});

describe("people", () => {
  test("people are added by Enter, counted, grouped by sector; K7 a removed one comes back", async () => {
    const gens = sheet("nadia", "gens");
    await gens.getByLabel("Secteur").selectOption("Société Civile");
    for (const name of ["Céline", "Brice"]) {
      await gens.getByLabel("Prénom ou nom").fill(name);
      await gens.getByLabel("Organisation").fill("Cartographes libres");
      await gens.getByLabel("Organisation").press("Enter");
      await expect
        .poll(() => gens.getByLabel("Prénom ou nom").evaluate((input) => document.activeElement === input))
        .toBe(true);
    }
    await settled();
    expect(await gens.locator(".people__count").textContent()).toBe("Nombre\u00A0: 2");
    expect(await gens.getByRole("heading", { level: 3 }).allTextContents()).toEqual(["Société Civile · 2"]);
    await gens.getByRole("button", { name: "Retirer Brice (Cartographes libres)" }).click();
    await settled();
    // Whoever is alone need not be counted.
    expect(await gens.locator(".people__count").count()).toBe(0);
    await page.evaluate(() => table.nadia.session.notices.value[0]?.undo?.());
    await settled();
    expect(await gens.locator(".people__count").textContent()).toBe("Nombre\u00A0: 2");
  });

  test("a person is edited in place; K3 closing gives the focus back", async () => {
    const gens = sheet("nadia", "gens");
    await gens.getByLabel("Prénom ou nom").fill("Cline");
    await gens.getByLabel("Prénom ou nom").press("Enter");
    await gens.getByRole("button", { name: "Modifier Cline" }).click();
    const edit = gens.locator(".person__edit");
    await edit.getByLabel("Prénom ou nom", { exact: true }).fill("Céline");
    await edit.getByRole("combobox", { name: "Secteur" }).selectOption("Secteur Privé");
    await settled();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    await edit.getByLabel("Rôle").fill("animatrice");
    await edit.getByRole("button", { name: "Terminé" }).click();
    await settled();
    expect(await section("gens")).toMatchObject({
      people: [{ name: "Céline", sector: "Secteur Privé", role: "animatrice" }],
    });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toContain("Modifier Céline");
  });
});

describe("items", () => {
  test("K5 Enter adds with author and time and keeps the focus", async () => {
    await addItems("Utiliser l’existant", "Faire venir les citoyens");
    expect(await capture().evaluate((box) => document.activeElement === box)).toBe(true);
    expect(await items()).toMatchObject([
      { number: 1, text: "Utiliser l’existant", author: "Nadia" },
      { number: 2, text: "Faire venir les citoyens", author: "Nadia" },
    ]);
    expect(await row("Utiliser").locator(".item__meta").textContent()).toBe("Vous · à l’instant");
    expect(await sheet("brice", "pistes").locator(".item__meta").first().textContent()).toBe("Nadia · à l’instant");
  });

  test("E12 what arrives in the very turn in which a text was drawn is drawn as well", async () => {
    await page.evaluate(() => table.interrupt("Un", " compteur par logement"));
    await expect.poll(() => row("Un").locator(".item__text").textContent()).toBe("Un compteur par logement");
  });

  test("K5 several pasted lines become several items, in their order, with one way back", async () => {
    await capture().focus();
    await capture().evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "- Un\n- Deux\n\n3. Trois\r\n• Quatre");
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    expect(await texts()).toEqual(["Un", "Deux", "Trois", "Quatre"]);
    expect((await items()).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    await page.evaluate(() => table.nadia.session.notices.value[0]?.undo?.());
    expect(await texts()).toEqual([]);
  });

  test("K5 what is being typed outlives a while in which nothing can be written", async () => {
    await capture().fill("Une longue proposition");
    for (const capability of ["read", "write"] as const) {
      await page.evaluate((now) => {
        table.nadia.capability.value = now;
      }, capability);
      await settled();
    }
    expect(await capture().inputValue()).toBe("Une longue proposition");
    await capture().press("Enter");
    expect(await texts()).toEqual(["Une longue proposition"]);
    expect(await capture().inputValue()).toBe("");
  });

  test("K6 K3 Alt+↑ moves an item, says where to, and keeps the focus", async () => {
    await addItems("Un", "Deux", "Trois");
    const handle = row("Trois").getByRole("button", { name: /Déplacer/u });
    await handle.focus();
    await page.keyboard.press("Alt+ArrowUp");
    expect(await texts()).toEqual(["Un", "Trois", "Deux"]);
    expect(await handle.evaluate((button) => document.activeElement === button)).toBe(true);
    expect((await said()).at(-1)).toBe("Déplacé\u00A0: place 2 sur 3.");
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    expect(await texts()).toEqual(["Trois", "Un", "Deux"]);
    expect((await said()).at(-1)).toBe("Déjà en tête.");
    expect((await items()).map(({ number }) => number)).toEqual([3, 1, 2]);
  });

  test("K6 K7 the menu moves and removes; removing has a way back and hands the focus on", async () => {
    await addItems("Un", "Deux");
    const menu = async (text: string, entry: string): Promise<void> => {
      await row(text)
        .getByRole("button", { name: /Déplacer/u })
        .press("Enter");
      await page.getByRole("menuitem", { name: entry }).press("Enter");
      await settled();
    };
    await menu("Un", "Descendre");
    expect(await texts()).toEqual(["Deux", "Un"]);
    await menu("Deux", "Retirer");
    expect(await texts()).toEqual(["Un"]);
    expect(await row("Un").evaluate((item) => item.contains(document.activeElement))).toBe(true);
    await page.evaluate(() => table.nadia.session.notices.value[0]?.undo?.());
    expect(await texts()).toEqual(["Deux", "Un"]);
  });

  test("K6 dragging the handle moves an item; a press that does not move opens the menu", async () => {
    await addItems("Un", "Deux", "Trois");
    const box = async (text: string) => (await row(text).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const handle = row("Trois").getByRole("button", { name: /Déplacer/u });
    await handle.scrollIntoViewIfNeeded();
    const from = await handle.boundingBox();
    if (!from) throw new Error("the handle is not drawn");
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    const target = await box("Un");
    await page.mouse.move(from.x + 10, target.y + 20, { steps: 5 });
    await page.mouse.move(from.x + 10, target.y + 4);
    await page.mouse.up();
    expect(await texts()).toEqual(["Trois", "Un", "Deux"]);
    expect(await page.getByRole("menu").count()).toBe(0);
    await handle.click();
    await expect.poll(() => page.getByRole("menu").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => handle.evaluate((button) => document.activeElement === button)).toBe(true);
  });

  test("K6 a finger drags the handle as well", async () => {
    await addItems("Un", "Deux", "Trois");
    const handle = row("Un").getByRole("button", { name: /Déplacer/u });
    await handle.scrollIntoViewIfNeeded();
    expect(await handle.evaluate((button) => getComputedStyle(button).touchAction)).toBe("none");
    const from = await handle.boundingBox();
    const to = await row("Trois").boundingBox();
    if (!from || !to) throw new Error("the rows are not drawn");
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number): Promise<unknown> =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x: from.x + 12, y }] });
    await touch("touchStart", from.y + 12);
    for (const part of [0.3, 0.6, 1])
      await touch("touchMove", from.y + 12 + part * (to.y + to.height - 6 - from.y - 12));
    await touch("touchEnd");
    expect(await texts()).toEqual(["Deux", "Trois", "Un"]);
  });

  test("W03 K3 while one writes in an item, others add above it, move it, regroup it: caret and focus stay", async () => {
    await addItems("Un", "Deux", "Trois");
    await row("Deux").locator(".item__text").click();
    await page.keyboard.press("End");
    await page.keyboard.type(" et dem");
    const ids = (await items()).map(({ id }) => id);
    await page.evaluate(([first = "", second = "", third = ""]) => {
      table.brice.session.doc.transact(() => {
        const entries = table.brice.session.doc.getMap("items:pistes");
        for (const [index, id] of [second, first, third].entries())
          (entries.get(id) as { set(key: string, value: unknown): void }).set("order", `a${index}`);
      });
    }, ids);
    await page.evaluate(() => table.fill(5));
    await settled();
    await page.keyboard.type("i");
    expect((await texts()).slice(0, 3)).toEqual(["Deux et demi", "Un", "Trois"]);
    expect(await row("Deux et demi").evaluate((each) => each.contains(document.activeElement))).toBe(true);
    // Into a group is another list, hence another element.
    await sheet("brice", "pistes")
      .getByRole("button", { name: "Ajouter un groupe" })
      .evaluate((button: HTMLElement) => {
        const active = document.activeElement;
        button.click();
        if (active instanceof HTMLElement) active.focus();
      });
    await settled();
    await row("Deux et demi").locator(".item__text").click();
    await page.evaluate((id) => {
      const entries = table.brice.session.doc.getMap("items:pistes");
      const group = [...entries.entries()].find(([, entry]) => (entry as Map<string, unknown>).get("kind") === "group");
      (entries.get(id) as { set(key: string, value: unknown): void }).set("group", group?.[0]);
    }, ids[1] ?? "");
    await settled();
    expect((await items()).find(({ id }) => id === ids[1])?.group).toBeDefined();
    expect(
      await row("Deux et demi")
        .locator(".item__text")
        .evaluate((each) => each.contains(document.activeElement)),
    ).toBe(true);
  });

  test("groups are lettered; items are captured into them and moved between them", async () => {
    const pistes = sheet("nadia", "pistes");
    await pistes.getByRole("button", { name: "Ajouter un groupe" }).click();
    await pistes.getByRole("button", { name: "Ajouter un groupe" }).click();
    await settled();
    await addItems("Dans le dernier");
    const first = await section("pistes");
    if (first.kind === "items") expect(first.items.map(({ group }) => group)).toEqual([first.groups[1]?.id]);
    await pistes.getByRole("button", { name: "Déplacer, retirer : Dans le dernier" }).click();
    await page.getByRole("menuitem", { name: "Retirer" }).click();
    await pistes.getByLabel("Groupe de ce qui est ajouté").selectOption({ label: "Sans groupe" });
    await addItems("Sans groupe");
    await pistes.getByLabel("Groupe de ce qui est ajouté").selectOption({ index: 1 });
    await addItems("Dans A");
    const found = await section("pistes");
    const groups = found.kind === "items" ? found.groups : [];
    expect(groups.map(({ letter }) => letter)).toEqual(["A", "B"]);
    expect((await items()).map(({ group }) => group)).toEqual([undefined, groups[0]?.id]);
    await row("Dans A")
      .getByRole("button", { name: /Déplacer/u })
      .focus();
    await page.keyboard.press("Alt+ArrowDown");
    await settled();
    expect((await items()).map(({ group }) => group)).toEqual([undefined, groups[1]?.id]);
    expect(await row("Dans A").evaluate((item) => item.contains(document.activeElement))).toBe(true);
  });

  test("an action has an owner, a due date and a status, printed in one line", async () => {
    await addItems("Donner des sujets de fond");
    await row("Donner").hover();
    await row("Donner").getByRole("button", { name: "Responsable, échéance…" }).click();
    await row("Donner").getByLabel("Responsable", { exact: true }).fill("Nadia");
    await row("Donner").getByLabel("Échéance", { exact: true }).fill("15/03/2017");
    await row("Donner").getByRole("combobox", { name: "État" }).selectOption("doing");
    await row("Donner").getByRole("button", { name: "Terminé" }).click();
    expect(await items()).toMatchObject([{ owner: "Nadia", due: "2017-03-15", status: "doing" }]);
    const line = await row("Donner").locator(".action__line").textContent();
    expect(line).toBe("Responsable\u00A0: Nadia · Échéance\u00A0: 15 mars 2017 · en cours");
  });

  test("K3 the menu opens the form of an action, closing it gives the focus back", async () => {
    await addItems("Donner des sujets de fond");
    await row("Donner")
      .getByRole("button", { name: /Déplacer/u })
      .click();
    await page.getByRole("menuitem", { name: "Responsable, échéance…" }).press("Enter");
    await settled();
    await page.keyboard.type("Nadia");
    await page.keyboard.press("Escape");
    await settled();
    expect(await items()).toMatchObject([{ owner: "Nadia" }]);
    expect(await row("Donner").evaluate((item) => item.contains(document.activeElement))).toBe(true);
  });

  test("an item says which others it condenses", async () => {
    await addItems("Un", "Deux", "Synthèse");
    await row("Synthèse")
      .getByRole("button", { name: /Déplacer/u })
      .click();
    await page.getByRole("menuitem", { name: "Reprend d’autres points…" }).click();
    await page.getByRole("dialog").getByLabel("1. Un").check();
    await page.getByRole("dialog").getByLabel("2. Deux").check();
    await page.getByRole("dialog").getByRole("button", { name: "Terminé" }).click();
    await settled();
    expect(await row("Synthèse").locator(".item__meta").first().textContent()).toBe(
      "Vous · à l’instant · d’après 1, 2",
    );
  });

  test("K20 words corrected by another say so, and keep their number; what one is just saying does not", async () => {
    await addItems("Un", "Deux");
    const write = async (who: "brice" | "nadia", text: string, words: string): Promise<void> => {
      await sheet(who, "pistes").locator(".item", { hasText: text }).locator(".item__text").click();
      await page.keyboard.press("End");
      await page.keyboard.type(words);
      await sheet(who, "pistes").locator(".capture__text").focus();
      await settled();
    };
    const told = (text: string): Promise<string | null> =>
      sheet("nadia", "pistes").locator(".item", { hasText: text }).locator(".item__meta").textContent();
    await write("nadia", "Un", " banc");
    await write("brice", "Deux", " fontaines");
    expect(await told("Un banc")).not.toContain("corrigé");
    expect(await told("Deux fontaines")).toContain("corrigé par Brice");
    expect((await items()).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("ranking, run sheet, structure", () => {
  test("K10 slots are filled by hand, moved, and what does not fit stands below the line", async () => {
    const trois = sheet("nadia", "trois");
    expect(await trois.locator(".ranked--empty").count()).toBe(3);
    await addItems("Un", "Deux", "Trois", "Quatre");
    for (const label of ["4. Quatre", "1. Un", "2. Deux", "3. Trois"]) {
      await trois.getByRole("combobox").selectOption({ label });
      await settled();
    }
    expect(await section("trois")).toMatchObject({
      ranked: [{ text: "Quatre" }, { text: "Un" }, { text: "Deux" }],
      overflow: [{ text: "Trois" }],
    });
    expect(await trois.getByRole("heading", { name: "Sous la ligne" }).isVisible()).toBe(true);
    await trois.locator(".ranked", { hasText: "Trois" }).getByRole("button").focus();
    await page.keyboard.press("Alt+ArrowUp");
    expect(await section("trois")).toMatchObject({ ranked: [{}, {}, { text: "Trois" }], overflow: [{ text: "Deux" }] });
    expect(
      await trois.locator(".ranked", { hasText: "Trois" }).evaluate((each) => each.contains(document.activeElement)),
    ).toBe(true);
  });

  test("K8 the run sheet says what is missing against the planned duration", async () => {
    await sheet("nadia", "fiche").getByLabel("Durée", { exact: true }).fill("2 h");
    const deroule = sheet("nadia", "deroule");
    const add = deroule.getByRole("form");
    await add.getByLabel("Phase").fill("Réflexion commune");
    await add.getByLabel("Durée").fill("45 min");
    await add.getByLabel("Durée").press("Enter");
    await settled();
    expect((await deroule.locator(".phases__sum").textContent())?.replaceAll("\u00A0", " ")).toBe(
      "Total : 45 min · il reste 1 h 15 à répartir",
    );
    await deroule.locator(".phase").getByLabel("Groupes").fill("2");
    await deroule.locator(".phase").getByLabel("Durée").fill("2h");
    await deroule.locator(".phase").getByLabel("Durée").press("Enter");
    expect(await section("deroule")).toMatchObject({
      phases: [{ label: "Réflexion commune", minutes: 120, groups: 2 }],
    });
    await settled();
    expect(await deroule.locator(".phases__sum").textContent()).toContain("c’est la durée prévue");
  });

  test("K11 sections are added, renamed, moved, given options, removed and restored", async () => {
    await page.evaluate(() => {
      table.nadia.session.structure.value = true;
    });
    const nadia = page.locator("#nadia");
    await nadia.getByRole("button", { name: /^Liste de points/u }).click();
    await settled();
    const headings = (): Promise<string[]> =>
      page.evaluate(() => table.minutes().sections.map(({ heading }) => heading));
    expect((await headings()).at(-1)).toBe("Liste de points");
    await page.keyboard.type("Solutions");
    await page.keyboard.press("Enter");
    await settled();
    expect((await headings()).at(-1)).toBe("Solutions");
    await page.keyboard.press("Alt+ArrowUp");
    await settled();
    expect((await headings()).slice(-2)).toEqual(["Solutions", "Suites"]);
    const fiche = sheet("nadia", "fiche");
    await fiche.getByRole("button", { name: "Ajouter un champ" }).click();
    await fiche.getByLabel("Nom du champ").last().fill("Animateurs");
    await fiche.getByLabel("Nom du champ").last().press("Enter");
    await fiche.getByLabel("Type de « Animateurs »").selectOption("number");
    expect(await section("fiche")).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ label: "Animateurs", type: "number" })]),
    });
    await fiche.getByRole("button", { name: "Retirer la section", exact: true }).click();
    await settled();
    expect(await headings()).not.toContain("Fiche");
    await nadia.getByRole("button", { name: "Remettre « Fiche »" }).click();
    await settled();
    expect((await headings())[0]).toBe("Fiche");
  });
});

describe("focus", () => {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: active } = document;
      const name = active?.getAttribute("aria-label") ?? active?.getAttribute("name") ?? "";
      return `${active?.localName} ${name.replaceAll("\u00A0", " ")}`;
    });

  test("K3 W03 a form that is open takes the focus once, not with everything the others write", async () => {
    await page.evaluate(() => {
      table.nadia.capability.value = "manage";
    });
    await addItems("Une citerne");
    const pistes = sheet("nadia", "pistes");
    await pistes.getByRole("button", { name: "Faire choisir les plus importants" }).click();
    await expect.poll(focused).toBe("input size");
    await capture().focus();
    await page.evaluate(() => table.fill(1));
    await settled();
    expect(await capture().evaluate((box) => document.activeElement === box)).toBe(true);
    await pistes.getByRole("button", { name: "Répartir en groupes" }).click();
    await expect.poll(focused).toBe("input count");
    await capture().focus();
    await page.evaluate(() => table.fill(1));
    await settled();
    expect(await capture().evaluate((box) => document.activeElement === box)).toBe(true);
  });

  test("K3 splitting a list keeps the focus in it", async () => {
    await page.evaluate(() => {
      table.nadia.capability.value = "manage";
    });
    await sheet("nadia", "pistes").getByRole("button", { name: "Répartir en groupes" }).press("Enter");
    await page.keyboard.press("Enter");
    await settled();
    await sheet("nadia", "pistes").getByRole("button", { name: "Réunir les groupes" }).waitFor();
    expect(await focused()).toBe("button Voir seulement le groupe A)");
  });

  test("K3 a section that is moved keeps the focus, a removed one hands it on", async () => {
    await page.evaluate(() => {
      table.nadia.session.structure.value = true;
    });
    const up = page.locator("#nadia").getByRole("button", { name: "Monter la section : Participants" });
    await up.press("Enter");
    await settled();
    expect(await focused()).toBe("button Monter la section : Participants");
    await page.locator("#nadia").getByRole("button", { name: "Descendre la section : Participants" }).press("Enter");
    await settled();
    expect(await focused()).toBe("button Descendre la section : Participants");
    await sheet("nadia", "gens").getByRole("button", { name: "Retirer la section", exact: true }).press("Enter");
    await settled();
    expect(await focused()).toBe("button Déplacer, retirer la section : Éléments principaux de la discussion");
    await page.locator("#nadia").getByRole("button", { name: "Remettre « Participants »" }).press("Enter");
    await settled();
    expect(await sheet("nadia", "gens").evaluate((back) => back.contains(document.activeElement))).toBe(true);
  });

  test("C38 K22 what is half typed outlives a freeze, a look at the structure, and the page", async () => {
    await capture().fill("Une idée en che");
    const name = sheet("nadia", "gens").getByLabel("Prénom ou nom");
    await name.fill("Cél");
    const both = async (change: () => void, back: () => void): Promise<string[]> => {
      await page.evaluate(change);
      await settled();
      await page.evaluate(back);
      await settled();
      return [await capture().inputValue(), await name.inputValue()];
    };
    expect(
      await both(
        () => (table.nadia.session.structure.value = true),
        () => (table.nadia.session.structure.value = false),
      ),
    ).toEqual(["Une idée en che", "Cél"]);
    expect(
      await both(
        () => (table.nadia.capability.value = "read"),
        () => (table.nadia.capability.value = "write"),
      ),
    ).toEqual(["Une idée en che", "Cél"]);
    await page.reload();
    expect([await capture().inputValue(), await name.inputValue()]).toEqual(["Une idée en che", "Cél"]);
    // The tab is left and closed: the next one here has it.
    await page.goto("/table.css");
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.goto("/");
    await page.locator("#brice .section").first().waitFor();
    expect([await capture().inputValue(), await name.inputValue()]).toEqual(["Une idée en che", "Cél"]);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")))).toEqual([]);
    await capture().press("Enter");
    await name.press("Enter");
    await page.reload();
    expect([await capture().inputValue(), await name.inputValue()]).toEqual(["", ""]);
  });

  test("C38 K11 in a freeze whoever is at the structure stays there: all of it stands, takes nothing, and goes on after", async () => {
    await addItems("Utiliser l’existant");
    const freeze = async (on: boolean): Promise<void> => {
      await page.evaluate((frozen) => (table.nadia.frozen.value = frozen), on);
      await settled();
    };
    // Not by Playwright, which waits until it is taken.
    const choose = (select: Locator, wanted: string | null): Promise<void> =>
      select.evaluate((box, entry) => {
        (box as HTMLSelectElement).value = entry!;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }, wanted);
    // What is chosen from stays as well.
    const chooser = sheet("nadia", "trois").getByRole("combobox");
    await freeze(true);
    await choose(chooser, await chooser.locator("option").last().getAttribute("value"));
    expect(await chooser.inputValue()).toBe("");
    expect(await section("trois")).toMatchObject({ ranked: [] });
    await freeze(false);
    await page.evaluate(() => {
      table.nadia.session.structure.value = true;
    });
    const heading = sheet("nadia", "pistes").getByLabel("Titre de la section");
    await heading.fill("Pistes et");
    await heading.press("Enter");
    await heading.evaluate((box) => {
      (box as HTMLTextAreaElement).setSelectionRange(2, 5);
      box.scrollIntoView({ block: "center" });
    });
    await settled();
    const looks = (): Promise<unknown> =>
      heading.evaluate((box) => {
        const words = box as HTMLTextAreaElement;
        const tops = [...document.querySelectorAll("#nadia .structure, #nadia .add-section")];
        return [
          box === document.activeElement,
          words.selectionStart,
          words.value,
          tops.map((each) => Math.round(each.getBoundingClientRect().top)),
        ];
      });
    const before = await looks();
    await freeze(true);
    expect(await looks()).toEqual(before);
    const kept = await page.evaluate(() => JSON.stringify(table.minutes()));
    const structure = page.locator("#nadia .structure, #nadia .add-section");
    // A press that nothing takes changes nothing; none of them is missing, and none has lost its name.
    for (const name of ["Retirer la section", "Ajouter un champ", /^Monter la section/u, /^Texte /u])
      await structure.getByRole("button", { name }).last().click({ force: true });
    await sheet("nadia", "pistes").getByLabel("Groupes A), B)…").click({ force: true });
    await choose(sheet("nadia", "pistes").getByRole("combobox"), "letter");
    await sheet("nadia", "trois").getByLabel("Nombre de places").press("ArrowUp");
    await heading.press("Alt+ArrowUp");
    await page.keyboard.type(" la suite");
    await settled();
    expect(await page.evaluate(() => JSON.stringify(table.minutes()))).toBe(kept);
    expect(await sheet("nadia", "pistes").getByLabel("Groupes A), B)…").isChecked()).toBe(true);
    expect(await sheet("nadia", "pistes").getByRole("combobox").inputValue()).toBe("number");
    await freeze(false);
    await heading.press("End");
    await page.keyboard.type(" la suite");
    await heading.press("Enter");
    await expect.poll(async () => (await section("pistes")).heading).toBe("Pistes et la suite");
    await sheet("nadia", "pistes")
      .getByRole("button", { name: /^Monter la section/u })
      .click();
    await expect
      .poll(() =>
        page.evaluate(() =>
          table
            .minutes()
            .sections.map(({ id }) => id)
            .indexOf("pistes"),
        ),
      )
      .toBe(2);
  });

  test("C38 in a freeze fields stay fields, with what is half typed and the focus; they only take nothing", async () => {
    const gens = sheet("nadia", "gens");
    const name = gens.locator(".people__add").getByLabel("Prénom ou nom");
    await name.fill("Céline");
    await name.press("Enter");
    await name.fill("Bri");
    await gens.getByRole("button", { name: /^Modifier/u }).click();
    const part = gens.getByRole("group").getByLabel("Organisation");
    await part.fill("Amis du fle");
    const before = await page.locator("#nadia .section").allInnerTexts();
    await page.evaluate(() => (table.nadia.frozen.value = true));
    await settled();
    expect(await part.evaluate((box: HTMLInputElement) => [box.readOnly, box === document.activeElement])).toEqual([
      true,
      true,
    ]);
    await page.keyboard.type("uve");
    expect(await part.inputValue()).toBe("Amis du fle");
    expect(await name.inputValue()).toBe("Bri");
    await name.press("Enter");
    expect(await gens.locator(".person").count()).toBe(1);
    // No field has gone, and no other words stand there.
    expect(await page.locator("#nadia .section").allInnerTexts()).toEqual(before);
    expect(await page.locator("#nadia input:visible, #nadia select:visible").count()).toBeGreaterThan(8);
    expect(
      await page
        .locator("#nadia input:not([type=date], [type=time]):visible, #nadia textarea:visible")
        .evaluateAll((all) => all.filter((box) => !(box as HTMLInputElement).readOnly).length),
    ).toBe(0);
    await page.evaluate(() => (table.nadia.frozen.value = false));
    await settled();
    await part.focus();
    await part.press("End");
    await page.keyboard.type("uve");
    await part.press("Enter");
    await expect.poll(() => page.evaluate(() => JSON.stringify(table.minutes()))).toContain("Amis du fleuve");
  });
});
