/** Builds the client into dist/ unless what stands there was built from these very sources. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const STAMP = "dist/.sources";

/** One hash over everything that ends up in the bundle. */
const sources = (): string => {
  const hash = createHash("sha256");
  const files = globSync([
    "client/**/*.{ts,tsx,css,svg}",
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

const wanted = sources();
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== wanted) {
  const { build } = await import("vite");
  await build({ logLevel: "warn" });
  compress();
  writeFileSync(STAMP, wanted);
}
