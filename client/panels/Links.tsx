/** The links of a workshop, for those who manage it: what each allows, to whom it was given, a way to withdraw it. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { CAPABILITIES, type Capability, type LinkAnswer } from "../../document/session.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useKeptFocus } from "../sections/focus.ts";
import { attempt } from "./attempt.ts";
import { Copyable } from "./Copyable.tsx";

const Link = ({ link, onWithdraw }: { link: LinkAnswer; onWithdraw: () => void }) => {
  // One person who comes in on several devices is several visitors.
  const who = [...new Set(link.visitors.map((visitor) => visitor.name).filter(Boolean))];
  const label = link.label || t(link.personal ? "links-personal" : `links-${link.capability}`);
  return (
    <li class="links__one" data-row={link.id}>
      {link.address === null ? (
        <p class="soft">
          <s>{label}</s> {t("links-withdrawn")}
        </p>
      ) : (
        <>
          <Copyable
            label={link.label ? `${label} · ${t(`links-${link.capability}`)}` : label}
            value={link.address}
            {...(who.length > 0 ? { hint: t("links-used", { names: who.join(", ") }) } : {})}
          />
          <button
            type="button"
            class="button button--quiet button--danger"
            aria-label={t("links-withdraw-one", { label })}
            onClick={onWithdraw}
          >
            {t("links-withdraw")}
          </button>
        </>
      )}
    </li>
  );
};

const Give = ({ onGive }: { onGive: (capability: Capability, label: string) => void }) => {
  const id = useId();
  const [capability, setCapability] = useState<Capability>("write");
  const [label, setLabel] = useState("");
  return (
    <form
      class="form links__give"
      onSubmit={(event) => {
        event.preventDefault();
        onGive(capability, label.trim());
        setLabel("");
      }}
    >
      <div class="field">
        <label class="field__label" for={`${id}-label`}>
          {t("links-label")}
        </label>
        <input
          class="input"
          id={`${id}-label`}
          maxLength={80}
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label class="field__label" for={`${id}-capability`}>
          {t("links-capability")}
        </label>
        <select
          class="input"
          id={`${id}-capability`}
          value={capability}
          onChange={(event) =>
            setCapability(CAPABILITIES.find((each) => each === event.currentTarget.value) ?? "write")
          }
        >
          {CAPABILITIES.map((each) => (
            <option key={each} value={each}>
              {t(`links-${each}`)}
            </option>
          ))}
        </select>
      </div>
      <button class="button">{t("links-give")}</button>
    </form>
  );
};

/** Asks the server for the list each time it is shown: links are given and withdrawn by others too. */
export const Links = ({ session }: { session: Session }) => {
  const [links, setLinks] = useState<readonly LinkAnswer[]>();
  const root = useRef<HTMLDetailsElement>(null);
  useKeptFocus(root);
  const ask = (method: string, path: string, body?: unknown): Promise<Response | undefined> =>
    attempt(session, () => session.request(method, path, body));
  const load = async (): Promise<void> => {
    const answer = await ask("GET", "/links");
    if (!answer) return;
    const given = (await answer.json()) as LinkAnswer[];
    const rank = ({ capability }: LinkAnswer): number => -CAPABILITIES.indexOf(capability);
    setLinks(given.toSorted((a, b) => Number(a.personal) - Number(b.personal) || rank(a) - rank(b)));
  };
  useEffect(() => void load(), [session]);

  const give = async (capability: Capability, label: string): Promise<void> => {
    if (await ask("POST", "/links", { capability, ...(label ? { label } : {}) })) await load();
  };
  const withdraw = async ({ id, capability, label }: LinkAnswer): Promise<void> => {
    if (!(await ask("DELETE", `/links/${encodeURIComponent(id)}`))) return;
    await load();
    // A withdrawn address stays dead; the way back is another one with the same right.
    session.notify(t("links-withdrawn-said"), () => void give(capability, label));
  };

  return (
    <details class="more" ref={root}>
      <summary>{t("links-heading")}</summary>
      <p class="soft small">{t("links-hint")}</p>
      {links === undefined ? (
        <p role="status">{t("links-loading")}</p>
      ) : (
        <ul class="links">
          {links.map((link) => (
            <Link key={link.id} link={link} onWithdraw={() => void withdraw(link)} />
          ))}
        </ul>
      )}
      <Give onGive={(capability, label) => void give(capability, label)} />
    </details>
  );
};
