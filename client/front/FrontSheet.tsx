/** The sheet as it is seen first: title and sections where they will stand, one at a time on a phone. */
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { progress } from "../../minutes/progress.ts";
import type { Section } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { goToSection, isNarrow, neighbour, placeIn, trackPlace } from "../panels/place.ts";
import { watchSwipes } from "../panels/swipe.ts";
import { asFields } from "../sections/held.ts";
import { NoticeBody } from "../sections/NoticeBody.tsx";
import { SectionTerms } from "../sections/SectionTerms.tsx";
import { useMinutesLanguage } from "../sections/steady.ts";
import type { Session } from "../session/session.ts";
import { FrontFields, FrontPeople, FrontRunsheet } from "./FrontForms.tsx";
import { FrontItems, FrontRanking } from "./FrontItems.tsx";
import { Text } from "./Later.tsx";
import { noteTouch } from "./place-kept.ts";

interface FrontProps {
  session: Session;
  section: Section;
}

const Body = ({ session, section }: FrontProps): VNode => {
  const language = useMinutesLanguage(session);
  switch (section.kind) {
    case "prose": {
      const hint = t(asFields(session) ? "sections-write-here" : "sections-nothing-yet");
      return <Text prose={section.body} lang={language} placeholder={hint} />;
    }
    case "fields":
      return <FrontFields session={session} section={section} />;
    case "people":
      return <FrontPeople session={session} section={section} />;
    case "items":
      return <FrontItems session={session} section={section} />;
    case "ranking":
      return <FrontRanking session={session} section={section} />;
    case "runsheet":
      return <FrontRunsheet session={session} section={section} />;
    case "notice":
      return <NoticeBody session={session} section={section} />;
  }
};

const FrontSection = ({ session, section }: FrontProps) => {
  const language = useMinutesLanguage(session);
  const heading = `heading-${section.id}`;
  const guided = section.guidance !== undefined && asFields(session) && progress(section) === "empty";
  return (
    <section id={`section-${section.id}`} class={`section section--${section.kind}`} aria-labelledby={heading}>
      <div class="section__head">
        <h2 id={heading} class="section__heading" lang={language} tabIndex={-1}>
          {section.heading}
        </h2>
      </div>
      {guided && (
        <p class="section__guidance" lang={language}>
          {section.guidance}
        </p>
      )}
      <Body session={session} section={section} />
      <SectionTerms session={session} section={section} />
    </section>
  );
};

export const FrontSheet = ({ session }: { session: Session }) => {
  const sheet = useRef<HTMLElement>(null);
  const { subtitle, title, sections, language } = session.minutes.value;
  const current = placeIn(sections);
  useEffect(() => {
    const element = sheet.current;
    if (!element) return undefined;
    const stops = [
      trackPlace(session, element),
      watchSwipes(element, (step) => {
        const next = isNarrow() && neighbour(sections, step);
        if (next) goToSection(next);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [session]);
  return (
    <main id="main" class="sheet paper" tabIndex={-1} ref={sheet} onPointerDown={noteTouch}>
      <div class={`paper__head ${current === sections[0]?.id ? "" : "paper--away"}`}>
        {subtitle && (
          <p class="overline" lang={language}>
            {subtitle}
          </p>
        )}
        <h1 class="paper__title">
          <Text
            prose={[{ kind: "paragraph", spans: title === "" ? [] : [{ text: title }] }]}
            lang={language}
            placeholder={t("page-untitled")}
            oneLine
          />
        </h1>
      </div>
      {sections.map((section) => (
        <div
          key={section.id}
          class={section.id === current ? "paper__slot" : "paper__slot paper--away"}
          data-section={section.id}
        >
          {/* A phone shows one section at a time: the others are drawn once, by the stay. */}
          {(section.id === current || !isNarrow()) && <FrontSection session={session} section={section} />}
        </div>
      ))}
    </main>
  );
};
