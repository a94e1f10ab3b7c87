/** Somebody who has never seen it starts a workshop, and somebody else writes in it: in how many steps, and in which words. */
import type { BrowserContext, Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { minutesOf, type Sight } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const PHONE: Sight = { width: 390, height: 844, phone: true };
const SCHEME = process.env["SCHEME"] === "dark" ? "dark" : "light";
/** On a phone in every run; on a computer and in another language as well in the soak. */
const LOCALES = process.env["LOCALES"]?.split(",");
const SIGHTS = (LOCALES ?? ["fr-FR"]).flatMap((locale) =>
  (LOCALES ? [{}, PHONE] : [PHONE]).map((sight): Sight => ({ ...sight, locale })),
);

/** A person in front of a page: what they press is counted, and where they look is kept as a picture if wanted. */
class Newcomer {
  presses = 0;
  readonly page: Page;
  readonly #name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.#name = name;
  }

  static async at(context: BrowserContext, name: string): Promise<Newcomer> {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: SCHEME });
    return new Newcomer(page, name);
  }

  async press(selector: string): Promise<void> {
    this.presses += 1;
    await this.page.locator(selector).first().click();
  }

  async type(words: string, end = ""): Promise<void> {
    // Each field is where the focus is already: nobody looks for it.
    await this.page.keyboard.type(words);
    if (end !== "") await this.page.keyboard.press(end);
  }

  async focused(selector: string): Promise<void> {
    await this.page.locator(`${selector}:focus`).waitFor();
  }

  async look(what: string): Promise<void> {
    const folder = process.env["PICTURES"];
    if (folder) await this.page.screenshot({ path: `${folder}/${this.#name}-${what}-${SCHEME}.png` });
  }
}

test.each(SIGHTS)(
  "C46 from the first look at the home page to another person’s words: a handful of presses, no address to copy (%j)",
  async (sight) => {
    const name = `newcomer-${sight.locale ?? ""}-${sight.phone ? "phone" : "computer"}`;
    const host = await Newcomer.at(await stage.desk(sight), name);
    const began = performance.now();
    await host.page.goto(server.url);
    await host.look("1-home");
    await host.press('[data-start="forum-ouvert"]:not([hidden])');
    await host.focused("#start-title");
    await host.look("2-start");
    await host.type("Comment partager l’eau ?", "Enter");
    await host.focused('[autocomplete="given-name"]');
    await host.look("3-door");
    await host.type("Nadia", "Enter");
    await host.page.locator("[data-sheet]").waitFor();
    await host.look("4-sheet");
    // The code is in sight without asking for it.
    const shown = host.page.locator(".join-card__code, .wall__code").first();
    await shown.waitFor();
    const code = (await shown.innerText()).replaceAll(/\s/gu, "");

    const guest = await Newcomer.at(await stage.desk({ ...PHONE, locale: sight.locale ?? "fr-FR" }), `${name}-guest`);
    await guest.page.goto(`${server.url}/j`);
    await guest.focused("#code");
    await guest.look("5-code");
    await guest.type(code.toLowerCase(), "Enter");
    await guest.focused('[autocomplete="given-name"]');
    await guest.look("6-door");
    await guest.type("Brice", "Enter");
    await guest.page.locator("[data-sheet]").waitFor();
    await guest.look("7-sheet");
    await guest.press("[data-section] [role=textbox]:visible");
    await guest.look("8-writing");
    await guest.type("Moi aussi");
    await guest.page.locator('[data-saved="saved"]').waitFor();
    await guest.look("9-written");
    await expect.poll(() => host.page.locator("[data-sheet]").textContent()).toContain("Moi aussi");
    await expect.poll(() => host.page.locator(".people-here").first().textContent()).toContain("Brice");
    await host.look("10-seen");
    const seconds = (performance.now() - began) / 1000;
    if (LOCALES) {
      process.stdout.write(
        `C46 ${name}: ${host.presses} + ${guest.presses} presses, ${seconds.toFixed(1)} s without a hand’s time\n`,
      );
    }
    expect([host.presses, guest.presses]).toEqual([1, 1]);
    const id = new URL(host.page.url()).pathname.split("/")[2]!;
    const secret = new URL(host.page.url()).hash.slice(1);
    const read = { manage: secret, write: secret, vote: secret, read: secret };
    const minutes = await minutesOf(server, { id, code, links: read, addresses: read });
    expect(JSON.stringify(minutes)).toContain("Moi aussi");
  },
);
