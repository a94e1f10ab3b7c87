/** What the build made, as browsers get it: compressed once, kept for ever, and small enough for a phone on bad wifi. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetsFrom, type Manifest } from "../../server/pages/assets.ts";
import { askedAhead } from "../../server/pages/shell.ts";
import { workshopPage } from "../../server/pages/workshop.ts";
import { assets } from "../../server/routes/assets.ts";

const KB = 1000;
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8")) as Manifest;
const built = assetsFrom(manifest, "dist/");
const server = createServer(express().use("/assets", assets("dist/assets")));
let port: number;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const get = async (path: string, encoding: string): Promise<{ status: number; headers: object; body: Buffer }> => {
  const asked = request({ port, host: "127.0.0.1", path, headers: { "accept-encoding": encoding } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const body = Buffer.concat(await answer.toArray());
  return { status: answer.statusCode!, headers: answer.headers, body };
};

describe("T11 built files", () => {
  const file = built.scripts.home.file.slice("dist".length);

  test("come as small as the build could make them, for ever, with the name of what they are", async () => {
    const { status, headers, body } = await get(file, "gzip, deflate, br");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-encoding": "br",
      "content-type": expect.stringContaining("text/javascript"),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    expect(brotliDecompressSync(body).equals(readFileSync(`dist${file}`))).toBe(true);
  });

  test("come as they are to whoever does not read Brotli", async () => {
    const { headers, body } = await get(file, "gzip;q=0, br;q=0");
    expect(headers).not.toHaveProperty("content-encoding");
    expect(headers).toHaveProperty("vary", "Accept-Encoding");
    expect(body.equals(readFileSync(`dist${file}`))).toBe(true);
  });

  test("are nowhere else, and not there when they are not", async () => {
    expect((await get("/assets/nothing.js", "br")).status).toBe(404);
    expect((await get("/assets/..%2f.vite%2fmanifest.json", "br")).status).not.toBe(200);
  });
});

describe("C27 what a page costs before it can be used, in scripts, compressed", () => {
  const size = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + readFileSync(`${file}.br`).length, 0);
  const words = Math.max(...Object.values(built.words).map((file) => size([file])));

  test.each(["home", "opening", "reading"] as const)("%s: at most 45 KB", (page) => {
    const { file, imports, first } = built.scripts[page];
    const bytes = size([file, ...imports, ...first]) + (page === "reading" ? 0 : words);
    process.stdout.write(`C27 ${page}: ${bytes} bytes\n`);
    expect(bytes).toBeLessThanOrEqual(45 * KB);
  });

  test("the words come in three parts, none of them twice, the same in both languages", async () => {
    const keysIn = async (file: string): Promise<string[]> => {
      const part = (await import(pathToFileURL(file).href)) as { default: [key: string, said: unknown][] };
      return part.default.map(([key]) => key).toSorted();
    };
    const partsIn = (language: "fr" | "en") =>
      Promise.all(
        [
          built.words[language],
          built.moreWords[language],
          `dist/${manifest[`../locales/${language}.ftl?panels`]!.file}`,
        ].map(keysIn),
      );
    const french = await partsIn("fr");
    const [atFirst, more, ofPanels] = french;
    expect(new Set(french.flat()).size).toBe(french.flat().length);
    expect(atFirst).toContain("joining-enter");
    // Said by what the editor only hands on.
    expect(more).toContain("editor-bold");
    expect(ofPanels).toContain("glossary-add");
    expect(await partsIn("en")).toEqual(french);
  });

  test("six files come at once: five with which a workshop is first seen, and the largest of what keeps it", () => {
    const { file, imports, first, later } = built.scripts.opening;
    const seen = [built.style, built.words.fr, file, ...imports, ...first];
    expect(new Set(seen).size).toBe(5);
    expect(first).toHaveLength(1);
    expect(size(later.slice(0, 1))).toBe(Math.max(...later.map((each) => size([each]))));
  });

  test("the head of the answer names the same six, before a phone has made a page of its body", () => {
    const { file, imports, first, later, last } = built.scripts.opening;
    for (const language of ["fr", "en"] as const) {
      const setting = { language, assets: built };
      const named = [...askedAhead(setting).matchAll(/<([^>]+)>; rel=(preload; as=style|modulepreload)/g)];
      const seen = [built.style, ...first, ...imports, built.words[language], file, later[0]!];
      expect(named.map(([, name]) => name)).toEqual(seen);
      const [head] = workshopPage(setting).split("</head>");
      const places = [...seen, ...later.slice(1), built.moreWords[language], ...last].map((name) =>
        head!.indexOf(name),
      );
      // All of them stand in the page, in the order in which they are needed.
      expect(places.filter((at) => at < 0)).toEqual([]);
      expect(places.slice(1)).toEqual(places.slice(1).toSorted((a, b) => a - b));
    }
  });

  test("what keeps a workshop comes behind what is first seen, at most 76 KB with its words, and nothing of Yjs before", () => {
    const { file, imports, first, later } = built.scripts.opening;
    const stay = size(later) + Math.max(...Object.values(built.moreWords).map((part) => size([part])));
    process.stdout.write(`C27 the stay: ${stay} bytes\n`);
    expect(stay).toBeLessThanOrEqual(76 * KB);
    expect([file, ...imports, ...first].filter((name) => /beforeTransaction/.test(readFileSync(name, "utf8")))).toEqual(
      [],
    );
    expect(later.some((name) => /beforeTransaction/.test(readFileSync(name, "utf8")))).toBe(true);
  });

  test("the editor comes later: at most 80 KB, none of it before, and nothing of what opens over a workshop", () => {
    const editing = manifest["editor/editing.ts"]!;
    const { file, imports, first, later, last } = built.scripts.opening;
    const before = [file, ...imports, ...first, ...later];
    const after = [editing.file, ...(editing.imports ?? []).map((name) => manifest[name]!.file)]
      .map((name) => `dist/${name}`)
      .filter((name) => !before.includes(name));
    process.stdout.write(`C27 the editor: ${size(after)} bytes more\n`);
    expect(last).toEqual(after);
    expect(before.filter((name) => /prosemirror/i.test(readFileSync(name, "utf8")))).toEqual([]);
    expect(size(after)).toBeLessThanOrEqual(80 * KB);
    // What Tiptap brings for others' editors: its own commands.
    expect(after.filter((name) => /splitListItem|clearNodes/.test(readFileSync(name, "utf8")))).toEqual([]);
    const { file: panels } = manifest["panels/Panels.tsx"]!;
    expect([...before, ...after]).not.toContain(`dist/${panels}`);
  });
});
