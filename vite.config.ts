/** How the client is bundled: one entry per page, hashed files, a manifest the server reads. */
import { globSync, readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Icons that only a manifest names, which is the server's: no file of the client would bring them along. */
const icons: Plugin = {
  name: "icons",
  buildStart() {
    for (const file of globSync("client/style/icon-*.png")) {
      const [name, originalFileName] = [basename(file), relative("client", file)];
      this.emitFile({ type: "asset", name, originalFileName, source: readFileSync(file) });
    }
  },
};

export default defineConfig({
  root: "client",
  publicDir: false,
  plugins: [icons],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        home: "client/home.tsx",
        joining: "client/joining.ts",
        workshop: "client/workshop.tsx",
        reading: "client/reading.ts",
        projector: "client/projector.tsx",
        "service-worker": "client/service-worker.ts",
        style: "client/style/main.css",
      },
    },
  },
});
