/** One section of the minutes, of any kind: heading, guidance, who is in it, and its editable body. */
import type { FunctionComponent, VNode } from "preact";
import { progress } from "../../minutes/progress.ts";
import type { Section } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";
import { FieldsBody } from "./FieldsBody.tsx";
import { asFields } from "./held.ts";
import { ItemsBody } from "./ItemsBody.tsx";
import { NoticeBody } from "./NoticeBody.tsx";
import { PeopleBody } from "./PeopleBody.tsx";
import { ProseBody } from "./ProseBody.tsx";
import { RankingBody } from "./RankingBody.tsx";
import { RunsheetBody } from "./RunsheetBody.tsx";
import { SectionTerms } from "./SectionTerms.tsx";
import { SectionStructure } from "./SectionStructure.tsx";
import { memo, useMinutesLanguage, useSteady } from "./steady.ts";
import { WhoIsHere } from "./WhoIsHere.tsx";

export interface SectionViewProps {
  session: Session;
  section: Section;
}

const Body = ({ session, section }: SectionViewProps): VNode => {
  switch (section.kind) {
    case "prose":
      return <ProseBody session={session} section={section} />;
    case "fields":
      return <FieldsBody session={session} section={section} />;
    case "people":
      return <PeopleBody session={session} section={section} />;
    case "items":
      return <ItemsBody session={session} section={section} />;
    case "ranking":
      return <RankingBody session={session} section={section} />;
    case "runsheet":
      return <RunsheetBody session={session} section={section} />;
    case "notice":
      return <NoticeBody session={session} section={section} />;
  }
};

/** Drawn again only when the section's own value is another one (K1). */
const SteadySection = memo<SectionViewProps>(({ session, section }) => {
  const structure = session.structure.value && asFields(session);
  const language = useMinutesLanguage(session);
  const heading = `heading-${section.id}`;
  const guidance = section.guidance !== undefined && asFields(session) && progress(section) === "empty";
  return (
    <section
      id={`section-${section.id}`}
      class={`section section--${section.kind}${structure ? " section--structure" : ""}`}
      aria-labelledby={heading}
      data-row={structure ? section.id : undefined}
    >
      <div class="section__head">
        <h2 id={heading} class="section__heading" lang={language} tabIndex={-1}>
          {section.heading}
        </h2>
        <WhoIsHere session={session} section={section.id} />
      </div>
      {structure ? (
        <SectionStructure session={session} section={section} />
      ) : (
        <>
          {guidance && (
            <p class="section__guidance" lang={language}>
              {section.guidance}
            </p>
          )}
          <Body session={session} section={section} />
          <SectionTerms session={session} section={section} />
        </>
      )}
    </section>
  );
});

/** Draws `<section id="section-<id>">`, labelled by its heading; the outline links to that id. */
export const SectionView: FunctionComponent<SectionViewProps> = ({ session, section }) => (
  <SteadySection session={session} section={useSteady(section)} />
);
