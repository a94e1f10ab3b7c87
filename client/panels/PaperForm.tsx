/** The workshop as a blank form: the same sections and numbered slots, to be filled with a pen. */
import type { FunctionComponent } from "preact";
import { letter } from "../../minutes/number.ts";
import { plainText } from "../../minutes/plain.ts";
import type { Language, Marker, Section } from "../../minutes/value.ts";
import { t } from "../language.ts";

/** Slots on paper where the screen has as many as one likes. */
const SLOTS = 10;
const LINES = 5;

const lines = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const Ruled: FunctionComponent<{ count: number }> = ({ count }) => (
  <>
    {lines(count).map((line) => (
      <div key={line} class="form-paper__line" />
    ))}
  </>
);

const sign = (marker: Marker, number: number): string => {
  if (marker === "bullet") return "–";
  return marker === "letter" ? `${letter(number)})` : `${number}.`;
};

const Slots: FunctionComponent<{ marker: Marker; count: number }> = ({ marker, count }) => (
  <ul class="form-paper__slots" role="list">
    {lines(count).map((number) => (
      <li key={number}>
        <span class="form-paper__sign">{sign(marker, number)}</span>
        <span class="form-paper__line" />
      </li>
    ))}
  </ul>
);

const Body: FunctionComponent<{ section: Section; language: Language }> = ({ section, language }) => {
  switch (section.kind) {
    case "prose":
      return <Ruled count={LINES} />;
    case "fields":
      return (
        <ul class="form-paper__slots" role="list">
          {section.fields.map(({ id, label }) => (
            <li key={id}>
              <span>{label}</span>
              <span class="form-paper__line" />
            </li>
          ))}
        </ul>
      );
    case "people":
      return (
        <>
          <p class="small">{t("paper-people", { sectors: section.sectors.join(", ") || "…" })}</p>
          <Ruled count={SLOTS} />
        </>
      );
    case "items":
      return section.groups.length > 0 ? (
        <>
          {section.groups.map(({ id, letter: name, body }) => (
            <div key={id}>
              <p>
                <b>{`${name}) `}</b>
                {plainText(body)}
              </p>
              <Slots marker={section.marker} count={LINES} />
            </div>
          ))}
        </>
      ) : (
        <Slots marker={section.marker} count={SLOTS} />
      );
    case "ranking":
      return <Slots marker="number" count={section.size} />;
    case "runsheet":
      return (
        <ul class="form-paper__slots" role="list">
          {section.phases.map(({ id, label, minutes, groups }) => (
            <li key={id}>
              {label} · {minutes} min{groups ? ` · ${t("paper-groups", { count: groups })}` : ""}
            </li>
          ))}
        </ul>
      );
    case "notice":
      break;
  }
  return <p lang={language}>{section.text}</p>;
};

export const PaperForm: FunctionComponent<{ sections: readonly Section[]; language: Language }> = ({
  sections,
  language,
}) => (
  <>
    {sections.map((section) => (
      <section key={section.id} class="form-paper__section">
        {section.heading !== "" && <h2>{section.heading}</h2>}
        {section.guidance !== undefined && <p class="small soft">{section.guidance}</p>}
        <Body section={section} language={language} />
      </section>
    ))}
  </>
);
