/** C37 What the facilitator asks of everybody stands over the page: it leaves room, covers nothing that one writes in, and is heard. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { splitSection } from "../../document/edit/groups.ts";
import { addItem } from "../../document/edit/items.ts";
import { setPhase } from "../../document/edit/runsheet.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two pages and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

/** Whether the middle of each can be pressed. */
const free = (page: Page, places: readonly string[]): Promise<boolean[]> =>
  page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        const element = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility())!;
        const { left, top, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }),
    places,
  );

test("C37 W02 on the smallest phone three calls at once leave half of the page and all of the line; a phase is told to whoever listens", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia", { width: 320, height: 568, phone: true });
  await markSays(page, "saved");
  const animator = new LiveClient({ url: server.live }, workshop.id, workshop.links.manage);
  await animator.saved();
  splitSection(animator.doc, "solutions", 2);
  // A phase that is over as soon as it begins.
  setPhase(animator.doc, "deroule", "p4", "minutes", 0);
  await animator.saved();
  animator.destroy();
  const play = async (command: object): Promise<void> => {
    const answer = await fetch(`${server.url}/api/workshops/${workshop.id}/stage`, {
      method: "POST",
      headers: { authorization: `Bearer ${workshop.links.manage}`, "content-type": "application/json" },
      body: JSON.stringify(command),
    });
    expect(answer.status).toBe(200);
  };
  await page.getByRole("navigation").getByRole("button", { name: "Solutions" }).click();
  await page.locator("#section-solutions .capture__group").waitFor();
  await page.evaluate(() => {
    const region = document.querySelector("[data-spoken]")!;
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => said.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const heard = (): Promise<string> =>
    page.evaluate(() => (globalThis as unknown as { said: string[] }).said.join(" "));
  await play({ do: "begin", phase: "p4" });
  await expect.poll(heard).toContain("Phase 4 sur 4\u00A0: Synthèse en commun.");
  await expect.poll(heard).toContain("Le temps prévu est écoulé.");
  await play({ do: "show", section: "solutions", following: true });
  await play({ do: "freeze", seconds: 300 });
  await markSays(page, "read-only");
  await expect.poll(() => page.locator(".call").count()).toBe(3);
  const share = (): Promise<number> =>
    page.locator(".calls").evaluate((calls) => calls.getBoundingClientRect().height / innerHeight);
  await expect.poll(share).toBeLessThanOrEqual(0.5);
  await expect
    .poll(() => free(page, [".capture__text", ".capture__group", ".capture__add"]))
    .toEqual([true, true, true]);
  // What does not fit is scrolled to.
  await page.getByRole("button", { name: "Ne plus suivre" }).scrollIntoViewIfNeeded();
  await expect.poll(() => free(page, [".call:last-child button"])).toEqual([true]);
});

test("C37 K16 whoever may pick is told of a choice that was opened elsewhere, and is there with one press", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { id, links, addresses } = workshop;
  const animator = new LiveClient({ url: server.live }, id, links.manage);
  await animator.saved();
  const at = new Date().toISOString();
  for (const text of ["Un banc", "Un tilleul"]) addItem(animator.doc, "propositions", { text, at });
  await animator.saved();
  animator.destroy();
  const context = await stage.desk({ width: 390, height: 844, phone: true });
  const page = await context.newPage();
  await page.goto(addresses.vote);
  await markSays(page, "read-only");
  const call = page.getByRole("region", { name: "Choix ouvert" });
  expect(await call.count()).toBe(0);
  const answer = await fetch(`${server.url}/api/workshops/${id}/votes`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    body: JSON.stringify({ section: "propositions", open: true, size: 1 }),
  });
  expect(answer.status).toBe(200);
  await call.getByRole("button", { name: "Y aller" }).click();
  await page.getByRole("button", { name: /Choisir\s: Un banc/u }).click();
  await call.waitFor({ state: "detached" });
  // Whoever has picked all their points, or was there, is asked no more.
  await page.locator(".outline__link").first().click();
  await page.locator("#section-propositions").waitFor({ state: "hidden" });
  expect(await call.count()).toBe(0);
});

test("C37 whoever follows is at the section that is shown, whatever ends above it", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const section of ["problemes", "solutions", "participants", "synthese"]) {
    const answer = await fetch(`${server.url}/api/workshops/${workshop.id}/stage`, {
      method: "POST",
      headers: { authorization: `Bearer ${workshop.links.manage}`, "content-type": "application/json" },
      body: JSON.stringify({ do: "show", section, following: true }),
    });
    expect(answer.status).toBe(200);
    const heading = await page.locator(`#heading-${section}`).innerText();
    const call = page.getByRole("region", { name: "Suivre l’animateur" });
    await call.locator("b", { hasText: heading }).waitFor();
    await call.getByText("Vous suivez l’animateur :").waitFor();
    // Also once the page has looked where it stands.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.locator(".outline__link[aria-current]").first().innerText()).toContain(heading.slice(0, 20));
    expect(await call.getByText("Vous suivez l’animateur :").count()).toBe(1);
  }
});

test("C30 C37 on a phone the gentle reminder of a name leaves the line and its choice of a group free", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const animator = new LiveClient({ url: server.live }, workshop.id, workshop.links.manage);
  await animator.saved();
  splitSection(animator.doc, "solutions", 2);
  await animator.saved();
  animator.destroy();
  const page = await (await stage.desk({ width: 390, height: 844, phone: true })).newPage();
  await page.goto(workshop.addresses.write);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await markSays(page, "saved");
  await page.getByRole("navigation").getByRole("button", { name: "Solutions" }).click();
  await page.locator("#section-solutions .capture__text").pressSequentially("U");
  await page.locator(".reminder").waitFor();
  await expect
    .poll(() => free(page, [".capture__text", ".capture__group", ".capture__add"]))
    .toEqual([true, true, true]);
});
