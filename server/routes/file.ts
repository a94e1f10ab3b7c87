/** The minutes as a file in one of their formats, for whoever may read them. */
import type { Response } from "express";
import { Refusal } from "../../document/refusal.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import type { Place } from "../../minutes/formats/place.ts";
import type { Log } from "../log/log.ts";
import { sendBytes } from "./large.ts";
import { rendered } from "./renderings.ts";

/** Sends a file that `made` makes. Throws what that throws, and a Refusal where `format` is none of FORMATS. */
export const sendRendered = async (response: Response, format: string, made: () => Promise<Buffer>): Promise<void> => {
  const known = FORMATS.get(format);
  if (!known) throw new Refusal("unknown-address");
  const bytes = await made();
  if (known.attached) response.attachment(`minutes.${format}`);
  await sendBytes(response.type(known.mediaType), bytes);
};

/** Resolves when it is on its way. Throws as `log.minutes` and `sendRendered` do. */
export const sendFile = (
  log: Log,
  workshop: string,
  { response, format, place }: { response: Response; format: string; place: Place },
): Promise<void> => sendRendered(response, format, () => rendered(log, workshop, "file", { format, place }));
