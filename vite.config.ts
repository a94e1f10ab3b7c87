/** How the client is bundled: one entry per page, hashed files, a manifest the server reads. */
import { defineConfig } from "vite";

export default defineConfig({
  root: "client",
  publicDir: false,
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
        style: "client/style/main.css",
      },
    },
  },
});
