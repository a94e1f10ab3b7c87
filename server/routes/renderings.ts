/** What is made of minutes for whoever asks over HTTP: pure functions, called by name in the thread of the readers. */
import { toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import { duplicate, type DuplicateOptions } from "../../document/duplicate.ts";
import { ownIn } from "../../document/own.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import type { Place } from "../../minutes/formats/place.ts";
import type { Made } from "../log/desk.ts";
import type { Log } from "../log/log.ts";
import { doorPage } from "../pages/door.ts";
import { readingPage } from "../pages/reading.ts";

/** Some tens of kilobytes at most: what is larger comes faster by itself. */
const FEW_STRUCTS = 1_500;

const structsIn = ({ store }: Y.Doc): number =>
  [...store.clients.values()].reduce((sum, { length }) => sum + length, 0);

const RENDERINGS = {
  /** The value, as the API gives it. */
  value: ({ minutes }: Made): string => JSON.stringify(minutes),
  /** What of them is one visitor's. */
  own: ({ doc, visitor }: Made & { visitor: string }): string => JSON.stringify(ownIn(doc, visitor)),
  /** The document itself, as base64, for whoever could not write before a line has brought it; nothing where it is large. */
  document: ({ doc }: Made): string => (structsIn(doc) > FEW_STRUCTS ? "" : toBase64(Y.encodeStateAsUpdate(doc))),
  /** A file to take along; `format` is one of FORMATS. */
  file: ({ minutes, format, place }: Made & { format: string; place: Place }): string =>
    FORMATS.get(format)?.render(minutes, place) ?? "",
  readingPage,
  doorPage,
  /** The first update of a copy; `apart` is another each time, so that nobody is given somebody else's copy. */
  copy: ({ minutes, ...options }: Made & DuplicateOptions & { apart: string }): Uint8Array =>
    duplicate(minutes, options),
};

export default RENDERINGS;

type Name = keyof typeof RENDERINGS;

/** Somebody waits at the door of a workshop for these. */
const SOON: ReadonlySet<Name> = new Set<Name>(["value", "own", "document", "copy", "doorPage"]);

type Options<N extends Name> = Omit<Parameters<(typeof RENDERINGS)[N]>[0], keyof Made>;

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Renders where nobody waits for it. Throws as `log.minutes` does. */
export const rendered = async <N extends Name>(
  log: Log,
  document: string,
  name: N,
  options: Options<N>,
): Promise<Buffer> =>
  asBuffer(
    await log.rendered(document, {
      module: import.meta.url,
      name,
      options,
      ...(SOON.has(name) ? { soon: true } : {}),
    }),
  );

/** The same of the minutes as they stood after entry `seq`. Throws as `log.past` does. */
export const renderedThen = async <N extends Name>(
  log: Log,
  document: string,
  seq: number,
  name: N,
  options: Options<N>,
): Promise<Buffer> => asBuffer(await log.past(document, seq, { module: import.meta.url, name, options }));

/** All of a document as it was arranged within the last seconds; nothing where that cannot be. Throws as `log.whole` does. */
export const arranged = async (log: Log, document: string, epoch: number): Promise<Buffer> =>
  asBuffer(await log.whole(document, epoch));
