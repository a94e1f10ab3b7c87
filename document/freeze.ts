/** Writing may be frozen for a while, by whoever facilitates: whether it is. */
import type { Stage } from "./stage.ts";

/** At a moment of the server's clock, for those who do not manage. */
export const isFrozen = ({ frozen }: Pick<Stage, "frozen">, at: number): boolean => frozen !== null && frozen > at;
