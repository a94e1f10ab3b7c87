/** Opens the one store of this server. */
import type { Driver } from "./driver.ts";
import { openSqlite } from "./sqlite.ts";

/** Everything above speaks in the statements of entries.ts, workshops.ts and visitors.ts, whatever database runs them. */
export type Store = Driver;

/**
 * Opens (at the first start: creates) the data in `dataDir` and takes it for this process alone.
 * Throws CannotOpen with a sentence for the host: another process has it, no rights, not ours, damaged, newer, not durable.
 */
export const openStore = ({ dataDir }: { dataDir: string }): Promise<Store> => openSqlite(dataDir);
