/** A process of its own that opens data as a start does, says so, and closes it again. */
import { CannotOpen } from "../../server/store/driver.ts";
import { openStore } from "../../server/store/store.ts";

const [dataDir = ""] = process.argv.slice(2);
try {
  const store = await openStore({ dataDir });
  process.stdout.write("opened\n");
  await store.close();
} catch (error) {
  if (!(error instanceof CannotOpen)) throw error;
  process.stdout.write(`refused: ${error.message}\n`);
}
