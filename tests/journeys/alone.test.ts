/** Nothing leaves this host: every request of the whole journey, every answer's policy, no cookie, no violation. */
import type { BrowserContext, Page, Response } from "@playwright/test";
import { connect } from "node:net";
import { beforeAll, expect, vi } from "vitest";
import { capture, markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;
let workshop: Started;

beforeAll(async () => {
  workshop = await startWorkshop(server.url, "forum-ouvert");
});

const NEEDED = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** What is wrong with an answer's headers. */
const wrongWith = (url: string, policy: string | null | undefined, cookie: string | null | undefined): string[] => {
  if (!policy) return [`${url}: no policy`];
  const parts = policy.split(";").map((part) => part.trim());
  return [
    ...NEEDED.filter((part) => !parts.includes(part)).map((part) => `${url}: not ${part}`),
    ...(/unsafe-|\*|https?:/u.test(policy) ? [`${url}: ${policy}`] : []),
    ...(cookie ? [`${url}: a cookie`] : []),
  ];
};

interface Watched {
  context: BrowserContext;
  origins: Set<string>;
  wrong: () => Promise<string[]>;
  complaints: string[];
}

/** A browser of which everything that is asked, answered and complained about is noted. */
const watch = async (): Promise<Watched> => {
  const context = await stage.desk();
  const origins = new Set<string>();
  const answers: Response[] = [];
  const complaints: string[] = [];
  const sockets = (page: Page): void => {
    page.on("websocket", (socket) => origins.add(new URL(socket.url()).host));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  };
  context.on("page", sockets);
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    // What the page itself made from its own bytes, a download or a picture, asks nobody.
    if (protocol !== "blob:" && protocol !== "data:") origins.add(host);
  });
  context.on("response", (response) => {
    if (response.url().startsWith("http")) answers.push(response);
  });
  const wrong = async (): Promise<string[]> => {
    const found = await Promise.all(
      answers.map(async (answer) => {
        const headers = await answer.allHeaders();
        return wrongWith(answer.url(), headers["content-security-policy"], headers["set-cookie"]);
      }),
    );
    expect(answers.length).toBeGreaterThan(20);
    return found.flat();
  };
  return { context, origins, wrong, complaints };
};

test("P3 home, start, join, write, export, read: one host, one policy, no cookie, nothing violated", async () => {
  const { context, origins, wrong, complaints } = await watch();
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator("[data-start]:not([hidden])").first().waitFor();
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await page.locator("[data-sheet]").waitFor();
  await capture(page, "Une piste");
  await page.locator('[id="section-discussion"]').getByRole("textbox").last().click();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("- Un point **important**\nUn autre");
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", "<p>collé <b>ici</b></p>");
    document
      .querySelector(".ProseMirror")
      ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByText("collé").first().waitFor();
  await markSays(page, "saved");
  await page.getByRole("button", { name: "Inviter" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Exporter" }).click();
  for (const format of ["Markdown", "Page HTML", "Texte", "Tableur", "JSON"]) {
    const download = page.waitForEvent("download");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: new RegExp(`^${format}`) })
      .click();
    await (await download).path();
  }
  await page.keyboard.press("Escape");
  const reading = await context.newPage();
  await reading.goto(workshop.addresses.read);
  await reading.locator("#reading-status[data-listening]").waitFor({ state: "attached" });
  await reading.evaluate(() => document.fonts.ready.then(() => undefined));
  expect(await wrong()).toEqual([]);
  expect([...origins]).toEqual([new URL(server.url).host]);
  expect(complaints).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test("P3 refusals, errors, assets and exports carry the policy as well", async () => {
  const { read, write } = workshop.links;
  const api = `/api/workshops/${workshop.id}`;
  const home = await (await fetch(server.url)).text();
  const assets = [...home.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map(([, path]) => path ?? "");
  expect(assets.length).toBeGreaterThan(1);
  const requests: [path: string, init?: RequestInit][] = [
    ...["/", "/j", "/j/XXXXXX", "/nowhere", "/assets/nothing.js", "/r/wrong", "/r/%E0%A4%A", "/w/x", "/healthz"].map(
      (path): [string] => [path],
    ),
    ...["/readyz", "/metrics", "/templates/vierge", "/templates/none", "/robots.txt", "/favicon.ico"].map(
      (path): [string] => [path],
    ),
    ...assets.map((path): [string] => [path]),
    ...["", "/minutes.md", "/minutes.html", "/minutes.txt", "/minutes.csv", "/minutes.json", "/minutes.exe"].map(
      (path): [string] => [`/r/${read}${path}`],
    ),
    [api],
    [api, { headers: { authorization: `Bearer ${read}` } }],
    [`${api}/minutes.md`, { headers: { authorization: `Bearer ${write}` } }],
    [`${api}/items`, { method: "POST", body: "{", headers: { "content-type": "application/json" } }],
    [
      "/api/workshops",
      { method: "POST", body: "x".repeat(3_000_000), headers: { "content-type": "application/json" } },
    ],
    ["/api/workshops", { method: "DELETE" }],
    ["/", { method: "OPTIONS" }],
    ["/live"],
    ["/yjs/x"],
  ];
  const wrong = await Promise.all(
    requests.map(async ([path, init]) => {
      const answer = await fetch(server.url + path, { redirect: "manual", ...init });
      await answer.arrayBuffer();
      return wrongWith(
        `${init?.method ?? "GET"} ${path} ${answer.status}`,
        answer.headers.get("content-security-policy"),
        answer.headers.get("set-cookie"),
      );
    }),
  );
  expect(wrong.flat()).toEqual([]);
});

/** What the server answers to these bytes. */
const answerTo = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });

test.each([
  [
    "an upgrade that leads nowhere",
    "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  ],
  ["an upgrade without a key", "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
  ["a request that is none", "HELLO\r\n\r\n"],
  ["headers without end", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`],
])("P3 %s is refused under the same policy", async (_, bytes) => {
  const answer = await answerTo(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /u);
  const policy = /^content-security-policy: (.*)$/imu.exec(answer)?.[1]?.trim();
  expect(wrongWith("raw", policy, /^set-cookie: (.*)$/imu.exec(answer)?.[1])).toEqual([]);
});
