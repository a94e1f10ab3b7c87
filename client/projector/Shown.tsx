/** One section as large letters, of any kind: only what was said, and what of it is new. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { durationText, fieldText } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { letter } from "../../minutes/number.ts";
import { bySector, countPeople, isNamed, personText } from "../../minutes/people.ts";
import { destinationOf, provenanceOf } from "../../minutes/provenance.ts";
import type { Item, ItemsSection, Marker, Minutes, Section } from "../../minutes/value.ts";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import { lanes } from "../sections/lanes.ts";
import { newestRow } from "./choice.ts";
import { useFit } from "./fit.ts";

interface ShownProps {
  section: Section;
  /** What it is a part of. */
  minutes: Minutes;
  /** The row written last, while this screen looked. */
  fresh: string | undefined;
  /** Id of the phase under way. */
  phase: string | null;
}

const markOf = (marker: Marker, number: number): string =>
  marker === "bullet" ? "•" : marker === "letter" ? `${letter(number)})` : String(number);

const Votes = ({ votes }: { votes: number | undefined }) =>
  votes ? (
    <span class="wall__votes">
      {votes}
      <span class="unseen"> {t("projector-votes", { votes })}</span>
    </span>
  ) : null;

const Row = ({ fresh, mark, children }: { fresh: boolean; mark?: string; children: ComponentChildren }) => (
  <li class={`wall__row${fresh ? " wall__row--new" : ""}`} data-fresh={fresh || undefined}>
    {mark !== undefined && <span class="wall__mark">{mark}</span>}
    {children}
  </li>
);

/** What an item was made from and where it went, as the sheet says it. */
const Origin = ({ item, minutes }: { item: Item; minutes: Minutes }) => {
  const said = [provenanceOf(item, minutes), destinationOf(item, minutes)].filter((each) => each !== "");
  return said.length === 0 ? null : (
    <p class="wall__origin" lang={minutes.language}>
      {said.join(" · ")}
    </p>
  );
};

/** While the room chooses: how many points each, and how many have. */
const Choosing = ({ pick }: { pick: ItemsSection["pick"] }) =>
  pick?.open ? (
    <p class="wall__choosing">
      <b>{t("pick-choose", { count: pick.size })}</b> {t("pick-voters", { count: pick.voters })}
      {pick.hidden && ` · ${t("pick-hidden")}`}
    </p>
  ) : null;

const Items = ({ section, minutes, fresh }: ShownProps & { section: ItemsSection }) => (
  <>
    <Choosing pick={section.pick} />
    {lanes(section).map(({ group, items }) => (
      <div key={group?.id ?? ""} class="wall__lane">
        {group && (
          <h3 class="wall__group" lang={minutes.language}>
            {group.letter}) {group.text}
          </h3>
        )}
        <ol class="wall__list" role="list">
          {items
            .filter((item) => item.text.trim() !== "")
            .map((item) => (
              <Row key={item.id} fresh={item.id === fresh} mark={markOf(section.marker, item.number)}>
                <div class="wall__words">
                  <StaticProse prose={item.body} lang={minutes.language} />
                  <Origin item={item} minutes={minutes} />
                </div>
                <Votes votes={item.votes} />
              </Row>
            ))}
        </ol>
      </div>
    ))}
  </>
);

const Body = (props: ShownProps): ComponentChildren => {
  const { section, minutes, fresh, phase } = props;
  const { language } = minutes;
  switch (section.kind) {
    case "prose":
      return <StaticProse prose={section.body} lang={language} />;
    case "items":
      return <Items {...props} section={section} />;
    case "fields":
      return (
        <dl class="wall__facts" lang={language}>
          {section.fields
            .filter(({ value }) => value.trim() !== "")
            .map((field) => (
              <div key={field.id} data-fresh={field.id === fresh || undefined}>
                <dt>{field.label}</dt>
                <dd>{fieldText(field, language)}</dd>
              </div>
            ))}
        </dl>
      );
    case "people":
      return (
        <div lang={language}>
          <p class="wall__count">
            {WORDS[language].count}
            {language === "fr" ? "\u00A0: " : ": "}
            <b>{countPeople(section)}</b>
          </p>
          {bySector(section).map(({ sector, people }) => (
            <div key={sector ?? ""} class="wall__lane">
              {sector !== undefined && people.some(isNamed) && <h3 class="wall__group">{sector}</h3>}
              <ul class="wall__list" role="list">
                {people.filter(isNamed).map((person) => (
                  <Row key={person.id} fresh={person.id === fresh}>
                    <span class="wall__words">{personText(person)}</span>
                  </Row>
                ))}
              </ul>
            </div>
          ))}
        </div>
      );
    case "ranking":
      return (
        <ol class="wall__list" role="list" lang={language}>
          {section.ranked.map((item, index) => (
            <Row key={item.id} fresh={item.id === fresh} mark={`${item.place ?? index + 1}.`}>
              <div class="wall__words">
                <StaticProse prose={item.body} lang={language} />
              </div>
              <Votes votes={item.votes} />
            </Row>
          ))}
        </ol>
      );
    case "runsheet":
      return (
        <ol class="wall__list" role="list" lang={language}>
          {section.phases.map((each, index) => (
            <Row key={each.id} fresh={each.id === phase} mark={String(index + 1)}>
              <span class="wall__words">{each.label}</span>
              <span class="wall__votes">{durationText(each.minutes, language)}</span>
            </Row>
          ))}
        </ol>
      );
    case "notice":
      return <p lang={language}>{section.text}</p>;
  }
};

/** A line of prose has no element of its own name: its place among the lines finds it. */
const LINES = "h3, h4, h5, p, .prose__line";

const isEmpty = (section: Section): boolean => {
  if (section.kind === "items") return section.items.every(({ text }) => text.trim() === "");
  if (section.kind === "people") return !section.people.some(isNamed);
  if (section.kind === "ranking") return section.ranked.length === 0;
  if (section.kind === "fields") return section.fields.every(({ value }) => value.trim() === "");
  return section.kind === "prose" && section.body.every(({ spans }) => spans.every(({ text }) => text.trim() === ""));
};

export const Shown = (props: ShownProps) => {
  const { section } = props;
  const { language } = props.minutes;
  const fresh = props.fresh ?? newestRow(section);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const lines = section.kind === "prose" ? box.current?.querySelectorAll(LINES) : undefined;
    const line = lines?.[Number(props.fresh)];
    line?.setAttribute("data-fresh", "true");
    return () => line?.removeAttribute("data-fresh");
  });
  useFit(box, section.id, () => box.current?.querySelector("[data-fresh]") ?? null);
  return (
    <section class="wall__section" aria-labelledby="wall-heading" data-shown={section.id}>
      <h2 id="wall-heading" class="wall__heading" lang={language}>
        {section.heading || t("outline-untitled")}
      </h2>
      <div class="wall__body" ref={box} tabIndex={0} role="group" aria-labelledby="wall-heading">
        <div>
          {isEmpty(section) ? (
            <p class="wall__empty" {...(section.guidance && { lang: language })}>
              {section.guidance ?? t("sections-nothing-yet")}
            </p>
          ) : (
            <Body {...props} fresh={fresh} />
          )}
        </div>
      </div>
    </section>
  );
};
