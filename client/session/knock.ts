/** The exchange of a link's secret, or of a code, for a session, which leaves nothing on this device. */
import { LAYOUT } from "../../document/edition.ts";
import type { CodeAnswer, SessionAnswer } from "../../document/session.ts";
import type { Heard } from "./clock.ts";
import { request } from "./request.ts";
import type { Entrance } from "./session.ts";

export interface Admission {
  answer: SessionAnswer;
  /** What the exchange tells of the server's time. */
  heard: Heard;
}

const heardIn = ({ now }: SessionAnswer, sent: number): Heard => ({
  sent,
  received: Date.now(),
  told: Date.parse(now),
});

/** Exchanges the secret for a session, and leaves nothing of it on this device. Throws Refused or Unreachable. */
export const knock = async (
  { workshop, secret, server }: Entrance,
  who: { visitor?: string; capability?: "read"; minutes?: false },
): Promise<Admission> => {
  const sent = Date.now();
  const path = `/api/workshops/${encodeURIComponent(workshop)}/sessions`;
  const body = { ...who, layout: LAYOUT };
  const response = await request({ server, method: "POST", path, bearer: secret, body });
  const answer = (await response.json()) as SessionAnswer;
  return { answer, heard: heardIn(answer, sent) };
};

/** Enters by the short code, once for each call: gives the personal link, and a session through it. Throws as `knock` does. */
export const knockByCode = async (
  code: string,
  visitor: string,
): Promise<Admission & Pick<CodeAnswer, "workshop" | "link">> => {
  const sent = Date.now();
  const body = { code, session: { visitor, layout: LAYOUT } };
  const response = await request({ method: "POST", path: "/api/codes", body });
  const { workshop, link, session: answer } = (await response.json()) as Required<CodeAnswer>;
  return { workshop, link, answer, heard: heardIn(answer, sent) };
};
