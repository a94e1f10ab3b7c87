/** `check`: looks the running server over from within and from without, through the very address people use. */
import { existsSync, readFileSync } from "node:fs";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { hostWord } from "../access/host.ts";
import { keyPath, readKey } from "../access/key.ts";
import { readConfig, type Config } from "../config.ts";
import { finding, placeFindings, type Finding } from "../store/condition.ts";
import { VERSION } from "../version.ts";
import type { Command } from "./command.ts";
import { DEFECTS, DONE, readLine } from "./terminal.ts";

const PATIENCE_MS = 10_000;
const SKEW_MS = 30_000;

const answerOf = (address: string, accept: string): Promise<Response> =>
  fetch(address, { headers: { accept }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });

/** What must stand in the answers, whatever stands between this server and the world. */
const headerFindings = ({ headers }: Response, secure: boolean): Finding[] => {
  const policy = headers.get("content-security-policy") ?? "";
  const wanted = ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"];
  const strict = wanted.every((each) => policy.includes(each)) && !policy.includes("unsafe");
  const held = headers.get("strict-transport-security") !== null;
  const date = Date.parse(headers.get("date") ?? "");
  const near = Math.abs(date - Date.now()) < SKEW_MS;
  return [
    finding("policy", strict, strict ? "the content policy arrives whole" : `this arrives: "${policy}"`),
    finding("cookies", headers.get("set-cookie") === null, "nothing may set one"),
    finding("type", headers.get("x-content-type-options") === "nosniff", "X-Content-Type-Options: nosniff"),
    finding("referrer", headers.get("referrer-policy") === "no-referrer", "Referrer-Policy: no-referrer"),
    finding(
      "https",
      secure,
      secure ? "people come over https" : "people come over http: names and words can be read on the way",
    ),
    ...(secure ? [finding("hsts", held, "Strict-Transport-Security is sent where PUBLIC_URL is https")] : []),
    finding("time", near, near ? "the clocks agree" : `the clock there says ${headers.get("date") ?? "nothing"}`),
  ];
};

/** The status of an attempt to open a WebSocket from a page of `origin`; 101 when it opens. */
const knock = (base: string, origin: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const open = base.startsWith("https:") ? overHttps : overHttp;
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      origin,
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.from("sixteen letters!").toString("base64"),
    };
    const asked = open(`${base}/live`, { headers, timeout: PATIENCE_MS });
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on("response", (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", reject);
    asked.end();
  });

const socketFindings = async (base: string): Promise<Finding[]> => {
  const [own, foreign] = [await knock(base, base), await knock(base, "https://elsewhere.invalid")];
  return [
    finding(
      "sockets",
      own === 101,
      own === 101 ? "WebSockets pass" : `WebSockets do not pass (${own}): the slower way is used`,
    ),
    finding(
      "origin",
      foreign === 403,
      foreign === 403 ? "other sites' pages are refused" : `another site's page got ${foreign}`,
    ),
  ];
};

/** What the running server says about itself; `word` proves that the host is asking. */
const insideFindings = async (base: string, word: string): Promise<Finding[]> => {
  const answer = await answerOf(`${base}/check/${word}`, "application/json");
  if (!answer.ok)
    return [finding("server", false, `the server at ${base} does not run on this data (${answer.status})`)];
  const { findings } = (await answer.json()) as { findings: Finding[] };
  return findings;
};

const reasonIn = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

const serverFindings = async (base: string, word: string): Promise<Finding[]> => {
  try {
    const home = await answerOf(`${base}/`, "text/html");
    const ready = await answerOf(`${base}/readyz`, "text/plain");
    return [
      finding("server", home.ok, `${base} answers with ${home.status}`),
      finding("ready", ready.ok, ready.ok ? "a write passes" : "writes do not pass"),
      ...headerFindings(home, base.startsWith("https:")),
      ...(await socketFindings(base)),
      ...(await insideFindings(base, word)),
    ];
  } catch (error) {
    return [finding("server", false, `no server answers at ${base}: ${reasonIn(error)}`)];
  }
};

const baseOf = ({ publicUrl, host, port }: Config): string => {
  if (publicUrl !== undefined) return publicUrl;
  const name = host === undefined || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
};

const SYSTEMS: Readonly<Record<string, string>> = { win32: "win" };

/** The version of Node that the program brings along for this machine; undefined where it brings none, as in a container. */
export const broughtNode = (): string | undefined => {
  const name = `node-${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : undefined;
};

/** Another Node may lack what the store rests on. */
const programFinding = (): Finding => {
  const wanted = broughtNode();
  const good = wanted === undefined || process.versions.node === wanted;
  return finding(
    "program",
    good,
    `Minutier ${VERSION} on Node ${process.versions.node}${good ? "" : `, not ${wanted}`}`,
  );
};

export const check: Command = {
  usage: "check",
  about: "looks over the settings, the data and the running server, through the address people use",
  async run(line, { terminal }) {
    readLine(line, 0);
    const config = readConfig(process.env);
    const base = baseOf(config);
    const place = await placeFindings(config.dataDir);
    const keyed = existsSync(keyPath(config.dataDir));
    const word = keyed ? hostWord(readKey(config.dataDir, false), Date.now()) : "nobody";
    const findings = [programFinding(), ...place, ...(await serverFindings(base, word))];
    const told = new Set<string>();
    for (const { name, good, says } of findings) {
      const said = `${good ? "good " : "WRONG"} ${name}: ${says}`;
      if (!told.has(said)) terminal.say(said);
      told.add(said);
    }
    if (keyed) terminal.say(`The same as a page, until tomorrow night: ${base}/check/${word}`);
    return findings.every(({ good }) => good) ? DONE : DEFECTS;
  },
};
