/** The settings of this server, read once from the environment; every mistake is told at once. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { LANGUAGES, type Language } from "../minutes/value.ts";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  port: number;
  /** The interface to listen on; absent: all of them. */
  host?: string;
  dataDir: string;
  /** Where people reach this server, without a final slash; absent: what each request says. */
  publicUrl?: string;
  language: Language;
  /** Whom people may ask about what is kept of them; absent: whoever gave them the address. */
  contact?: string;
  /** What has to be given to start a workshop; absent: anyone may. */
  passphrase?: string;
  /** Proxies in front of this server, in Express's own words: how many, or their addresses. */
  trustProxy: number | string[] | false;
  logLevel: LogLevel;
  /** For measurements only: whoever says one word may write in every room; see `bench/README.md`. */
  openDoors?: true;
}

/** Everything that is wrong with the settings, one sentence per line. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`This server cannot start with these settings:\n${problems.map((each) => `  - ${each}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

const NOT_BUILT = {
  DATABASE_URL: "PostgreSQL is not supported by this version; data is kept in DATA_DIR",
  REDIS_URL: "several servers over Redis are not supported by this version",
  SMTP_URL: "this version sends no mail",
  RETENTION_DAYS: "this version never deletes workshops by age",
};

const NETWORKS = ["loopback", "linklocal", "uniquelocal"];
const LONGEST_PREFIX: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** Addresses of proxies: a name for many, one, or a network of them. */
const isNetwork = (text: string): boolean => {
  const [address = "", prefix, more] = text.split("/");
  const longest = LONGEST_PREFIX[isIP(address)];
  if (longest === undefined || more !== undefined) return NETWORKS.includes(text);
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= longest);
};

/** Nobody writes this by mistake. */
const OPEN_DOORS = "anybody-on-this-machine-may-write";
const LOOPBACK = ["127.0.0.1", "::1"];
const DEFAULT_PORT = 3000;
const PASSPHRASE_LENGTH = 8;
const CONTACT_LENGTH = 200;

/**
 * Reads every setting from the environment, or from the file a `…_FILE` names.
 * Throws ConfigError naming all mistakes; what this version cannot do is refused rather than ignored.
 */
export const readConfig = (environment: Environment): Config => {
  const problems: string[] = [];

  /** The value of a setting; empty counts as absent, as in a compose file that leaves it blank. */
  const setting = (name: string): string | undefined => {
    const value = environment[name]?.trim() || undefined;
    const file = environment[`${name}_FILE`]?.trim();
    if (!file) return value;
    if (value !== undefined) problems.push(`${name} and ${name}_FILE are both set: keep one of them.`);
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch {
      problems.push(`${name}_FILE names "${file}", which cannot be read.`);
      return value;
    }
  };

  /** One of a closed list, or `fallback` where the setting is absent. */
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = setting(name);
    if (value === undefined) return fallback;
    const found = allowed.find((each) => each === value);
    if (found === undefined) problems.push(`${name} is "${value}"; it must be one of: ${allowed.join(", ")}.`);
    return found ?? fallback;
  };

  const port = (): number => {
    const value = setting("PORT");
    if (value === undefined) return DEFAULT_PORT;
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
      problems.push(`PORT is "${value}"; it must be a number from 0 to 65535 (0 takes any free port).`);
    }
    return Number(value);
  };

  const publicUrl = (): string | undefined => {
    const value = setting("PUBLIC_URL");
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    if (!url || !["http:", "https:"].includes(url.protocol) || url.origin !== value.replace(/\/$/, "").toLowerCase()) {
      problems.push(`PUBLIC_URL is "${value}"; it must be a bare address such as https://minutes.example.org.`);
    }
    return url?.origin;
  };

  const passphrase = (): string | undefined => {
    const value = setting("CREATE") ?? "anyone";
    if (value === "anyone") return undefined;
    if (value.length < PASSPHRASE_LENGTH) {
      problems.push(`CREATE must be "anyone", or a passphrase of at least ${PASSPHRASE_LENGTH} characters.`);
    }
    return value;
  };

  const contact = (): string | undefined => {
    const value = setting("CONTACT");
    if (value !== undefined && (value.length > CONTACT_LENGTH || /\p{Cc}/u.test(value))) {
      problems.push(`CONTACT must be one line of at most ${CONTACT_LENGTH} characters: an address, or words.`);
    }
    return value;
  };

  const trustProxy = (): Config["trustProxy"] => {
    const value = setting("TRUST_PROXY");
    if (value === undefined) return false;
    if (/^\d$/.test(value)) return Number(value);
    const addresses = value.split(",").map((each) => each.trim());
    const bad = addresses.filter((each) => !isNetwork(each));
    // "true" would let anybody choose the address that rate limits are counted by.
    if (bad.length > 0) {
      problems.push(
        `TRUST_PROXY is "${value}"; it must be how many proxies stand in front (1 to 9), or their addresses ` +
          `(${NETWORKS.join(", ")}, 10.0.0.0/8 …), separated by commas.`,
      );
    }
    return addresses;
  };

  /** Only where nobody else can come: bound to this machine, and said to nobody else. */
  const openDoors = (): true | undefined => {
    const value = setting("OPEN_DOORS");
    if (value === undefined) return undefined;
    if (value !== OPEN_DOORS) problems.push(`OPEN_DOORS is for measurements only; bench/README.md says how.`);
    if (!LOOPBACK.includes(setting("HOST") ?? "")) problems.push("OPEN_DOORS needs HOST to be 127.0.0.1.");
    for (const name of ["PUBLIC_URL", "TRUST_PROXY"]) {
      if (setting(name) !== undefined) problems.push(`OPEN_DOORS and ${name} exclude each other.`);
    }
    return true;
  };

  for (const [name, why] of Object.entries(NOT_BUILT)) {
    if (environment[name]?.trim() || environment[`${name}_FILE`]?.trim()) {
      problems.push(`${name} is set, but ${why}. Remove it.`);
    }
  }

  const config: Config = {
    port: port(),
    host: setting("HOST"),
    dataDir: setting("DATA_DIR") ?? "./data",
    publicUrl: publicUrl(),
    language: oneOf("LANGUAGE", LANGUAGES, "fr"),
    contact: contact(),
    passphrase: passphrase(),
    trustProxy: trustProxy(),
    logLevel: oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    ...(openDoors() ? { openDoors: true } : {}),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
};
