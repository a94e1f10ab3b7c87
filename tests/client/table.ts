/** Bundles the two-person table and opens it in a real browser: components without a server, nothing simulated but the wire. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "@playwright/test";
import { build } from "vite";
import { spokenWords } from "../../vite.config.ts";
import type { Table } from "./sections-table.tsx";

interface Bundle {
  script: string;
  style: string;
}

/** Builds in memory; once per test file. */
export const bundleTable = async (): Promise<Bundle> => {
  const built = await build({
    root: process.cwd(),
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [spokenWords],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      target: "es2022",
      rolldownOptions: {
        input: "tests/client/sections-table.tsx",
        output: { codeSplitting: false, format: "es" },
      },
    },
  });
  const output = [built].flat().flatMap((each) => ("output" in each ? each.output : []));
  const script = output.flatMap((part) => (part.type === "chunk" ? [part.code] : [])).join("\n");
  const style = output
    .flatMap((part) => (part.type === "asset" && part.fileName.endsWith(".css") ? [part.source.toString()] : []))
    .join("\n");
  return { script, style };
};

const SHEET =
  '<!doctype html><html lang="fr"><title>table</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/table.css"><div id="table"></div><script type="module" src="/table.js"></script>';

/**
 * A page at which the table can be laid, as often as wanted. A server of its own brings it: what a browser is handed from
 * outside it neither keeps nor compiles once for all.
 */
export const openRoom = async (browser: Browser, { script, style }: Bundle): Promise<Page> => {
  const files = new Map([
    ["/", { type: "text/html", body: SHEET }],
    ["/table.js", { type: "text/javascript", body: script }],
    ["/table.css", { type: "text/css", body: style }],
  ]);
  const server = createServer(({ url = "" }, response) => {
    const file = files.get(url);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": `${file.type}; charset=utf-8`, "cache-control": "max-age=3600" });
    return response.end(file.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  browser.on("disconnected", () => server.close());
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "fr-FR", baseURL });
  return context.newPage();
};

/** Both sheets on it, new and empty: nothing of the one before is left, in the page or in what the browser keeps. */
export const layTable = async (page: Page): Promise<void> => {
  if (page.url() !== "about:blank") await page.evaluate(() => (localStorage.clear(), sessionStorage.clear()));
  await page.goto("/");
  await page.locator("#brice .section").first().waitFor();
};

/** The table inside the page. */
declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a property of the global object
  var table: Table;
}
