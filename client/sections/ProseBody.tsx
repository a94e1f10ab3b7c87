/** A section of free text. */
import type { FunctionComponent } from "preact";
import { proseOf } from "../../document/layout.ts";
import type { ProseSection } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { asFields } from "./held.ts";
import { useMinutesLanguage } from "./steady.ts";

export const ProseBody: FunctionComponent<{ session: Session; section: ProseSection }> = ({ session, section }) => {
  const language = useMinutesLanguage(session);
  return session.ready.value ? (
    <RichText
      session={session}
      text={proseOf(session.doc, section.id)}
      place={`prose:${section.id}`}
      label={section.heading}
      placeholder={t(asFields(session) ? "sections-write-here" : "sections-nothing-yet")}
    />
  ) : (
    <StaticProse prose={section.body} lang={language} />
  );
};
