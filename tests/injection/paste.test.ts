/** X04 X10: two hundred pieces of foreign HTML pasted and dropped into an editor, in a real browser that is watched. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { markSays, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";
import { FRAGMENTS } from "./fragments.ts";
import { ADDRESSES } from "./payloads.ts";
import { foreignIn, watch } from "./watch.ts";

vi.setConfig({ testTimeout: 180_000 });

const stage = setStage();
const { server } = stage;

/** Gives these to the editor one after the other, as a browser does that was given them; what throws is told. */
const give = (page: Page, how: "paste" | "drop", types: Record<string, string>[]): Promise<string[]> =>
  page.evaluate(
    ({ event: name, all }) => {
      const faults: string[] = [];
      const note = ({ message }: ErrorEvent): void => void faults.push(message);
      addEventListener("error", note);
      for (const given of all) {
        const transfer = new DataTransfer();
        for (const [type, value] of Object.entries(given)) transfer.setData(type, value);
        const editor = document.querySelector<HTMLElement>(".ProseMirror")!;
        const { left, top } = editor.getBoundingClientRect();
        const about = { bubbles: true, cancelable: true };
        const event =
          name === "paste"
            ? new ClipboardEvent("paste", { ...about, clipboardData: transfer })
            : new DragEvent("drop", { ...about, dataTransfer: transfer, clientX: left + 4, clientY: top + 4 });
        editor.dispatchEvent(event);
      }
      removeEventListener("error", note);
      return faults;
    },
    { event: how, all: types },
  );

const empty = async (page: Page): Promise<void> => {
  await page.locator(".ProseMirror").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
};

test("X04 X10 pasted and dropped: words stay, nothing acts, nothing is loaded, also while it is read", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk();
  const watched = await watch(context, server.url);
  const page = await sitDown(context, workshop.addresses.write, "Nadia");
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.getByRole("textbox", { name: "Problématique" }).click();
  await page.locator(".ProseMirror").waitFor();
  expect(FRAGMENTS.length).toBeGreaterThanOrEqual(200);
  let kept = 0;
  for (const how of ["paste", "drop"] as const) {
    for (let from = 0; from < FRAGMENTS.length; from += 30) {
      const batch = FRAGMENTS.slice(from, from + 30).map((html) => ({ "text/html": html, "text/plain": "x" }));
      expect(await give(page, how, batch)).toEqual([]);
      expect(await foreignIn(page)).toEqual([]);
      kept += (await page.locator(".ProseMirror").innerText()).length;
      await empty(page);
    }
  }
  // Each piece has words of its own around it: they came through.
  expect(kept).toBeGreaterThan(FRAGMENTS.length * 10);

  // Addresses, as text alone and as the address of a link: only what may be followed becomes one.
  const alone = ADDRESSES.map((address) => ({ "text/plain": address }));
  const linked = ADDRESSES.map((address) => ({
    "text/html": `<a href="${address.replaceAll('"', "&quot;")}">vers</a>`,
    "text/plain": "vers",
  }));
  for (const how of ["paste", "drop"] as const) {
    expect(await give(page, how, [...alone, ...linked])).toEqual([]);
    expect(await foreignIn(page)).toEqual([]);
    expect(await page.locator(".ProseMirror a[href]").count()).toBe(0);
    await empty(page);
  }
  await give(page, "paste", [
    { "text/html": '<p><a href="https://раураl.com/">https://paypal.com</a> <a href="https://a.example/">ici</a></p>' },
  ]);
  const beside = await page
    .locator(".ProseMirror [data-host]")
    .evaluateAll((all) => all.map((each) => getComputedStyle(each, "::after").content));
  expect(beside.map((content) => content.replaceAll('"', "").trim())).toEqual(["(xn--l-7sba6dbr.com)"]);

  await markSays(page, "saved");
  expect(faults).toEqual([]);
  expect(watched).toEqual({ hits: [], away: [], violations: [] });
  await context.close();
  process.stdout.write(`X04 ${FRAGMENTS.length} fragments, pasted and dropped: hits 0, loads 0\n`);
});
