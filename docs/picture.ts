/** Draws docs/workshop.png, the picture of the README, from the real product: `node docs/picture.ts`. */
import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { addGroup, addItem, setItem } from "../document/edit/items.ts";
import { addPerson } from "../document/edit/people.ts";
import { setTitle } from "../document/edit/title.ts";
import { proseOf } from "../document/layout.ts";
import { writeProse } from "../document/text/write.ts";
import type { Minutes } from "../minutes/value.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { LiveClient } from "../tests/support/clients.ts";
import { capture, markSays, newDesk, sitDown } from "../tests/support/desk.ts";
import { startWorkshop, TestServer, type Started } from "../tests/support/server.ts";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 760, phone: true };
const MINUTE_MS = 60_000;

/** Writes the template's own example into a workshop, as if three people had just captured it. */
const fill = async (server: TestServer, { id, links }: Started): Promise<void> => {
  const { example } = (await (await fetch(`${server.url}/api/templates/forum-ouvert`)).json()) as { example: Minutes };
  const authors = await Promise.all(
    ["Nadia", "Brice", "Céline"].map(async (name) => {
      const answer = await fetch(`${server.url}/api/workshops/${id}/sessions`, {
        method: "POST",
        headers: { authorization: `Bearer ${links.write}`, "content-type": "application/json" },
        body: JSON.stringify({ name, layout: 1 }),
      });
      return ((await answer.json()) as { visitor: { id: string } }).visitor.id;
    }),
  );
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  const { doc } = client;
  setTitle(doc, example.title);
  for (const section of example.sections) {
    if (section.kind === "prose") {
      const text = proseOf(doc, section.id);
      text.delete(0, text.length);
      writeProse(text, section.body);
    }
    if (section.kind === "people") {
      for (const { name, organisation = "" } of section.people) addPerson(doc, section.id, { name, organisation });
    }
    if (section.kind !== "items") continue;
    const groups = new Map(section.groups.map((group) => [group.id, addGroup(doc, section.id, { text: group.text })]));
    for (const [index, item] of section.items.entries()) {
      const group = item.group === undefined ? undefined : groups.get(item.group);
      const minutesAgo = 2 * (section.items.length - index) + 3;
      const key = addItem(doc, section.id, {
        text: item.text.split("\n")[0] ?? "",
        at: new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString(),
        author: authors[index % authors.length] ?? "",
        ...(group === undefined ? {} : { group }),
      });
      if (item.owner !== undefined) setItem(doc, section.id, key, "owner", item.owner);
      if (item.due !== undefined) setItem(doc, section.id, key, "due", item.due);
    }
  }
  await client.saved();
  client.destroy();
};

const png = async (page: Page): Promise<string> => {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
};

const server = await new TestServer().start();
const browser = await launchChromium();
try {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  await fill(server, workshop);
  const computer = await sitDown(await newDesk(browser, DESKTOP), workshop.addresses.manage, "Céline");
  const phone = await sitDown(await newDesk(browser, PHONE), workshop.addresses.write, "Brice");
  const third = await sitDown(await newDesk(browser, DESKTOP), workshop.addresses.write, "Nadia");
  await Promise.all([computer, phone, third].map((page) => markSays(page, "saved")));

  // Two write in one text on the computer; on the phone something is captured.
  const issue = (page: Page) => page.getByRole("textbox", { name: "Problématique" });
  await issue(computer).click();
  await issue(third).click();
  await third.keyboard.press("Control+End");
  await third.keyboard.type(" Et de revenir.");
  await phone.locator(".outline__link").nth(4).tap();
  await capture(phone, "Tenir la prochaine réunion au pied de l’immeuble");
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
