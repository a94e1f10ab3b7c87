/** The line where items are captured: Enter adds and keeps the focus, a paste of several lines adds several. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { addItem, removeItem } from "../../document/edit/items.ts";
import { LOCAL } from "../../document/listen.ts";
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { isComposing } from "./composing.ts";
import { drafted, useDraft } from "./draft.ts";
import { whenDrawn } from "./drawn.ts";
import { groupHere } from "./group-here.ts";
import { groupName } from "./lanes.ts";
import { MOST_LINES, pastedItems } from "./lines.ts";
import { nounOf } from "./noun.ts";

export interface CaptureLineProps {
  session: Session;
  section: ItemsSection;
}

/** Draws nothing for those who may not write. The order of capture is data: each item keeps its author and time (K5). */
export const CaptureLine: FunctionComponent<CaptureLineProps> = ({ session, section }) => {
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(session, section.id, "item");
  const [wanted, setWanted] = useState<string>();
  const frozen = session.frozen.value;
  if (!session.canWrite.value && !frozen) return null;
  // Until somebody chooses, what is captured stands right above this line: in the last group there is.
  const known = wanted === "" || section.groups.some(({ id }) => id === wanted);
  const here = groupHere(section);
  const group = here?.id ?? (known ? wanted : section.groups.at(-1)?.id) ?? "";

  const add = (texts: readonly string[]): void => {
    const author = session.visitor.value.id;
    const now = session.now().getTime();
    // However fast somebody is, what they capture is taken back one at a time.
    session.undo.stopCapturing();
    const added = session.doc.transact(
      () =>
        texts.map((text, index) => {
          // A millisecond apart: the numbers follow the order of capture.
          const at = new Date(now + index).toISOString();
          return addItem(session.doc, section.id, { text, author, at, ...(group === "" ? {} : { group }) });
        }),
      LOCAL,
    );
    const first = texts[0] ?? "";
    whenDrawn(
      () => document.getElementById(`item-${added.at(-1) ?? ""}`),
      (row) => {
        row.scrollIntoView({ block: "nearest" });
        box.current?.scrollIntoView({ block: "nearest" });
      },
    );
    if (added.length === 1) session.announce(t("items-added", { text: first }));
    if (added.length < 2) return;
    session.notify(t("items-added-several", { count: added.length, noun: nounOf(section, "many") }), () => {
      session.doc.transact(() => {
        for (const id of added) removeItem(session.doc, section.id, id);
      }, LOCAL);
    });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const input = box.current;
    const text = input?.value.trim() ?? "";
    if (!input || text === "" || frozen) return;
    add([text]);
    input.value = "";
    draft.keep("");
    input.focus();
  };
  const paste = (event: ClipboardEvent): void => {
    const input = box.current;
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!input || frozen || pastedItems(pasted).length < 2) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = input;
    const texts = pastedItems(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
    if (texts.length > MOST_LINES) {
      session.notify(t("items-too-many", { count: texts.length, most: MOST_LINES }));
      return;
    }
    add(texts);
    input.value = "";
    draft.keep("");
  };

  return (
    <form class="capture" onSubmit={submit}>
      <textarea
        ref={box}
        class="input capture__text"
        rows={1}
        enterkeyhint="send"
        autocomplete="off"
        readOnly={frozen}
        aria-label={t("items-capture", { heading: section.heading })}
        placeholder={t("items-capture-item", { noun: nounOf(section, "one") })}
        {...drafted(draft)}
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) submit(event);
          // An empty line has nothing of its own to undo: what was just added goes.
          const undoes = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.altKey;
          if (!undoes || frozen || event.currentTarget.value !== "") return;
          event.preventDefault();
          if (event.shiftKey) session.undo.redo();
          else session.undo.undo();
        }}
      />
      {section.groups.length > 0 && !here && (
        <select
          class="input capture__group"
          aria-label={t("items-capture-group")}
          value={group}
          onChange={(event) => setWanted(event.currentTarget.value)}
        >
          <option value="">{t("items-no-group")}</option>
          {section.groups.map((each) => (
            <option key={each.id} value={each.id}>
              {groupName(each)}
            </option>
          ))}
        </select>
      )}
      <button
        type="submit"
        class="button button--primary button--icon capture__add"
        aria-label={t("items-add")}
        disabled={frozen}
      >
        <span aria-hidden="true">↑</span>
      </button>
    </form>
  );
};
