/** What one release of the program left on a host's disk, kept as a fixture: its bytes, and what they said then. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { SessionAnswer } from "../../document/session.ts";

const FIXTURES = new URL("../fixtures", import.meta.url).pathname;

/** What people could see of a workshop. */
export interface Told {
  state: string;
  code: string | null;
  /** How many texts stand in its minutes, and a fingerprint of all of them in their order, authors among them. */
  texts: number;
  words: string;
  /** Everybody who came to write. */
  visitors: unknown;
}

export interface KeptWorkshop {
  id: string;
  links: Record<"manage" | "write" | "vote" | "read", string>;
  /** A link that leads nowhere any more. */
  withdrawn?: string;
  told: Told;
}

export interface Kept {
  program: string;
  /** How many steps of the tables it had seen. */
  version: number;
  /** The key of this fixture, which opens nothing anywhere. */
  key: string;
  workshops: KeptWorkshop[];
}

/** Every entry of the minutes that people read; what a later version adds beside them does not count. */
const SEEN = new Set(
  "title subtitle heading text label value name organisation sector role owner author number due status".split(" "),
);

const textsIn = (value: unknown, key = ""): string[] => {
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, key));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, each]) => textsIn(each, name));
  }
  return SEEN.has(key) && (typeof value === "string" || typeof value === "number") ? [`${key}=${value}`] : [];
};

/** What the server at `url` tells of a workshop over its API. */
export const tell = async (url: string, { id, links }: Pick<KeptWorkshop, "id" | "links">): Promise<Told> => {
  const answer = await fetch(`${url}/api/workshops/${id}/sessions`, {
    method: "POST",
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    // Always the same visitor: whoever looks changes nothing of what is looked at.
    body: JSON.stringify({ visitor: "d2hvZXZlciBsb29rcyBhdCBpdA" }),
  });
  if (answer.status !== 201) throw new Error(`Workshop ${id} was answered with ${answer.status}.`);
  const session = (await answer.json()) as SessionAnswer;
  const state = await fetch(`${url}/api/workshops/${id}`, { headers: { authorization: `Bearer ${links.read}` } });
  const texts = textsIn(await state.json());
  return {
    state: session.state,
    code: session.code,
    texts: texts.length,
    words: createHash("sha256").update(texts.join("\n")).digest("hex"),
    visitors: session.visitors,
  };
};

/** Keeps the data of a server that was stopped. */
export const keep = (name: string, dataDir: string, kept: Kept): void => {
  writeFileSync(join(FIXTURES, `${name}.db.gz`), gzipSync(readFileSync(join(dataDir, "minutier.db")), { level: 9 }));
  writeFileSync(join(FIXTURES, `${name}.json`), `${JSON.stringify(kept, undefined, 2)}\n`);
};

/** The names of all that is kept. */
export const allKept = (): string[] =>
  readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".db.gz"))
    .map((name) => name.slice(0, -".db.gz".length));

/** Puts kept data into an empty directory, as a host has it. */
export const putKept = (name: string, dataDir: string): Kept => {
  const kept = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8")) as Kept;
  writeFileSync(join(dataDir, "minutier.db"), gunzipSync(readFileSync(join(FIXTURES, `${name}.db.gz`))), {
    mode: 0o600,
  });
  writeFileSync(join(dataDir, "key"), `${kept.key}\n`, { mode: 0o600 });
  return kept;
};
