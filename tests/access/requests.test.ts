/** M13 M12 M14: requests over bare sockets that no browser sends, to every address there is: a plain no, and nothing else. */
import { gzipSync, brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { TABLE } from "../../server/routes/table.ts";
import { ask, bearer } from "../support/asking.ts";
import { openLine } from "../support/line.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Some two thousand requests, each over a line of its own.
vi.setConfig({ testTimeout: 120_000 });

let server: TestServer;
let workshop: Started;

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "debug" }).start();
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterAll(async () => {
  await server.remove();
});

/** Sends bytes as they are; gives what was answered once the server has hung up, or said a whole head. */
const raw = async (bytes: string | Buffer): Promise<string> => {
  const line = await openLine(server.url);
  line.socket.write(bytes);
  const answered = new Promise<void>((resolve) => {
    line.socket.on("data", () => line.said().includes("\r\n\r\n") && resolve());
  });
  await Promise.race([answered, line.closed]);
  // What was said with the head, or right behind it.
  await new Promise((resolve) => setImmediate(resolve));
  line.socket.destroy();
  return line.said();
};

const statusOf = (said: string): number => Number(/^HTTP\/1\.[01] (\d{3}) /.exec(said)?.[1] ?? 0);

const LEAKS =
  /\n\s+at |node_modules|\/server\/|SQLITE|express|[a-z]Error:|file:\/\/|"stack"|valibot|ECONN|node:internal/;

interface Tally {
  cells: number;
  wrong: string[];
}

/** `hangup`: whether no answer at all will do, where what came is no HTTP. */
const judge = (tally: Tally, what: string, said: string, { also = [] as number[], hangup = false } = {}): void => {
  tally.cells += 1;
  const status = statusOf(said);
  const right = (status >= 400 && status < 500) || also.includes(status) || (hangup && said === "");
  if (!right) tally.wrong.push(`${what}: ${status} ${said.slice(0, 60)}`);
  if (LEAKS.test(said) || said.includes(server.dataDir)) tally.wrong.push(`${what}: ${said.slice(-200)}`);
};

const settle = async (tally: Tally, what: string): Promise<void> => {
  process.stdout.write(`M13 ${what}: ${tally.cells} requests, ${tally.wrong.length} answered wrongly, none with 5xx\n`);
  expect(tally.wrong).toEqual([]);
  expect((await ask(server.url, "/healthz")).body).toBe("ok\n");
  expect((await ask(server.url, "/readyz")).status).toBe(200);
  expect(server.output).not.toMatch(/"level":[56]0/);
};

/** Every address with a place to fill in. */
const PATHS = [
  ...new Set(TABLE.map(({ method, path }) => `${method.toUpperCase()} ${path}`)),
  "GET /",
  "GET /templates/{id}",
  "GET /w/{id}",
  "GET /j/{id}",
  "GET /r/{id}",
  "GET /r/{id}/minutes.txt",
  "GET /r/{id}/changes",
  "GET /check/{id}",
  "GET /assets/{id}",
  "GET /live",
  "GET /healthz",
];
const HEAD = "Host: x\r\nConnection: close\r\n";
const filled = (path: string, part = workshop.id): string => path.replaceAll(/\{\w+\}/g, part);

describe("M13 what stands in front of a body", () => {
  test("paths and queries", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const parts = [
      "%",
      "%E0%A4%A",
      "%00",
      "%ff%fe",
      "..%2f..%2fkey",
      "%2e%2e/%2e%2e",
      "__proto__",
      "x".repeat(4000),
      "%F0%9F",
      "\xe9",
    ];
    for (const each of PATHS) {
      const [method = "", path = ""] = each.split(" ");
      for (const part of path.includes("{") ? parts : []) {
        const said = await raw(Buffer.from(`${method} ${filled(path, part)} HTTP/1.1\r\n${HEAD}\r\n`, "latin1"));
        // A page that asks nobody is served under any name.
        judge(tally, `${method} ${path} ${part.slice(0, 20)}`, said, { also: /^\/[jw]\//.test(path) ? [200] : [] });
      }
      judge(
        tally,
        `${each} of 64 kB`,
        await raw(`${method} ${filled(path)}?${"x".repeat(65_536)} HTTP/1.1\r\n${HEAD}\r\n`),
      );
      const query = await raw(
        `${method} ${filled(path)}?lang=%E0%A4&__proto__[x]=1&lang[]=1&&=%00 HTTP/1.1\r\n${HEAD}\r\n`,
      );
      judge(tally, `${each} with a broken query`, query, { also: [200] });
    }
    await settle(tally, "paths");
  });

  test("headers", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const many = Array.from({ length: 1000 }, (_, i) => `X${i}: y\r\n`).join("");
    const heads: [string, string][] = [
      ["a thousand headers", `${HEAD}${many}`],
      ["two hosts", `${HEAD}Host: y\r\n`],
      ["two lengths", `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n`],
      ["a length and chunks", `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n`],
      ["chunks twice", `${HEAD}Transfer-Encoding: chunked, chunked\r\n`],
      ["chunks in disguise", `${HEAD}Transfer-Encoding: xchunked\r\n`],
      ["a length that is none", `${HEAD}Content-Length: +1\r\n`],
      ["a negative length", `${HEAD}Content-Length: -1\r\n`],
      ["a length beyond numbers", `${HEAD}Content-Length: 99999999999999999999\r\n`],
      ["a folded header", `${HEAD}X: a\r\n b\r\n`],
      ["a blank before the colon", `${HEAD}X : a\r\n`],
      ["a NUL", `${HEAD}X: a\0b\r\n`],
      ["no colon", `${HEAD}Xa\r\n`],
      ["no name", `${HEAD}: a\r\n`],
      ["a header of 64 kB", `${HEAD}X: ${"x".repeat(65_536)}\r\n`],
    ];
    for (const each of PATHS) {
      const [method = "", path = ""] = each.split(" ");
      for (const [what, head] of heads) {
        // Folding is an old way of writing: who accepts it has to read it as one line, which then means nothing here.
        const also = what === "a folded header" ? [200] : [];
        judge(tally, `${each}: ${what}`, await raw(`${method} ${filled(path)} HTTP/1.1\r\n${head}\r\n0\r\n\r\n`), {
          also,
        });
      }
    }
    await settle(tally, "headers");
  });

  test("what is no request, or somebody else's", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const also = [200];
    for (const [what, bytes, odd] of [
      ["nothing but an end", "\r\n\r\n\r\n\r\nX\r\n\r\n", {}],
      ["HTTP/0.9", "GET /\r\n\r\n", {}],
      ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {}],
      ["a handshake of TLS", Buffer.from("16030100a50100", "hex"), {}],
      ["noise", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), {}],
      ["a star", `GET * HTTP/1.1\r\n${HEAD}\r\n`, {}],
      ["a star, asked for options", `OPTIONS * HTTP/1.1\r\n${HEAD}\r\n`, {}],
      ["a tunnel", `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n`, { hangup: true }],
      ["as to a proxy", `GET http://evil.example/api/templates HTTP/1.1\r\n${HEAD}\r\n`, { also }],
      ["no version", `GET / HTTP/9.9\r\n${HEAD}\r\n`, {}],
      ["a method nobody has", `FROB / HTTP/1.1\r\n${HEAD}\r\n`, {}],
      ["a host of its own", 'GET / HTTP/1.1\r\nHost: evil.example"><script>\r\nConnection: close\r\n\r\n', { also }],
    ] as [string, string | Buffer, { also?: number[]; hangup?: boolean }][]) {
      const said = await raw(bytes);
      judge(tally, what, said, odd);
      expect(said).not.toContain("evil.example");
    }
    await settle(tally, "no requests");
  });
});

const WITH_BODY = TABLE.filter(({ body }) => body !== undefined);

const post = (method: string, path: string, head: string, body: string | Buffer): Buffer => {
  const bytes = Buffer.from(body);
  const credential = `Authorization: Bearer ${workshop.links.manage}\r\n`;
  return Buffer.concat([
    Buffer.from(
      `${method.toUpperCase()} ${filled(path)} HTTP/1.1\r\n${HEAD}${credential}${head}Content-Length: ${bytes.length}\r\n\r\n`,
    ),
    bytes,
  ]);
};
const JSON_HEAD = "Content-Type: application/json\r\n";

describe("M13 bodies", () => {
  test("M12 no JSON, not all of it, too deep, too long, of another kind", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const bodies: [string, string | Buffer, string?][] = [
      ...["{", "[", "null", "1", '"x"', "{'a':1}", "{}x", "\uFEFF{", "NaN", '{"a":1,}', "\0", "[]"].map(
        (each): [string, string] => [each, each],
      ),
      ["lists a hundred thousand deep", "[".repeat(100_000) + "]".repeat(100_000)],
      ["objects thirty thousand deep", `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`],
      ["a million letters", `{"text":"${"x".repeat(1_000_000)}"}`],
      ["bytes that are no text", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ["another writing", "{}", "Content-Type: application/json; charset=iso-8859-1\r\n"],
      ["a form", "a=b", "Content-Type: application/x-www-form-urlencoded\r\n"],
      [
        "a file",
        '--x\r\nContent-Disposition: form-data; name="f"; filename="../x"\r\n\r\nx\r\n--x--',
        "Content-Type: multipart/form-data; boundary=x\r\n",
      ],
      ["a packed archive", Buffer.from("504b0304", "hex"), "Content-Type: application/zip\r\n"],
      [
        "M12 a few bytes that are gigabytes",
        gzipSync(Buffer.alloc(20_000_000, " ")),
        `${JSON_HEAD}Content-Encoding: gzip\r\n`,
      ],
      [
        "M12 the same, packed twice",
        gzipSync(gzipSync(Buffer.alloc(20_000_000))),
        `${JSON_HEAD}Content-Encoding: gzip, gzip\r\n`,
      ],
      ["M12 packed otherwise", brotliCompressSync(Buffer.from("{}")), `${JSON_HEAD}Content-Encoding: br\r\n`],
      ["M12 packed as nobody does", "{}", `${JSON_HEAD}Content-Encoding: exotic\r\n`],
    ];
    for (const { method, path } of WITH_BODY) {
      for (const [what, body, head = JSON_HEAD] of bodies)
        judge(tally, `${method} ${path}: ${what.slice(0, 40)}`, await raw(post(method, path, head, body)));
    }
    await settle(tally, "bodies");
  });

  test("M14 every entry with every kind of value, and names that objects have: refused, or the same as without", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const values = [
      "null",
      "1",
      "-1",
      "1e999",
      "true",
      "[]",
      "{}",
      '["x"]',
      '{"length":3}',
      '"\\u0000"',
      '"\\ud800"',
      `"${"y".repeat(30_000)}"`,
    ];
    const before = await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(workshop.links.read) });
    for (const { method, path, body } of WITH_BODY) {
      const names = Object.keys((body as { entries?: object }).entries ?? {});
      for (const name of [...names, "__proto__", "constructor", "toString"]) {
        for (const value of values) {
          const said = await raw(post(method, path, JSON_HEAD, `{"${name}":${value}}`));
          // What a request asks for may be left out of some: a session needs nothing at all.
          judge(tally, `${method} ${path}: ${name} = ${value.slice(0, 20)}`, said, { also: [200, 201] });
          if (statusOf(said) >= 500 || said.includes("polluted")) tally.wrong.push(`${name} ${value}`);
        }
      }
    }
    const after = await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(workshop.links.read) });
    expect(JSON.parse(after.body)).toEqual(JSON.parse(before.body));
    await settle(tally, "entries");
  });

  test("chunks that are none, and a body without an end", async () => {
    const tally: Tally = { cells: 0, wrong: [] };
    const chunked = (method: string, path: string): string =>
      `${method.toUpperCase()} ${filled(path)} HTTP/1.1\r\n${HEAD}Authorization: Bearer ${workshop.links.manage}\r\n${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`;
    for (const { method, path } of WITH_BODY) {
      for (const chunk of [
        "ZZ\r\n{}\r\n",
        "FFFFFFFFFFFFFFFFF\r\n{}",
        "-1\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "2;a=\0\r\n{}\r\n0\r\n\r\n",
      ])
        judge(tally, `${method} ${path} ${JSON.stringify(chunk)}`, await raw(chunked(method, path) + chunk));
      const line = await openLine(server.url, chunked(method, path));
      const answered = new Promise<void>((resolve) => line.socket.once("data", () => resolve()));
      let over = false;
      void Promise.race([answered, line.closed]).then(() => (over = true));
      const piece = `10000\r\n${"x".repeat(65_536)}\r\n`;
      let sent = 0;
      for (; !over && sent < 400; sent += 1) {
        line.socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.race([answered, line.closed]);
      // Whoever goes on sending may be hung up on before they have read the answer.
      judge(tally, `${method} ${path} without an end`, line.said(), { hangup: true });
      line.socket.destroy();
    }
    await settle(tally, "chunks");
  });
});
