/** Draws docs/workshop.png, the picture of the README, from the real product: `node docs/picture.ts`. */
import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { play } from "../demo/play.ts";
import type { Minutes } from "../minutes/value.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { markSays, newDesk, sitDown } from "../tests/support/desk.ts";
import { startWorkshop, TestServer, type Started } from "../tests/support/server.ts";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 760, phone: true };
const SPEED = 200;

/** Everybody in a hurry: the demonstration, as fast as the disk lets it. */
const hold = async (server: TestServer, workshop: Started): Promise<void> => {
  const answer = await fetch(`${server.url}/api/templates/atelier-facilite?language=fr`);
  const { example } = (await answer.json()) as { example: Minutes };
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED));
  await play({ base: server.url, workshop, example, pause, tell: () => undefined });
};

const png = async (page: Page): Promise<string> => {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
};

const server = await new TestServer().start();
const browser = await launchChromium();
try {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  await hold(server, workshop);
  const computer = await sitDown(await newDesk(browser, DESKTOP), workshop.addresses.manage, "Céline");
  const phone = await sitDown(await newDesk(browser, PHONE), workshop.addresses.write, "Brice");
  const third = await sitDown(await newDesk(browser, DESKTOP), workshop.addresses.write, "Nadia");
  await Promise.all([computer, phone, third].map((page) => markSays(page, "saved")));

  // Two write in one text on the computer; on the phone something is captured.
  const issue = (page: Page) => page.getByRole("textbox", { name: "Problématique soumise" });
  await issue(computer).click();
  await issue(third).click();
  await third.keyboard.press("Control+End");
  await third.keyboard.type(" Et d’ici cinq ans ?");
  await phone.locator(".outline__link", { hasText: "Solutions" }).tap();
  await phone.locator("#section-solutions .capture__text").fill("Prêter des mousseurs à toutes les familles");
  await phone.keyboard.press("Enter");
  await computer.locator(".caret").first().waitFor();
  await Promise.all([computer, phone, third].map((page) => markSays(page, "saved")));
  await computer.mouse.move(5, 895);

  const desk = await browser.newPage({ viewport: { width: 1990, height: 1000 }, deviceScaleFactor: 0.75 });
  await desk.setContent(`<!doctype html><style>
    body { margin: 0; height: 1000px; position: relative; background: #e9e4da; }
    img { position: absolute; display: block; box-shadow: 0 10px 40px #0004; }
    .computer { left: 50px; top: 50px; width: 1440px; border-radius: 12px; }
    .phone { right: 50px; bottom: 50px; width: 390px; border-radius: 36px; border: 10px solid #222; }
  </style><img class="computer" src="${await png(computer)}"><img class="phone" src="${await png(phone)}">`);
  await desk.waitForFunction(() => [...document.images].every((image) => image.complete));
  await writeFile(new URL("workshop.png", import.meta.url), await desk.screenshot());
} finally {
  await browser.close();
  await server.remove();
}
