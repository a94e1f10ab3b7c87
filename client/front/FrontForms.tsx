/** Labelled values, people and phases as they are seen first, in the boxes they will be written in. */
import { fieldText, fits, durationText } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { bySector, countPeople, personLine, personText } from "../../minutes/people.ts";
import { plannedMinutes, totalMinutes } from "../../minutes/runsheet.ts";
import type { Field, FieldsSection, Language, PeopleSection, Person, RunsheetSection } from "../../minutes/value.ts";
import { language as spoken, t } from "../language.ts";
import { asFields } from "../sections/held.ts";
import { FieldPicker } from "../sections/FieldPicker.tsx";
import { SectorSelect } from "../sections/SectorSelect.tsx";
import { useMinutesLanguage } from "../sections/steady.ts";
import type { Session } from "../session/session.ts";
import { Box, Handle, Later } from "./Later.tsx";

interface FrontProps<S> {
  session: Session;
  section: S;
}

const nothing = (): void => undefined;

const FieldRow = ({ field, language, writes }: { field: Field; language: Language; writes: boolean }) => {
  const text = fieldText(field, language);
  const linked = field.type === "address" && field.value !== "" && fits(field);
  const link = (words: string) => (
    <a href={field.value} rel="noopener noreferrer nofollow ugc" target="_blank">
      {words}
    </a>
  );
  if (!writes)
    return (
      <div class="fields__one">
        <span class="fields__label" lang={language}>
          {field.label}
        </span>
        <span class="fields__value" lang={language}>
          {field.value === "" ? <span class="soft">—</span> : linked ? link(field.value) : text}
        </span>
      </div>
    );
  const shape = field.type === "line" || field.type === "place" ? "wrap" : undefined;
  const hint = fits(field) ? undefined : t(`fields-unread-${field.type}`);
  return (
    <div class={`fields__one fields__one--${field.type}`}>
      <span class="fields__label" lang={language}>
        {field.label}
      </span>
      <div class="fields__value">
        {field.type === "choice" ? (
          <select class="shared" lang={language} aria-label={field.label}>
            <option>{field.value || "—"}</option>
          </select>
        ) : (
          <Box
            class="shared "
            label={field.label}
            value={text}
            lang={language}
            placeholder={t(`fields-hint-${field.type}`)}
            shape={shape}
          />
        )}
        <FieldPicker field={field} label={field.label} save={nothing} />
      </div>
      {linked && <p class="fields__link">{link(t("fields-open"))}</p>}
      {hint && <p class="fields__hint">{hint}</p>}
    </div>
  );
};

export const FrontFields = ({ session, section }: FrontProps<FieldsSection>) => {
  const language = useMinutesLanguage(session);
  return (
    <div class="fields">
      {section.fields.map((field) => (
        <FieldRow key={field.id} field={field} language={language} writes={asFields(session)} />
      ))}
    </div>
  );
};

const PersonLine = ({ person, writes }: { person: Person; writes: boolean }) => {
  const line = (
    <>
      <bdi class="person__name">{person.name || person.organisation || "…"}</bdi>
      {person.name !== "" && person.organisation && <bdi class="person__more">{person.organisation}</bdi>}
      {person.role && <bdi class="person__more">{person.role}</bdi>}
    </>
  );
  const name = personText(person);
  return (
    <li class="person">
      {writes ? (
        <>
          <button
            type="button"
            class="person__line person__line--button"
            aria-disabled="true"
            aria-label={t("persons-edit", { name: personLine(person) })}
          >
            {line}
          </button>
          <Later class="button--quiet button--icon person__remove" label={t("persons-remove", { name })}>
            ×
          </Later>
        </>
      ) : (
        <span class="person__line">{line}</span>
      )}
    </li>
  );
};

export const FrontPeople = ({ session, section }: FrontProps<PeopleSection>) => {
  const language = useMinutesLanguage(session);
  const writes = asFields(session);
  const groups = bySector(section).filter(({ people }) => people.length > 0);
  const count = countPeople(section);
  const headed = groups.some(({ sector }) => sector !== undefined);
  return (
    <div class="people">
      {count > 1 && (
        <p class="people__count" lang={language}>
          {WORDS[language].count}
          {language === "fr" ? "\u00A0: " : ": "}
          <strong>{count}</strong>
        </p>
      )}
      {groups.map(({ sector, people }) => (
        <div key={sector ?? ""} class="people__group">
          {headed && (
            <h3 class="overline" lang={language}>
              {sector ?? WORDS[language].others} · {people.length}
            </h3>
          )}
          <ul class="people__list" role="list">
            {people.map((person) => (
              <PersonLine key={person.id} person={person} writes={writes} />
            ))}
          </ul>
        </div>
      ))}
      {count === 0 && !writes && <p class="soft">{t("sections-nothing-yet")}</p>}
      {writes && (
        <div class="people__add">
          <Box class="input" label={t("persons-name")} placeholder={t("persons-add-hint")} />
          <Box class="input" label={t("persons-organisation")} placeholder={t("persons-organisation")} />
          {section.sectors.length > 0 && (
            <SectorSelect sectors={section.sectors} value="" label={t("persons-sector")} choose={nothing} />
          )}
          <Later class="">{t("persons-add")}</Later>
        </div>
      )}
    </div>
  );
};

const Phases = ({ session, section }: FrontProps<RunsheetSection>) => {
  const language = useMinutesLanguage(session);
  const { groups: printed } = WORDS[language];
  return (
    <ol class="phases__list" role="list">
      {section.phases.map((phase) => {
        const groups = phase.groups ? printed(phase.groups) : "";
        const lasts = durationText(phase.minutes, language);
        const now = phase.id === session.stage.value.phase;
        return (
          <li
            key={phase.id}
            class={`phase${now ? " phase--now" : ""}`}
            aria-current={now ? "step" : undefined}
            data-row={asFields(session) ? phase.id : undefined}
          >
            {asFields(session) ? (
              <>
                <Box
                  class="shared phase__label"
                  label={t("runsheet-label")}
                  value={phase.label}
                  lang={language}
                  shape="wrap"
                />
                <Box
                  class="shared phase__groups"
                  label={t("runsheet-groups")}
                  placeholder={t("runsheet-groups")}
                  value={groups}
                  lang={language}
                />
                <Box class="shared phase__minutes" label={t("runsheet-duration")} value={lasts} lang={language} />
                <Handle label={t("runsheet-menu", { label: phase.label })} />
              </>
            ) : (
              <>
                <span class="phase__label" lang={language}>
                  {phase.label}
                </span>
                <span class="phase__more" lang={language}>
                  {[groups, lasts].filter(Boolean).join(" – ")}
                </span>
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
};

export const FrontRunsheet = ({ session, section }: FrontProps<RunsheetSection>) => {
  const language = useMinutesLanguage(session);
  const writes = asFields(session);
  const planned = plannedMinutes(session.minutes.value);
  const total = totalMinutes(section);
  const over = planned === undefined ? undefined : total - planned;
  const key = over === undefined ? undefined : over === 0 ? "fits" : over < 0 ? "missing" : "over";
  return (
    <div class="phases">
      {section.phases.length > 0 && (
        <>
          <Phases session={session} section={section} />
          <p class={`phases__sum${over ? " phases__sum--off" : ""}`}>
            <span lang={language}>
              {WORDS[language].total}
              {language === "fr" ? "\u00A0: " : ": "}
              <strong>{durationText(total, language)}</strong>
            </span>
            {key && writes && (
              <span> · {t(`runsheet-${key}`, { duration: durationText(Math.abs(over ?? 0), spoken.value) })}</span>
            )}
          </p>
        </>
      )}
      {section.phases.length === 0 && !writes && <p class="soft">{t("sections-nothing-yet")}</p>}
      {writes && (
        <div class="phases__add">
          <Box class="input" label={t("runsheet-label")} placeholder={t("runsheet-add-hint")} />
          <Box class="input" label={t("runsheet-duration")} placeholder={t("fields-hint-duration")} />
          <Later class="">{t("runsheet-add")}</Later>
        </div>
      )}
    </div>
  );
};
