/** The settings: read once, all mistakes told at once, nothing silently ignored. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig, type Environment } from "../../server/config.ts";

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe("settings", () => {
  test("all of them are optional", () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: undefined,
      dataDir: "./data",
      publicUrl: undefined,
      language: "fr",
      passphrase: undefined,
      trustProxy: false,
      logLevel: "info",
    });
  });

  test("every one is read as it was meant", () => {
    expect(
      readConfig({
        PORT: "8080",
        HOST: "127.0.0.1",
        DATA_DIR: "/srv/minutes",
        PUBLIC_URL: "https://minutes.example.org/",
        LANGUAGE: "en",
        CREATE: "open sesame",
        TRUST_PROXY: "loopback, 10.0.0.0/8",
        LOG_LEVEL: "debug",
      }),
    ).toEqual({
      port: 8080,
      host: "127.0.0.1",
      dataDir: "/srv/minutes",
      publicUrl: "https://minutes.example.org",
      language: "en",
      passphrase: "open sesame",
      trustProxy: ["loopback", "10.0.0.0/8"],
      logLevel: "debug",
    });
  });

  test("a setting can be read from a file, blank ones count as absent", () => {
    const file = join(mkdtempSync(join(tmpdir(), "minutier-config-")), "create");
    writeFileSync(file, "open sesame\n");
    expect(readConfig({ CREATE_FILE: file, LANGUAGE: " ", PORT: "" })).toMatchObject({
      passphrase: "open sesame",
      language: "fr",
      port: 3000,
    });
  });

  test("every mistake is told at once", () => {
    const problems = problemsOf({
      PORT: "http",
      PUBLIC_URL: "minutes.example.org/here",
      LANGUAGE: "de",
      CREATE: "short",
      CREATE_FILE: "/does/not/exist",
      TRUST_PROXY: "true",
      LOG_LEVEL: "loud",
      DATABASE_URL: "postgres://db/minutier",
      REDIS_URL_FILE: "/run/secrets/redis",
      SMTP_URL: "smtp://mail",
      RETENTION_DAYS: "90",
    });
    for (const name of ["PORT", "PUBLIC_URL", "LANGUAGE", "CREATE must", "CREATE and", "CREATE_FILE", "TRUST_PROXY"]) {
      expect(problems.filter((each) => each.startsWith(name))).not.toHaveLength(0);
    }
    for (const name of ["LOG_LEVEL", "DATABASE_URL", "REDIS_URL", "SMTP_URL", "RETENTION_DAYS"]) {
      expect(problems.filter((each) => each.startsWith(name))).toHaveLength(1);
    }
  });

  test.each([
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "3.5"],
    ["PUBLIC_URL", "ftp://example.org"],
    ["PUBLIC_URL", "https://example.org/minutes"],
    ["PUBLIC_URL", "https://user@example.org"],
    ["TRUST_PROXY", "everyone"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["TRUST_PROXY", "10.0.0.0/0"],
    ["TRUST_PROXY", "fd00::/8/8"],
    ["TRUST_PROXY", "10.0.0.1,"],
    ["LANGUAGE", "FR"],
  ])("%s=%s is refused", (name, value) => {
    expect(problemsOf({ [name]: value })).toHaveLength(1);
  });

  test.each(["10.0.0.0/32", "::ffff:10.0.0.1", "fd00::/128", "uniquelocal", "2"])(
    "TRUST_PROXY=%s is what Express takes",
    (value) => {
      const { trustProxy } = readConfig({ TRUST_PROXY: value });
      expect(() => express().set("trust proxy", trustProxy)).not.toThrow();
    },
  );

  test("a passphrase is never repeated in a message", () => {
    expect(problemsOf({ CREATE: "hush" }).join()).not.toContain("hush");
  });
});
