/** The exchange of a link's secret for a session, which leaves nothing on this device. */
import { LAYOUT } from "../../document/layout.ts";
import type { SessionAnswer } from "../../document/session.ts";
import type { Heard } from "./clock.ts";
import { request } from "./request.ts";
import type { Entrance } from "./session.ts";

export interface Admission {
  answer: SessionAnswer;
  /** What the exchange tells of the server's time. */
  heard: Heard;
}

/** Exchanges the secret for a session, and leaves nothing of it on this device. Throws Refused or Unreachable. */
export const knock = async (
  { workshop, secret, server }: Entrance,
  who: { visitor?: string; capability?: "read" },
): Promise<Admission> => {
  const sent = Date.now();
  const path = `/api/workshops/${encodeURIComponent(workshop)}/sessions`;
  const body = { ...who, layout: LAYOUT };
  const response = await request({ server, method: "POST", path, bearer: secret, body });
  const answer = (await response.json()) as SessionAnswer;
  return { answer, heard: { sent, received: Date.now(), told: Date.parse(answer.now) } };
};
