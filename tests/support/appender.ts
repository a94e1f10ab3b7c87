/** A process of its own that appends to a log and prints what was acknowledged: there to be killed. */
import * as Y from "yjs";
import { openAccess } from "../../server/access/access.ts";
import { openLog } from "../../server/log/log.ts";
import { openStore } from "../../server/store/store.ts";

const [dataDir = "", document, round = "0"] = process.argv.slice(2);
const WRITERS = 4;

const store = await openStore({ dataDir });
const access = await openAccess(store, { dataDir });
const log = openLog(store, (error) => process.stderr.write(`${String(error)}\n`));

const begin = async (): Promise<string> => {
  const doc = new Y.Doc();
  doc.getText("title").insert(0, "Restitution");
  const update = Y.encodeStateAsUpdate(doc);
  const { id } = await access.createWorkshop({ update, kind: "workshop", language: "fr", template: "vierge" });
  return id;
};

const id = document || (await begin());
process.stdout.write(`ready ${id}\n`);

/** Types one unmistakable word after the other, and says each one that the log took. */
const type = async (writer: number): Promise<void> => {
  const doc = new Y.Doc();
  let update = new Uint8Array();
  doc.on("update", (bytes: Uint8Array) => {
    update = new Uint8Array(bytes);
  });
  for (let n = 0; ; n += 1) {
    const word = `<${round}.${writer}.${n}>`;
    doc.getText("words").insert(doc.getText("words").length, word);
    await log.append({ document: id, visitor: `writer${writer}`, update });
    process.stdout.write(`acked ${word}\n`);
    // Now and then in the middle of it all: a snapshot.
    if (n % 40 !== 39) continue;
    process.stdout.write("compacting\n");
    await log.compact(id);
    process.stdout.write("compacted\n");
  }
};

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => type(writer)));
