/** Finds a Chromium on this machine, or says exactly what to run; nothing is ever downloaded here. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const installedByPlaywright = (): string | undefined => {
  const cache = process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(cache)) return undefined;
  return readdirSync(cache)
    .filter((name) => name.startsWith("chromium-"))
    .toSorted()
    .toReversed()
    .flatMap((name) => ["chrome-linux/chrome", "chrome-linux64/chrome"].map((file) => join(cache, name, file)))
    .find((file) => existsSync(file));
};

const onPath = (): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Path of the browser to run. Throws with the command that installs one. */
export const chromiumPath = (): string => {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const found = installedByPlaywright() ?? onPath();
  if (found) return found;
  throw new Error(
    "No Chromium found for the browser tests. Install one: `apt-get install -y chromium` (Debian, Ubuntu) or " +
      "`npx playwright install chromium`, or set CHROMIUM_PATH to an existing one.",
  );
};

/**
 * What Playwright turns off, told again because the browser heeds the last such list only; and what nobody sees without a
 * window: pages that every new page brings along for the bar where addresses are typed, which cost more than our own,
 * and a process that waits for the next one. A browser that does not know a name does not mind it.
 */
const TURNED_OFF = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "SpareRendererForSitePerProcess",
];

/**
 * Lets every page of `context` draw late, by `milliseconds`, as on a machine that is busy with something else: what is read,
 * pressed or focused before the frame it needs goes wrong each time then, and not once in a hundred runs.
 */
export const drawLate = (context: BrowserContext, milliseconds: number): Promise<unknown> =>
  context.addInitScript((late: number) => {
    const next = globalThis.requestAnimationFrame.bind(globalThis);
    const awaited = new Set<number>();
    globalThis.requestAnimationFrame = (draw) => {
      const draws = (now: number): void => {
        if (awaited.delete(id)) draw(now);
      };
      const id = next(() => setTimeout(() => next(draws), late));
      awaited.add(id);
      return id;
    };
    globalThis.cancelAnimationFrame = (id) => void awaited.delete(id);
  }, milliseconds);

/** A headless browser without background traffic of its own; its pages draw LATE_FRAMES milliseconds late, if told. Close it when done. */
export const launchChromium = async (): Promise<Browser> => {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${TURNED_OFF.join(",")}`,
    ],
  });
  const late = Number(process.env["LATE_FRAMES"] ?? 0);
  if (late > 0) {
    const open = browser.newContext.bind(browser);
    // A page that is opened without a context gets one by this as well.
    browser.newContext = async (options) => {
      const context = await open(options);
      await drawLate(context, late);
      return context;
    };
  }
  return browser;
};
