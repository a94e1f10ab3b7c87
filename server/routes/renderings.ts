/** What is made of minutes for whoever asks over HTTP: pure functions, called by name in the thread of the readers. */
import { FORMATS } from "../../minutes/formats/format.ts";
import type { Place } from "../../minutes/formats/place.ts";
import type { Minutes } from "../../minutes/value.ts";
import type { Log } from "../log/log.ts";
import { readingPage } from "../pages/reading.ts";

interface Made {
  minutes: Minutes;
}

const RENDERINGS = {
  /** The value, as the API gives it. */
  value: ({ minutes }: Made): string => JSON.stringify(minutes),
  /** A file to take along; `format` is one of FORMATS. */
  file: ({ minutes, format, place }: Made & { format: string; place: Place }): string =>
    FORMATS.get(format)?.render(minutes, place) ?? "",
  readingPage,
};

export default RENDERINGS;

type Name = keyof typeof RENDERINGS;

/** Renders where nobody waits for it. Throws as `log.minutes` does. */
export const rendered = async <N extends Name>(
  log: Log,
  document: string,
  name: N,
  options: Omit<Parameters<(typeof RENDERINGS)[N]>[0], "minutes">,
): Promise<Buffer> => {
  const { buffer, byteOffset, byteLength } = await log.rendered(document, {
    module: import.meta.url,
    name,
    options,
    ...(name === "value" ? { soon: true } : {}),
  });
  return Buffer.from(buffer, byteOffset, byteLength);
};
