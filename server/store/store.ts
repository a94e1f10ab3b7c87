/** Opens the one store of this server. */
import type { Driver } from "./driver.ts";

export type Store = Driver;

/**
 * Opens (at the first start: creates) the data in `dataDir` and takes it for this process alone.
 * Throws CannotOpen with a sentence for the host: another process has it, no rights, not ours, damaged, newer, not durable.
 */
export const openStore = (_options: { dataDir: string }): Promise<Store> => Promise.reject(new Error("not yet"));
