/** What stands on the page already and works as soon as the stay is here: buttons, boxes, texts. */
import type { ComponentChildren } from "preact";
import { isBlank } from "../../minutes/plain.ts";
import type { Language, Prose } from "../../minutes/value.ts";
import { StaticProse } from "../editor/StaticProse.tsx";

interface LaterProps {
  children: ComponentChildren;
  class: string;
  label?: string;
  /** It opens a list, and stands where that list will. */
  menu?: boolean;
}

/** A button that nothing comes of yet. */
export const Later = ({ children, class: look, label, menu }: LaterProps) => {
  const button = (
    <button
      type="button"
      class={`button button--later ${look}`}
      aria-disabled="true"
      aria-label={label}
      aria-haspopup={menu ? "menu" : undefined}
    >
      {label === undefined ? children : <span aria-hidden="true">{children}</span>}
    </button>
  );
  return menu ? <span class="menu">{button}</span> : button;
};

/** The handle of a row. */
export const Handle = ({ label }: { label: string }) => (
  <Later menu label={label} class="button--quiet button--icon menu__button menu__button--handle">
    ⠿
  </Later>
);

interface BoxProps {
  value?: string;
  class?: string;
  label?: string;
  id?: string;
  placeholder?: string;
  lang?: Language;
  /** As `SharedInput`: more than one line high where that is needed. */
  shape?: "wrap" | undefined;
}

/** A box with what stands in it; it takes nothing before somebody keeps it. */
export const Box = ({ value = "", class: look = "", label, id, placeholder, lang, shape }: BoxProps) => {
  const common = { id, lang, class: look, placeholder, value, readOnly: true, "aria-label": label };
  return shape ? <textarea {...common} rows={1} /> : <input {...common} type="text" />;
};

interface TextProps {
  prose: Prose;
  lang: Language;
  placeholder?: string;
  oneLine?: boolean;
}

/** A rich text that nobody can wake yet. */
export const Text = ({ prose, lang, placeholder, oneLine }: TextProps) => (
  <div class={`rich-text${oneLine ? " rich-text--line" : ""}`}>
    <div class="rich-text__still">
      {placeholder && isBlank(prose) ? (
        <p class="rich-text__hint">{placeholder}</p>
      ) : (
        <StaticProse prose={prose} lang={lang} />
      )}
    </div>
    <div class="rich-text__host" lang={lang} />
  </div>
);
