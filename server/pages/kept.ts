/** What this server keeps of people: what, where, how long, and whom to ask. */
import { words } from "./language.ts";
import { html, type Markup } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface KeptPage extends Setting {
  /** Where people reach this server. */
  origin: string;
  /** Whom to ask, as the host has said; absent: whoever gave the address. */
  contact?: string;
}

/** What is told, in this order: a heading and a paragraph each. */
const PARTS = ["minutes", "person", "technical", "device", "where", "long", "rights", "ask"] as const;

/** An address as a link, anything else as words. */
const contactOf = (contact: string): Markup => {
  if (/^https?:\/\/\S+$/.test(contact)) return html`<a href="${contact}" rel="noreferrer">${contact}</a>`;
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return html`<a href="mailto:${contact}">${contact}</a>`;
  return html`${contact}`;
};

/** For /privacy. */
export const keptPage = ({ language, assets, origin, contact }: KeptPage): string => {
  const t = words(language);
  const main = html`<div class="card">
    <h1>${t("kept-title")}</h1>
    <p>${t("kept-lead")}</p>
    ${PARTS.map(
      (part) =>
        html`<h2>${t(`kept-${part}`)}</h2>
          <p>${t(`kept-${part}-text`, { origin })}</p>`,
    )}
    <p>${contact === undefined ? t("kept-ask-anybody") : contactOf(contact)}</p>
  </div>`;
  return framed({ language, assets, title: t("kept-title"), main, layout: "narrow" });
};
