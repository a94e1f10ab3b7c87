/** One section of the minutes, of any kind: heading, guidance, who is in it, and its editable body. */
import type { FunctionComponent } from "preact";
import type { Section } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

export interface SectionViewProps {
  session: Session;
  section: Section;
}

/** Draws `<section id="section-<id>">`; the outline links to that id. */
export const SectionView: FunctionComponent<SectionViewProps> = ({ section }) => (
  <section id={`section-${section.id}`} class="section">
    <h2>{section.heading}</h2>
  </section>
);
