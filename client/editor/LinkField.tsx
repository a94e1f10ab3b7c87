/** Where the address of a link is written: for the selected words, or for the link the caret stands in. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MarkType } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { isLinkable } from "../../minutes/address.ts";
import { t } from "../language.ts";
import { schema } from "./schema.ts";

const type = schema.marks["link"] as MarkType;

/** The selected range, or the whole link around an empty selection. */
const reachOf = (state: EditorState): { from: number; to: number; href: string } => {
  const { $from, from, to, empty } = state.selection;
  let [start, end, href] = [from, to, ""];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    const link = type.isInSet(node.marks);
    if (!link || from < at || from > at + node.nodeSize) return;
    href = String(link.attrs["href"]);
    if (empty) [start, end] = [at, at + node.nodeSize];
  });
  return { from: start, to: end, href };
};

/** What people mean by `example.org`. */
const complete = (typed: string): string => {
  const address = typed.trim();
  if (isLinkable(address)) return address;
  if (/^[^\s@/]+@[^\s@]+\.[^\s@]+$/u.test(address)) return `mailto:${address}`;
  return /^[^\s:/]+\.[^\s]+$/u.test(address) ? `https://${address}` : address;
};

export const LinkField: FunctionComponent<{ view: EditorView; close: () => void }> = ({ view, close }) => {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const { from, to, href } = reachOf(view.state);
  useEffect(() => input.current?.focus(), []);
  const apply = (event: Event): void => {
    event.preventDefault();
    const address = complete(input.current?.value ?? "");
    if (address !== "" && !isLinkable(address)) return setWrong(true);
    const { tr } = view.state;
    if (from === to && address !== "") tr.insert(from, schema.text(address, [type.create({ href: address })]));
    else if (address === "") tr.removeMark(from, to, type);
    else tr.addMark(from, to, type.create({ href: address }));
    view.dispatch(tr);
    close();
    view.focus();
  };
  return (
    <form class="toolbar__link" onSubmit={apply}>
      <input
        ref={input}
        class="input"
        type="text"
        inputMode="url"
        autocomplete="off"
        defaultValue={href}
        aria-label={t("editor-link-address")}
        aria-invalid={wrong}
        placeholder="https://"
        onInput={() => setWrong(false)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          close();
          view.focus();
        }}
      />
      <button type="submit" class="button">
        {t("editor-link-apply")}
      </button>
      {wrong && <p class="field__mistake">{t("editor-link-wrong")}</p>}
    </form>
  );
};
