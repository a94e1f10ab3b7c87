/** Somebody at a real page who plays a part: comes in by typing the code, captures, picks, and writes in a text among others. */
import type { BrowserContext, Locator, Page } from "@playwright/test";
import type { Player } from "../../demo/player.ts";
import type { Item } from "../../minutes/value.ts";
import { markSays } from "./desk.ts";

export const sectionOn = (page: Page, id: string): Locator => page.locator(`[id="section-${id}"]`);

/** Opens the home page, types the code, and joins under a name. */
export const joinByCode = async (
  context: BrowserContext,
  { url, code, name, organisation }: { url: string; code: string; name: string; organisation: string },
): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("#code").fill(code.toLowerCase());
  await page.locator("#code").press("Enter");
  await page.locator('[autocomplete="given-name"]').fill(name);
  await page.locator('[autocomplete="organization"]').fill(organisation);
  await page.locator('[autocomplete="given-name"]').press("Enter");
  await page.locator("[data-sheet]").waitFor();
  await markSays(page, "saved");
  return page;
};

/** Shows a section, by the tabs of a phone where it is not in sight. */
export const goTo = async (page: Page, id: string): Promise<Locator> => {
  const section = sectionOn(page, id);
  if (await section.isVisible()) return section;
  const at = await page
    .locator("[data-section]")
    .evaluateAll((all, wanted) => all.findIndex((each) => each.getAttribute("data-section") === wanted), id);
  await page.locator(".outline__link").nth(at).click();
  await section.waitFor();
  return section;
};

export class Hands implements Player {
  readonly page: Page;
  readonly #rhythm: number;

  /** `rhythm`: milliseconds between two keys. */
  constructor(page: Page, rhythm: number) {
    this.page = page;
    this.#rhythm = rhythm;
  }

  async capture(section: string, words: string, group?: string): Promise<void> {
    const form = (await goTo(this.page, section)).locator("form.capture");
    if (group !== undefined) await form.locator(".capture__group").selectOption(group);
    const line = form.locator(".capture__text");
    await line.click();
    await line.pressSequentially(words, { delay: this.#rhythm });
    // Whatever others do meanwhile, the line is one's own.
    const typed = await line.inputValue();
    if (typed !== words) throw new Error(`“${words}” was typed, “${typed}” stands there.`);
    await line.press("Enter");
    await this.page.locator('[data-saved="saved"]').waitFor();
  }

  async pick(section: string, { id }: Item): Promise<void> {
    await goTo(this.page, section);
    // It is shown at once, and counts when the server has said so.
    const button = this.page.locator(`[id="item-${id}"] .pick`);
    const [answer] = await Promise.all([
      this.page.waitForResponse((each) => each.url().endsWith("/votes")),
      button.click(),
    ]);
    if (!answer.ok()) throw new Error(`A pick was answered ${answer.status()}.`);
    await this.page.locator(`[id="item-${id}"] .pick[aria-pressed="true"]`).waitFor();
  }

  /** Begins a line of one's own at the end of a text, and stays in it. */
  async settle(section: string): Promise<void> {
    const box = await goTo(this.page, section);
    await box.getByRole("textbox").last().click();
    await box.locator(".ProseMirror-focused").waitFor();
    // As a hand goes from the mouse to the keys: see Scribe.
    await this.page.waitForTimeout(250);
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.type("Noté : ");
  }

  /** Goes on where the caret is, letter by letter. */
  async type(letters: readonly string[], rhythm = this.#rhythm): Promise<void> {
    for (const letter of letters) {
      await this.page.keyboard.insertText(letter);
      await this.page.waitForTimeout(rhythm);
    }
  }

  /** Where on the screen the paragraph with the caret stands, and how high it is, in pixels. */
  caretStands(): Promise<{ top: number; height: number }> {
    return this.page.evaluate(() => {
      const at = getSelection()?.anchorNode;
      const line = at instanceof Element ? at : at?.parentElement;
      const { top, height } = line?.getBoundingClientRect() ?? { top: Number.NaN, height: Number.NaN };
      return { top, height };
    });
  }
}
