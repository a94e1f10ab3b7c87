/** Builds the client into dist/ unless what stands there was built from these very sources. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const STAMP = "dist/.sources";

/** One hash over everything that ends up in the bundle. */
const sources = (): string => {
  const hash = createHash("sha256");
  const files = globSync([
    "client/**/*.{ts,tsx,css,svg,png}",
    "document/**/*.ts",
    "minutes/**/*.ts",
    "locales/*.ftl",
    "vite.config.ts",
    "package-lock.json",
  ]).toSorted();
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
};

/** Fonts are compressed by their format already. Done here once, as small as it gets, and not for every visitor anew. */
const compress = (): void => {
  for (const file of globSync("dist/assets/*.{js,css,svg}"))
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
};

/** The service worker under its one lasting address, with the list of what it keeps: scripts, styles, icon; fonts come as needed. */
const program = (): void => {
  const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8")) as Record<string, { file: string }>;
  const worker = manifest["service-worker.ts"]!.file;
  const files = globSync("*.{js,css,svg}", { cwd: "dist/assets" })
    .map((name) => `/assets/${name}`)
    .filter((name) => name !== `/${worker}`)
    .toSorted();
  const code = readFileSync(`dist/${worker}`, "utf8");
  const name = createHash("sha256").update(files.join()).update(code).digest("hex").slice(0, 16);
  writeFileSync("dist/service-worker.js", `const PROGRAM=${JSON.stringify({ name, files })};\n${code}`);
};

const wanted = sources();
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== wanted) {
  const { build } = await import("vite");
  await build({ logLevel: "warn" });
  compress();
  program();
  writeFileSync(STAMP, wanted);
}
