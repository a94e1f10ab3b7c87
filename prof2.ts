// costs of a large workshop on the main thread
import * as Y from "yjs";
import "./document/text/internals.ts";
import { create } from "./document/create.ts";
import { read } from "./document/read.ts";
import { FORMATS } from "./minutes/formats/format.ts";
import { parseTemplateFile } from "./minutes/template-file.ts";
import { readFileSync } from "node:fs";
const EDITS = Number(process.argv[2] ?? 200000), SIZE = Number(process.argv[3] ?? 2_000_000);
const t = parseTemplateFile(readFileSync("templates/vierge.yaml","utf8"), "fr");
const doc = new Y.Doc();
Y.applyUpdate(doc, create(t as any, {language:"fr"}));
const text = doc.getText("prose:notes");
const words = "les habitants du quartier demandent une salle ouverte le soir ";
let n = 0, edits = 0;
const ti = (name: string, f: () => unknown) => { const a = performance.now(); const r = f(); console.log(name, (performance.now()-a).toFixed(0), "ms"); return r as any; };
ti("write", () => {
  const chunk = Math.ceil(SIZE / EDITS);
  doc.transact(() => {
  let len = 0; let rnd = 12345;
  while (edits < EDITS) {
    rnd = (rnd * 1103515245 + 12345) & 0x7fffffff;
    const at = edits % 3 === 0 ? Math.max(0, len - (rnd % 2000)) : len;
    const w = words.slice(edits % 40, edits % 40 + chunk);
    text.insert(at, w); len += w.length;
    if (edits % 40 === 39) { const b = new Y.Map(); b.set("kind", "paragraph"); text.insertEmbed(len, b); len += 1; }
    edits++;
  }});
});
const state = ti("encode", () => Y.encodeStateAsUpdate(doc));
console.log("state", state.length, "chars", text.length);
const d2 = new Y.Doc();
ti("apply (open room)", () => Y.applyUpdate(d2, state));
const m = ti("read", () => read(d2, { id: "w", state: "live" }));
ti("read again", () => read(d2, { id: "w", state: "live" }));
const j = ti("json", () => JSON.stringify(m));
console.log("json", j.length);
for (const [k, f] of FORMATS) { const r = ti("render " + k, () => f.render(m, {})); console.log((r as any).length); }
ti("structuredClone", () => structuredClone(m));
ti("snapshot eq", () => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(d2)));
