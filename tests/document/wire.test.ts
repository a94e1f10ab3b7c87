/** D11, D13, D14: what two programs tell each other is compared, refused or read, never trusted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { compareLayouts, layoutOf, mayWrite } from "../../document/handshake.ts";
import { LAYOUT, metaOf } from "../../document/layout.ts";
import { parsePresence } from "../../document/presence.ts";
import { isRefusalCode, Refusal, REFUSAL_CODES } from "../../document/refusal.ts";
import {
  atLeast,
  CreateRequest,
  ItemRequest,
  parseRequest,
  RenameRequest,
  SessionRequest,
} from "../../document/session.ts";
import { parseSignal } from "../../document/signal.ts";
import { LANGUAGES } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

describe("handshake", () => {
  test("D11 C11 only the same layout, or a program that announces none, may write", () => {
    expect(compareLayouts(LAYOUT)).toBe("same");
    expect(compareLayouts(LAYOUT - 1)).toBe("older");
    expect(compareLayouts(LAYOUT + 1)).toBe("newer");
    expect(compareLayouts(undefined)).toBe("unannounced");
    expect((["same", "unannounced", "older", "newer"] as const).map(mayWrite)).toEqual([true, true, false, false]);
  });

  test("D11 anything else announced is an older program", () => {
    fc.assert(
      fc.property(fc.anything(), (announced) => {
        fc.pre(announced !== undefined && announced !== null && typeof announced !== "number");
        expect(compareLayouts(announced)).toBe("older");
      }),
    );
    for (const odd of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(compareLayouts(odd)).toBe("older");
  });

  test("D11 a document says its layout; reading it makes nothing", () => {
    const doc = new Y.Doc();
    expect(layoutOf(doc)).toBe(LAYOUT);
    expect(doc.share.size).toBe(0);
    Y.applyUpdate(doc, create(sampleTemplate()));
    metaOf(doc).set("layout", LAYOUT + 1);
    expect(layoutOf(doc)).toBe(LAYOUT + 1);
    metaOf(doc).set("layout", "many");
    expect(layoutOf(doc)).toBe(LAYOUT);
  });
});

describe("refusals", () => {
  test.each(LANGUAGES)("D13 every refusal is a sentence with a next step in %s", (language) => {
    const locale = readFileSync(join(import.meta.dirname, `../../locales/${language}.ftl`), "utf8");
    for (const code of REFUSAL_CODES) {
      const sentence = new RegExp(`^refusal-${code} = (.+)$`, "m").exec(locale)?.[1] ?? "";
      // What happened, then what to do: two sentences, or one with its remedy after a colon or semicolon.
      expect(`${code}: ${sentence}`).toMatch(/: .+[.:;].+\.$/);
    }
  });

  test("D13 every refusal has a status and a close code that clients can tell apart", () => {
    for (const code of REFUSAL_CODES) {
      const { status, closeCode, message } = new Refusal(code, "detail");
      expect(status).toBeGreaterThanOrEqual(400);
      expect(closeCode).toBeGreaterThanOrEqual(4400);
      expect(closeCode).toBeLessThan(4600);
      expect(message).toBe(`${code}: detail`);
    }
    expect(new Refusal("withdrawn")).toMatchObject({ closeCode: 4403 });
    expect(new Refusal("not-saving")).toMatchObject({ closeCode: 4500, status: 503 });
    expect([isRefusalCode("withdrawn"), isRefusalCode("toString"), isRefusalCode(7)]).toEqual([true, false, false]);
  });
});

describe("requests", () => {
  test("D14 a request is read, trimmed and cut; what is missing is named", () => {
    expect(parseRequest(SessionRequest, { name: "  Céline ", organisation: "x".repeat(90), layout: 1 })).toEqual({
      name: "Céline",
      organisation: "x".repeat(80),
      layout: 1,
    });
    expect(parseRequest(RenameRequest, undefined)).toEqual({});
    expect(() => parseRequest(CreateRequest, { template: 7 })).toThrow(/malformed-request: template/);
    expect(() => parseRequest(ItemRequest, { section: "items", text: "x".repeat(20_001) })).toThrow(Refusal);
    expect(() => parseRequest(SessionRequest, { visitor: "short" })).toThrow(/visitor/);
  });

  test("D14 each capability may do what those before it may", () => {
    expect(atLeast("manage", "write")).toBe(true);
    expect(atLeast("vote", "write")).toBe(false);
    expect(atLeast("read", "read")).toBe(true);
  });

  test("D14 signals are read or ignored", () => {
    const visitor = { id: "v", name: "Nadia", organisation: "", colour: 3 };
    for (const signal of [
      { signal: "visitors", visitors: [visitor] },
      { signal: "state", state: "open", code: null },
      { signal: "storage", writing: false },
    ]) {
      expect(parseSignal(JSON.stringify(signal))).toEqual(signal);
    }
    for (const payload of ["", "null", "{", '{"signal":"shout"}', '{"signal":"state","state":"asleep","code":null}']) {
      expect(parseSignal(payload)).toBeUndefined();
    }
    fc.assert(fc.property(fc.json(), (payload) => void parseSignal(payload)));
  });
});

describe("presence", () => {
  const caret = { place: "prose:a", anchor: "AQ", head: "AQ" };
  const presence = { visitor: "v1", name: "Céline", colour: 4, section: "a", caret };

  test("D14 a presence is read as it was written", () => {
    expect(parsePresence(presence)).toEqual(presence);
    expect(parsePresence({ visitor: "v1", name: "", colour: 0 })).toEqual({ visitor: "v1", name: "", colour: 0 });
  });

  test("D14 a wrong section or caret is left out, anything else is nobody", () => {
    expect(parsePresence({ ...presence, caret: { place: 7 }, section: {} })).toEqual({
      visitor: "v1",
      name: "Céline",
      colour: 4,
    });
    for (const colour of [-1, 12, 1.5, "red", "url(x)"]) expect(parsePresence({ ...presence, colour })).toBeUndefined();
    expect(parsePresence({ ...presence, name: "x".repeat(81) })).toBeUndefined();
    expect(parsePresence({ ...presence, more: "x".repeat(3000) })).toBeUndefined();
    expect(
      parsePresence({
        ...presence,
        toJSON: () => {
          throw new Error("no");
        },
      }),
    ).toBeUndefined();
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = parsePresence(value);
        expect(JSON.stringify(read ?? null).length).toBeLessThan(2000);
      }),
    );
  });
});
