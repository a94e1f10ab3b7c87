/** The sheet of paper: what stands above the title, the title, the sections; on a phone one section at a time. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { titleOf } from "../../document/layout.ts";
import type { Section } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { t } from "../language.ts";
import { AddSection } from "../sections/AddSection.tsx";
import { SectionView } from "../sections/SectionView.tsx";
import type { Session } from "../session/session.ts";
import { goToSection, isNarrow, neighbour, placeIn, trackPlace } from "./place.ts";
import { SheetGlossary } from "./SheetGlossary.tsx";
import { watchSwipes } from "./swipe.ts";

/** Beyond so many rows or lines a section is long. */
const LONG = 60;

const isLong = (section: Section): boolean =>
  (section.kind === "items" && section.items.length > LONG) || (section.kind === "prose" && section.body.length > LONG);

/** Everything is about to be printed. */
const printing = signal(false);
addEventListener("beforeprint", () => (printing.value = true));

/**
 * Which sections stand on the sheet. A phone shows one at a time: a long one is drawn when somebody first goes there, and
 * stays. Whoever opens the page would wait for three hundred rows that are not in sight.
 */
const useDrawn = (current: string | undefined): ((section: Section) => boolean) => {
  const drawn = useRef(new Set<string>()).current;
  return (section) => {
    if (section.id === current || !isNarrow() || printing.value || !isLong(section)) drawn.add(section.id);
    return drawn.has(section.id);
  };
};

export const Sheet = ({ session }: { session: Session }) => {
  const sheet = useRef<HTMLElement>(null);
  const { subtitle, title, sections, language } = session.minutes.value;
  const current = placeIn(sections);
  const isDrawn = useDrawn(current);

  useEffect(() => {
    const element = sheet.current;
    if (!element) return undefined;
    const stops = [
      trackPlace(session, element),
      watchSwipes(element, (step) => {
        const next = isNarrow() && neighbour(session.minutes.peek().sections, step);
        if (next) goToSection(next);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [session]);

  return (
    <main id="main" class="sheet paper" tabIndex={-1} ref={sheet} data-sheet>
      <div class={`paper__head ${current === sections[0]?.id ? "" : "paper--away"}`}>
        {subtitle && (
          <p class="overline" lang={language}>
            {subtitle}
          </p>
        )}
        <h1 class="paper__title">
          {session.ready.value ? (
            <RichText
              session={session}
              text={titleOf(session.doc)}
              place="title"
              label={t("sheet-title")}
              placeholder={t("page-untitled")}
              oneLine
            />
          ) : (
            <span lang={language}>{title || t("page-untitled")}</span>
          )}
        </h1>
      </div>
      {sections.map((section) => (
        <div
          key={section.id}
          class={section.id === current ? "paper__slot" : "paper__slot paper--away"}
          data-section={section.id}
        >
          {isDrawn(section) && <SectionView session={session} section={section} />}
        </div>
      ))}
      <SheetGlossary session={session} away={current !== sections.at(-1)?.id} />
      <AddSection session={session} />
    </main>
  );
};
