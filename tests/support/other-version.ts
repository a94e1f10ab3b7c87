/** The same program with another layout, as the version before and the one after this will have. */
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** A copy of the server that knows this layout; its place, to be removed when done. */
export const versionOfLayout = (layout: number): string => {
  const root = mkdtempSync(join(tmpdir(), "minutier-version-"));
  for (const part of ["minutes", "document", "server", "locales", "templates", "package.json"]) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  for (const part of ["node_modules", "dist"]) symlinkSync(join(ROOT, part), join(root, part));
  const path = join(root, "document/edition.ts");
  const source = readFileSync(path, "utf8");
  const changed = source.replace(/export const LAYOUT = \d+;/, `export const LAYOUT = ${layout};`);
  if (changed === source) throw new Error("document/edition.ts says its layout otherwise than this looks for it.");
  writeFileSync(path, changed);
  return root;
};
