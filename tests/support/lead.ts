/** Whoever runs the workshop from a computer, by the buttons of the page. */
import type { Page } from "@playwright/test";
import type { Director } from "../../demo/player.ts";
import { sectionOn } from "./hands.ts";

/** The address of whoever manages is open on `page`, wide enough for what stands beside the sheet. */
export const leading = (page: Page): Director => ({
  async begin({ label }) {
    const words = label.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
    await page.getByRole("button", { name: new RegExp(`^(Commencer|Phase suivante)\\s: ${words}$`, "u") }).click();
    await page.locator(".clock__phase:visible", { hasText: new RegExp(words, "iu") }).waitFor();
  },
  async show({ id }) {
    await page.locator(".stage-card").getByRole("button", { name: "Animer" }).click();
    const dialog = page.getByRole("dialog", { name: "Animer l’atelier" });
    await dialog.getByRole("combobox", { name: "Montrer une section" }).selectOption(id);
    await dialog.getByRole("button", { name: "Sur l’écran de la salle" }).click();
    await dialog.locator(".facilitate__now").waitFor();
    await page.getByRole("button", { name: "Fermer", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  },
  async openPick({ id }, size) {
    const section = sectionOn(page, id);
    await section.getByRole("button", { name: "Faire choisir les plus importants" }).click();
    await section.getByLabel("Combien de points chacun").fill(String(size));
    await section.getByRole("button", { name: "Ouvrir le choix" }).click();
    await section.locator(".pick-bar").waitFor();
  },
  async closePick({ id }) {
    await sectionOn(page, id).getByRole("button", { name: "Terminer le choix" }).click();
    await sectionOn(page, id).locator(".pick-bar").waitFor({ state: "detached" });
  },
  async confirm({ id }) {
    await sectionOn(page, id).getByRole("button", { name: "Confirmer ce classement" }).click();
    await sectionOn(page, id).getByRole("button", { name: "Revenir à l’ordre des choix" }).waitFor();
  },
  async split({ id }, count) {
    const section = sectionOn(page, id);
    await section.getByRole("button", { name: "Répartir en groupes" }).click();
    await section.getByLabel("Nombre de groupes").fill(String(count));
    await section.getByRole("button", { name: "Répartir", exact: true }).click();
    await section.locator(".groups-bar").waitFor();
  },
  async gather({ id }) {
    await sectionOn(page, id).getByRole("button", { name: "Réunir les groupes" }).click();
    await sectionOn(page, id).locator(".groups-bar").waitFor({ state: "detached" });
  },
  async stop() {
    const terminate = page.locator(".timer__controls").getByRole("button", { name: "Terminer" });
    await terminate.click();
    await terminate.waitFor({ state: "detached" });
  },
});
