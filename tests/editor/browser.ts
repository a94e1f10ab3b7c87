/** A real Chromium with the page of two editors in it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { build } from "vite";
import { spokenWords } from "../../vite.config.ts";
import { launchChromium } from "../support/chromium.ts";
import type { World } from "./page.ts";

declare global {
  var world: World;
}

export interface Opened {
  page: Page;
  keyboard: CDPSession;
  close: () => Promise<void>;
}

/** Bundles the page and opens it. */
export const openEditors = async (): Promise<Opened> => {
  const outDir = await mkdtemp(join(tmpdir(), "editors-"));
  let browser: Browser | undefined;
  try {
    await build({
      configFile: false,
      logLevel: "error",
      plugins: [spokenWords],
      build: {
        outDir,
        minify: false,
        lib: { entry: join(import.meta.dirname, "page.ts"), formats: ["iife"], name: "page", fileName: "page" },
      },
      define: { "process.env.NODE_ENV": '"production"' },
    });
    browser = await launchChromium();
    const page = await browser.newPage();
    await page.setContent("<!doctype html><meta charset=utf-8><title>editors</title><body></body>");
    await page.addStyleTag({ content: ".prose { white-space: break-spaces; min-height: 1em }" });
    await page.addScriptTag({ content: await readFile(join(outDir, "page.iife.js"), "utf8") });
    const keyboard = await page.context().newCDPSession(page);
    const opened = browser;
    return { page, keyboard, close: () => opened.close() };
  } catch (error) {
    await browser?.close();
    throw error;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
};
