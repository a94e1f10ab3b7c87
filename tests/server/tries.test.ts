/** T9: how wrong tries are counted by address while many try at once, some of whom do not wait for their answer. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Response } from "express";
import { expect, test } from "vitest";
import { limitTries } from "../../server/routes/tries.ts";
import { openLine } from "../support/line.ts";

test("T9 whoever hangs up while waiting for their turn takes nobody else's", async () => {
  const app = express();
  /** Whoever has come, by the address they asked for, and whoever was let in. */
  const came = new Map<string, Response>();
  const inside = new Map<string, Response>();
  app.use((request, response, next) => {
    came.set(request.path, response);
    next();
  });
  app.use(limitTries({ limit: 1, windowMs: 600_000 }), (request, response) => {
    inside.set(request.path, response);
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asks = (path: string): ReturnType<typeof openLine> =>
    openLine(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

  const [first, second] = [await asks("/first"), await asks("/second")];
  await expect.poll(() => [came.size, inside.size]).toEqual([2, 1]);
  const left = [...came.values()].find((response) => ![...inside.values()].includes(response))!;
  const [stays, goes] = inside.has("/first") ? [first, second] : [second, first];
  goes.socket.destroy();
  await once(left, "close");

  const third = await asks("/third");
  await expect.poll(() => came.size).toBe(3);
  for (const response of inside.values()) response.end("right");
  expect(await stays.closed).toMatch(/^HTTP\/1.1 200 /);
  await expect.poll(() => inside.has("/third")).toBe(true);
  inside.get("/third")!.end("right");
  expect(await third.closed).toMatch(/^HTTP\/1.1 200 /);
  server.close();
});
