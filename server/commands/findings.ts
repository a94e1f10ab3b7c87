/** Everything that can be found wrong with a data directory or a backup, and how it is told. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { isKey, keyPath } from "../access/key.ts";
import { checkChains } from "../log/chain.ts";
import { checkSeal, sealOf, type Progress } from "../store/backup.ts";
import { defect, type Defect } from "../store/defect.ts";
import { CannotOpen } from "../store/driver.ts";
import { openReader, type Reader } from "../store/reader.ts";
import { orUnreadable, survey } from "../store/survey.ts";

/** What a backup is called until it is verified. */
export const PARTIAL = ".partial";

/** Opens a file somebody named. Throws CannotOpen as `openReader` does, and for a backup that was never finished. */
export const openNamed = (path: string): Reader => {
  if (path.endsWith(PARTIAL)) throw new CannotOpen(`${path} is a backup that was not finished. Make another one.`);
  return openReader(path);
};

/** The key beside a database: there, one of ours, and nobody else's to read. */
const checkKey = (dataDir: string): Defect[] => {
  const path = keyPath(dataDir);
  if (!existsSync(path)) {
    return [defect("key-missing", path, "is not there: without it no link leads anywhere")];
  }
  return orUnreadable(path, () => [
    ...(isKey(readFileSync(path, "utf8")) ? [] : [defect("key-wrong", path, "is not a key this program made")]),
    ...((statSync(path).mode & 0o077) === 0 ? [] : [defect("key-readable", path, "may be read by other accounts")]),
  ]);
};

const checkSealedKey = (reader: Reader): Defect[] =>
  orUnreadable("seal", () =>
    isKey(sealOf(reader).key) ? [] : [defect("key-wrong", "seal", "the key in the backup is not one of ours")],
  );

/** Looks over what `reader` reads: of a backup also its seal, of data also the key in `dataDir`. */
export const findDefects = (reader: Reader, dataDir: string | undefined, progress: Progress): Defect[] => [
  ...survey(reader),
  ...checkChains(reader, progress),
  ...(reader.kind === "backup" ? [...orUnreadable("seal", () => checkSeal(reader)), ...checkSealedKey(reader)] : []),
  ...(reader.kind === "data" && dataDir !== undefined ? checkKey(dataDir) : []),
];

export const lineOf = ({ name, where, says }: Defect): string => `${name}: ${where}: ${says}`;
