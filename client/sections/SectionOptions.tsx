/** The options of a section by its kind, while the structure is being edited. */
import type { FunctionComponent, VNode } from "preact";
import { setNotice, setOptions } from "../../document/edit/sections.ts";
import { CLOSING_MINUTES } from "../../minutes/runsheet.ts";
import {
  MARKERS,
  type ItemsSection,
  type NoticeSection,
  type PeopleSection,
  type RankingSection,
  type RunsheetSection,
  type Section,
} from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { FieldOptions } from "./FieldOptions.tsx";
import { choiceOf, tickOf } from "./held.ts";
import { SharedInput } from "./SharedInput.tsx";

interface OptionsProps<S extends Section> {
  session: Session;
  section: S;
}

type Options = Parameters<typeof setOptions>[2];

/** Changes an option; undefined while nothing is taken. */
const changeOf = ({ session, section }: OptionsProps<Section>): ((change: Options) => void) | undefined =>
  session.canWrite.value ? (change) => setOptions(session.doc, section.id, change) : undefined;

const ItemsOptions: FunctionComponent<OptionsProps<ItemsSection>> = ({ session, section }) => {
  const change = changeOf({ session, section });
  const mark = (value: string): void => {
    const marker = MARKERS.find((each) => each === value);
    if (marker) change?.({ marker });
  };
  return (
    <div class="structure__options">
      <label class="structure__part">
        <span class="fields__label">{t("structure-marker")}</span>
        <select class="input" {...choiceOf(section.marker, change && mark)}>
          {MARKERS.map((marker) => (
            <option key={marker} value={marker}>
              {t(`structure-marker-${marker}`)}
            </option>
          ))}
        </select>
      </label>
      {(["actions", "grouped"] as const).map((option) => (
        <label key={option} class="choice">
          <input type="checkbox" {...tickOf(section[option], change && ((checked) => change({ [option]: checked })))} />
          <span>{t(`structure-${option}`)}</span>
        </label>
      ))}
    </div>
  );
};

const PeopleOptions: FunctionComponent<OptionsProps<PeopleSection>> = ({ session, section }) => {
  const change = changeOf({ session, section });
  return (
    <div class="structure__options">
      <label class="structure__part">
        <span class="fields__label">{t("structure-sectors")}</span>
        <SharedInput
          session={session}
          class="input"
          shape="lines"
          value={section.sectors.join("\n")}
          save={(value) => {
            const sectors = value.split("\n").map((sector) => sector.trim());
            setOptions(session.doc, section.id, { sectors: [...new Set(sectors)].filter((sector) => sector !== "") });
          }}
        />
      </label>
      <label class="choice">
        <input type="checkbox" {...tickOf(section.joining === true, change && ((joining) => change({ joining })))} />
        <span>{t("structure-joining")}</span>
      </label>
    </div>
  );
};

const RankingOptions: FunctionComponent<OptionsProps<RankingSection>> = ({ session, section }) => {
  const change = changeOf({ session, section });
  return (
    <div class="structure__options">
      <label class="structure__part">
        <span class="fields__label">{t("structure-source")}</span>
        <select class="input" {...choiceOf(section.source, change && ((source) => change({ source })))}>
          <option value="">—</option>
          {session.minutes.value.sections
            .filter((each) => each.kind === "items")
            .map((each) => (
              <option key={each.id} value={each.id}>
                {each.heading}
              </option>
            ))}
        </select>
      </label>
      <label class="structure__part">
        <span class="fields__label">{t("structure-size")}</span>
        <input
          class="input"
          type="number"
          min={1}
          max={50}
          readOnly={!change}
          value={section.size}
          onChange={(event) => {
            const size = Math.trunc(event.currentTarget.valueAsNumber);
            if (size >= 1 && size <= 50) change?.({ size });
          }}
        />
      </label>
    </div>
  );
};

const NoticeOptions: FunctionComponent<OptionsProps<NoticeSection>> = ({ session, section }) => (
  <label class="structure__part">
    <span class="fields__label">{t("structure-notice")}</span>
    <SharedInput
      session={session}
      class="input"
      shape="lines"
      value={section.text}
      save={(value) => setNotice(session.doc, section.id, value.trim())}
    />
  </label>
);

const RunsheetOptions: FunctionComponent<OptionsProps<RunsheetSection>> = ({ session, section }) => {
  const change = changeOf({ session, section });
  return (
    <label class="structure__part">
      <span class="fields__label">{t("structure-closing")}</span>
      <input
        class="input"
        type="number"
        min={0}
        max={1440}
        readOnly={!change}
        value={section.closing ?? CLOSING_MINUTES}
        onChange={(event) => {
          const closing = Math.trunc(event.currentTarget.valueAsNumber);
          if (closing >= 0 && closing <= 1440) change?.({ closing });
        }}
      />
    </label>
  );
};

/** Prose has none: what it holds is written, not set. */
export const SectionOptions = ({ session, section }: OptionsProps<Section>): VNode | null => {
  switch (section.kind) {
    case "fields":
      return <FieldOptions session={session} section={section} />;
    case "people":
      return <PeopleOptions session={session} section={section} />;
    case "items":
      return <ItemsOptions session={session} section={section} />;
    case "ranking":
      return <RankingOptions session={session} section={section} />;
    case "notice":
      return <NoticeOptions session={session} section={section} />;
    case "runsheet":
      return <RunsheetOptions session={session} section={section} />;
    case "prose":
      return null;
  }
};
