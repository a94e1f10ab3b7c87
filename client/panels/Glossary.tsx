/** The glossary: what words and acronyms mean, written by hand, with the acronyms that nobody has explained yet. */
import { useComputed } from "@preact/signals";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { addTerm, hideTerm, setTerm } from "../../document/edit/glossary.ts";
import { explained, unexplained, type Unexplained } from "../../minutes/glossary.ts";
import type { Term } from "../../minutes/value.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { drafted, useDraft } from "../sections/draft.ts";
import { useKeptFocus } from "../sections/focus.ts";
import { asFields } from "../sections/held.ts";
import { TermList } from "../sections/SectionTerms.tsx";
import { SharedInput } from "../sections/SharedInput.tsx";
import { usePart } from "../sections/steady.ts";
import type { Session } from "../session/session.ts";
import { wantedTerm } from "./explaining.ts";

/** The fewest that are shown before one asks for the rest. */
const FEW = 12;

const AddTerm = ({ session, word }: { session: Session; word: string }) => {
  const id = useId();
  const term = useRef<HTMLInputElement>(null);
  const meaning = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const drafts = { term: useDraft(session, "glossary", "term"), meaning: useDraft(session, "glossary", "meaning") };
  const held = !session.canWrite.value;
  const lang = session.minutes.value.language;
  const first = useRef(true);
  useEffect(() => {
    // The dialog gives the focus to whatever asks for it when it opens; a word that is chosen later takes it itself.
    const opening = first.current;
    first.current = false;
    if (opening || !term.current || word === "") return;
    term.current.value = word;
    drafts.term.keep(word);
    meaning.current?.focus();
  }, [word]);

  const add = (event: Event): void => {
    event.preventDefault();
    if (held || !term.current || !meaning.current) return;
    const entry = { term: term.current.value.trim(), meaning: meaning.current.value.trim() };
    const empty = [term.current, meaning.current].find((box) => box.value.trim() === "");
    setMissing(empty !== undefined);
    if (empty) return empty.focus();
    session.undo.stopCapturing();
    addTerm(session.doc, entry);
    session.announce(t("glossary-added", { term: entry.term }));
    wantedTerm.value = "";
    term.current.value = "";
    meaning.current.value = "";
    for (const draft of Object.values(drafts)) draft.keep("");
    term.current.focus();
  };
  const mistake = missing ? `${id}-mistake` : undefined;
  return (
    <form class="glossary__add" onSubmit={add} noValidate>
      <label class="field">
        <span class="field__label">{t("glossary-term")}</span>
        <input
          ref={term}
          {...drafted(drafts.term)}
          {...(wantedTerm.peek() && { defaultValue: wantedTerm.peek() })}
          class="input"
          lang={lang}
          readOnly={held}
          autocomplete="off"
          required
          autofocus={wantedTerm.peek() === ""}
          aria-describedby={mistake}
        />
      </label>
      <label class="field">
        <span class="field__label">{t("glossary-meaning")}</span>
        <input
          ref={meaning}
          {...drafted(drafts.meaning)}
          class="input"
          lang={lang}
          readOnly={held}
          autocomplete="off"
          required
          autofocus={wantedTerm.peek() !== ""}
          aria-describedby={mistake}
        />
      </label>
      {missing && (
        <p class="field__mistake" id={mistake} role="alert">
          {t("glossary-missing")}
        </p>
      )}
      <button type="submit" class="button button--primary" aria-disabled={held || undefined}>
        {t("glossary-add")}
      </button>
    </form>
  );
};

const Suggestions = ({ session, words }: { session: Session; words: readonly Unexplained[] }) => (
  <>
    <h3 class="overline">{t("glossary-suggested")}</h3>
    <ul class="glossary__suggested">
      {words.slice(0, FEW).map(({ word, where }) => (
        <li key={word}>
          <button type="button" class="button" onClick={() => (wantedTerm.value = word)}>
            {t("glossary-explain", { term: word })}
          </button>
          <span class="soft small">{where && t("people-in", { section: where })}</span>
          <button
            type="button"
            class="button button--quiet button--small"
            aria-label={t("glossary-known-of", { term: word })}
            aria-disabled={!session.canWrite.value || undefined}
            onClick={() => session.canWrite.peek() && addTerm(session.doc, { term: word, meaning: "" })}
          >
            {t("glossary-known")}
          </button>
        </li>
      ))}
    </ul>
  </>
);

const Row = ({ session, entry, removed }: { session: Session; entry: Term; removed: (entry: Term) => void }) => (
  <li class="glossary__one">
    <label class="field">
      <span class="field__label" lang={session.minutes.value.language}>
        {entry.term}
      </span>
      <SharedInput
        session={session}
        class="input"
        shape="wrap"
        value={entry.meaning}
        placeholder={t("glossary-no-meaning")}
        parse={(text) => text.trim()}
        save={(meaning) => setTerm(session.doc, entry.id, "meaning", meaning)}
      />
    </label>
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-label={t("glossary-remove", { term: entry.term })}
      aria-disabled={!session.canWrite.value || undefined}
      onClick={() => {
        if (!session.canWrite.peek()) return;
        hideTerm(session.doc, entry.id, true);
        removed(entry);
      }}
    >
      <span aria-hidden="true">×</span>
    </button>
  </li>
);

/** Everybody reads it; whoever writes minutes writes it as well. */
export const Glossary = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const entries = usePart(session, ({ glossary = [] }) => glossary);
  const words = useComputed(() => unexplained(session.minutes.value)).value;
  const [gone, setGone] = useState<Term>();
  const back = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  // The row that had the focus is gone: it goes to the way back.
  useEffect(() => back.current?.focus(), [gone]);
  const { language } = session.minutes.value;
  if (!asFields(session)) {
    const terms = explained({ glossary: entries, language });
    return (
      <Dialog heading={t("glossary-heading")} onClose={onClose}>
        {terms.length === 0 ? <p class="soft">{t("glossary-empty")}</p> : <TermList terms={terms} lang={language} />}
      </Dialog>
    );
  }
  return (
    <Dialog heading={t("glossary-heading")} onClose={onClose}>
      <div class="glossary" ref={root}>
        <p class="soft">{t("glossary-lead")}</p>
        <AddTerm session={session} word={wantedTerm.value} />
        {words.length > 0 && <Suggestions session={session} words={words} />}
        {gone && (
          <p class="glossary__gone" role="status">
            {t("glossary-removed", { term: gone.term })}{" "}
            <button
              ref={back}
              type="button"
              class="button button--small"
              onClick={() => {
                hideTerm(session.doc, gone.id, false);
                setGone(undefined);
              }}
            >
              {t("notices-undo")}
            </button>
          </p>
        )}
        {entries.length > 0 && (
          <>
            <h3 class="overline">{t("glossary-all")}</h3>
            <ul class="glossary__all">
              {entries.map((entry) => (
                <Row key={entry.id} session={session} entry={entry} removed={setGone} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
};
