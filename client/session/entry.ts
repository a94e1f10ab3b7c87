/** Coming in: the key this browser keeps, the exchange of a link's secret for a session, the last answer for days without network. */
import type { SessionAnswer, Visitor } from "../../document/session.ts";
import type { Heard } from "./clock.ts";
import { knock, knockByCode, type Admission } from "./knock.ts";
import { putAside } from "./left-behind.ts";
import { Unreachable } from "./request.ts";
import type { Entrance } from "./session.ts";
import { fetchWhole } from "./whole.ts";

const KEY = "minutier:visitor";
const NAME = "minutier:name";
const answerKey = (workshop: string): string => `minutier:answer:${workshop}`;

const get = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const put = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // no storage: this browser comes back as somebody new
  }
};

/** 128 bits by which this browser comes back as the same visitor; without storage, as long as the caller keeps them. */
const visitorKey = (): string => {
  const kept = get(KEY);
  if (kept && /^[\w-]{22,64}$/.test(kept)) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  put(KEY, key);
  return key;
};

/** The name last given on this device, to be offered in the next workshop; never sent before it is confirmed there. */
export const lastName = (): { name: string; organisation: string } => {
  const [name = "", organisation = ""] = (get(NAME) ?? "").split("\n");
  return { name, organisation };
};

/** Keeps the name for the next workshop, and with what is kept of this one. */
export const keepName = (workshop: string, visitor: Visitor): void => {
  put(NAME, `${visitor.name}\n${visitor.organisation}`);
  const kept = lastAnswer(workshop);
  if (kept) put(answerKey(workshop), JSON.stringify({ ...kept, visitor }));
};

/** What of an answer may stay on this device: everything but the key to the room and the words. */
type KeptAnswer = Omit<SessionAnswer, "token" | "minutes" | "document" | "writing" | "stage">;

/** Keeps what the server said in mind for days without network. */
const keepAnswer = ({ workshop, ...answer }: SessionAnswer): void => {
  const before = lastAnswer(workshop);
  if (before && before.epoch !== answer.epoch) putAside(workshop, String(before.epoch));
  const { token: _token, minutes: _minutes, document: _document, stage: _stage, writing, ...kept } = answer;
  // What is allowed only for as long as the disk fails says nothing about days without network.
  if (writing) put(answerKey(workshop), JSON.stringify({ workshop, ...kept }));
};

const admitted = async (entrance: Entrance, who: { visitor: string; minutes?: false }): Promise<Admission> => {
  const admission = await knock(entrance, who);
  keepAnswer(admission.answer);
  return admission;
};

/** Another session for a page that has the minutes, of the visitor with `key`; kept in mind for days without network. Throws Refused or Unreachable. */
export const exchange = (entrance: Entrance, key: string): Promise<Admission> =>
  admitted(entrance, { visitor: key, minutes: false });

/** How somebody came in: what the server said just now, or (without `answer`) what it said last when nobody answers. */
export interface Entered {
  /** This device has been here before: there may be a copy of the workshop on it. */
  returning: boolean;
  /** By which this browser is the same visitor: asked for once, also where it keeps nothing. */
  key: string;
  kept: KeptAnswer;
  answer?: SessionAnswer;
  heard?: Heard;
  /** All of a large document, packed, for a device that has nothing of it; undefined where it does not come. */
  whole?: Promise<Uint8Array | undefined>;
}

/** Large minutes are not given with the answer (T31): whoever is new asks for them in the same breath. */
const wholeFor = (
  entrance: Pick<Entrance, "server">,
  answer: SessionAnswer,
  returning: boolean,
): Pick<Entered, "whole"> => (returning || answer.document ? {} : { whole: fetchWhole(entrance, answer) });

/** Comes in by a link. Throws Refused, or Unreachable when nobody answers and nothing is kept here. */
export const enter = async (entrance: Entrance): Promise<Entered> => {
  const key = visitorKey();
  const last = lastAnswer(entrance.workshop);
  const returning = last !== undefined;
  try {
    const { answer, heard } = await admitted(entrance, { visitor: key });
    return { returning, key, kept: answer, answer, heard, ...wholeFor(entrance, answer, returning) };
  } catch (error) {
    if (error instanceof Unreachable && last) return { returning, key, kept: last };
    throw error;
  }
};

/** Comes in by the short code, under a link of one's own. Throws Refused or Unreachable. */
export const enterByCode = async (code: string): Promise<{ entrance: Entrance; entered: Entered }> => {
  const key = visitorKey();
  const { workshop, link, answer, heard } = await knockByCode(code, key);
  const returning = lastAnswer(workshop) !== undefined;
  keepAnswer(answer);
  const whole = wholeFor({}, answer, returning);
  return { entrance: { workshop, secret: link }, entered: { returning, key, kept: answer, answer, heard, ...whole } };
};

/** What the server last said about `workshop` on this device: enough to open the local copy without network. */
const lastAnswer = (workshop: string): KeptAnswer | undefined => {
  try {
    const kept = JSON.parse(get(answerKey(workshop)) ?? "null") as KeptAnswer | null;
    return kept?.workshop === workshop ? kept : undefined;
  } catch {
    return undefined;
  }
};

/** The epoch of what this device keeps of `workshop`, if it has been there. */
export const lastEpoch = (workshop: string): number | undefined => lastAnswer(workshop)?.epoch;
