/** The reading page: the minutes complete without a script, kept up to date with one. */
import { FORMATS } from "../../minutes/formats/format.ts";
import { html as article } from "../../minutes/formats/html.ts";
import type { Place } from "../../minutes/formats/place.ts";
import type { Language, Minutes } from "../../minutes/value.ts";
import { words } from "./language.ts";
import { html, pathPart, rendered, type Markup } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface ReadingPage extends Setting {
  minutes: Minutes;
  /** What the closing notice may tell readers; never a writing address. */
  place?: Place;
  /** The secret of the read link, as it stands in the address. */
  secret: string;
  started: Date;
  /** When something was saved last; never later than what `minutes` hold. */
  changed: Date;
}

/** Sooner than that it says the same as the start. */
const MINUTE_MS = 60_000;

/** By the clock of the server, as the minutes themselves are dated. */
const moment = (at: Date, language: Language): Markup => {
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    dateStyle: "long",
    timeStyle: "short",
  });
  return html`<time datetime="${at.toISOString()}">${form.format(at).replaceAll("\u202F", "\u00A0")}</time>`;
};

/** For /r/<secret>. The document keeps its own language inside an interface that may speak another. */
export const readingPage = (page: ReadingPage): string => {
  const { language, assets, minutes, place, secret, started, changed } = page;
  const t = words(language);
  const address = `/r/${pathPart(secret)}`;
  const main = html`<header class="reading__head">
      <p class="state state--${minutes.state}">${t(`state-${minutes.state}`)}</p>
      <p class="soft small">${t("reading-page-started")} ${moment(started, language)}</p>
      ${changed.getTime() - started.getTime() >= MINUTE_MS && html`<p class="soft small reading__changed">${t("reading-page-changed")} ${moment(changed, language)}</p>`}
    </header>
    <div class="sheet minutes-sheet">${rendered(article(minutes, place))}</div>
    <p class="reading__projector"><a href="${address}/projector">${t("reading-page-projector")}</a></p>
    <nav class="reading__exports" aria-label="${t("reading-page-exports")}">
      <h2 class="overline">${t("reading-page-exports")}</h2>
      <ul class="buttons" role="list">
        ${[...FORMATS.keys()].map(
          (format) =>
            html`<li>
              <a class="button" href="${address}/minutes.${format}" download>${t(`reading-page-format-${format}`)}</a>
            </li>`,
        )}
      </ul>
    </nav>
    <p
      id="reading-status"
      class="unseen"
      role="status"
      data-changes="${address}/changes?since=${changed.getTime()}"
      data-updated="${t("reading-page-updated")}"
    ></p>`;
  const title = minutes.title.trim() || t("page-untitled");
  return framed({ language, assets, title: t("title-reading", { title }), main, layout: "reading", script: "reading" });
};
