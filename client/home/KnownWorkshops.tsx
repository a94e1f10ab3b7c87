/** The workshops this browser knows: one click leads back in, and leaving the list can be undone. */
import { useRef, useState } from "preact/hooks";
import { language, t } from "../language.ts";
import { useKeptFocus } from "../sections/focus.ts";
import { forgetWorkshop, knownWorkshops, rememberWorkshop, type Known } from "../session/known.ts";

const day = (iso: string): string => {
  const at = new Date(iso);
  const form = new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : "fr", { dateStyle: "long" });
  return Number.isNaN(at.getTime()) ? "" : form.format(at);
};

interface RowProps {
  known: Known;
  onForget: () => void;
}

const Row = ({ known, onForget }: RowProps) => {
  const title = known.title.trim() || t("page-untitled");
  return (
    <li class="known__row" data-row={known.id}>
      <a class="known__link" href={`/w/${encodeURIComponent(known.id)}#${known.link}`}>
        <span class="known__title">{title}</span>
        <span class="soft small">
          {t(`home-capability-${known.capability}`)} · {t("home-known-visited", { date: day(known.visited) })}
        </span>
      </a>
      <button
        type="button"
        class="button button--quiet button--icon"
        title={t("home-known-forget")}
        aria-label={t("home-known-forget-of", { title })}
        onClick={onForget}
      >
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
};

export const KnownWorkshops = () => {
  const [list, setList] = useState(knownWorkshops);
  const [forgotten, setForgotten] = useState<Known>();
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root);

  const forget = (known: Known): void => {
    setForgotten(forgetWorkshop(known.id));
    setList(knownWorkshops());
  };
  const restore = (known: Known): void => {
    rememberWorkshop(known);
    setForgotten(undefined);
    setList(knownWorkshops());
  };

  if (list.length === 0 && !forgotten) return null;
  return (
    <section class="known" ref={root} aria-labelledby="known-heading">
      <h2 id="known-heading">{t("home-known")}</h2>
      <p class="soft small">{t("home-known-hint")}</p>
      <div role="status">
        {forgotten && (
          <p class="warning known__undo">
            {t("home-known-forgotten", { title: forgotten.title.trim() || t("page-untitled") })}{" "}
            <button type="button" class="button" onClick={() => restore(forgotten)}>
              {t("home-known-undo")}
            </button>
          </p>
        )}
      </div>
      <ul class="known__list" role="list">
        {list.map((known) => (
          <Row key={known.id} known={known} onForget={() => forget(known)} />
        ))}
      </ul>
    </section>
  );
};
