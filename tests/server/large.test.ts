/** T24: large answers leave piece by piece; whoever takes nothing of one is cut. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendBytes } from "../../server/routes/large.ts";
import { openLine } from "../support/line.ts";

/** More than the buffers of two machines hold between them. */
const BYTES = Buffer.alloc(32 * 1024 * 1024, "x");
const PATIENCE_MS = 1_000;

const app = express();
app.disable("etag");
/** What became of each answer. */
const ended: Promise<boolean>[] = [];
app.get("/:whose", async ({ params }, response) => {
  ended.push(once(response, "close").then(() => response.writableFinished));
  await sendBytes(response, BYTES, ...(params.whose === "short" ? [PATIENCE_MS] : []));
});
const server = createServer(app);
let url = "";
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const ASK = "GET /short HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

test("T24 whoever takes nothing of a large answer is cut, and what was to be sent is let go of", async () => {
  const line = await openLine(url);
  line.socket.pause();
  line.socket.write(ASK);
  await expect.poll(() => ended.length).toBe(1);
  expect(await ended[0]).toBe(false);
  line.socket.destroy();
});

test("T24 whoever takes it gets all of it", async () => {
  const answer = await fetch(`${url}/usual`);
  expect(await answer.text()).toHaveLength(BYTES.length);
  expect(await ended.at(-1)).toBe(true);
});
