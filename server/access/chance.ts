/** Ids and codes drawn by lot: drawn again when one is taken. */
import { ConflictingRow } from "../store/driver.ts";

const TRIES = 8;

/** Runs `attempt`, which draws anew each time, until what it draws is free. Throws what it throws otherwise. */
export const untilFree = async <T>(attempt: () => Promise<T>, tries = TRIES): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ConflictingRow && tries > 1) return untilFree(attempt, tries - 1);
    throw error;
  }
};
