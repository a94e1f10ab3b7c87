/** A section as the document has it at this very moment. */
import { read } from "../../document/read.ts";
import type { Section } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

/** All sections; `session.minutes` may be a frame behind, and two quick key presses would then move the same way once. */
export const sectionsNow = (session: Session): Section[] => {
  const { id, state } = session.minutes.peek();
  return read(session.doc, { id, state }).sections;
};

/** The section of that id and kind, if there is one. */
export const sectionNow = <K extends Section["kind"]>(
  session: Session,
  id: string,
  kind: K,
): Extract<Section, { kind: K }> | undefined =>
  sectionsNow(session).find(
    (section): section is Extract<Section, { kind: K }> => section.id === id && section.kind === kind,
  );
