/** The small toolbar above a text that is being written: one stop for Tab, arrows within it. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Command, EditorState } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { MarkKey } from "../../document/text/attributes.ts";
import type { BlockKind } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { isKind, toggleKind } from "./commands.ts";
import { mark } from "./keys.ts";
import { LinkField } from "./LinkField.tsx";
import { schema } from "./schema.ts";

interface Tool {
  key: string;
  sign: string;
  active: (state: EditorState) => boolean;
  command?: Command;
}

const hasMark = (state: EditorState, key: MarkKey): boolean => {
  const type = schema.marks[key];
  const { from, to, empty, $from } = state.selection;
  if (!type) return false;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
};

const markTool = (key: MarkKey, sign: string): Tool => ({
  key,
  sign,
  active: (state) => hasMark(state, key),
  command: mark(key),
});

const kindTool = (key: BlockKind, sign: string, level?: number): Tool => ({
  key,
  sign,
  active: (state) => isKind(state, key, level),
  command: toggleKind(key, level),
});

const LINK: Tool = { key: "link", sign: "↗", active: (state) => hasMark(state, "link") };

const MARK_TOOLS: readonly Tool[] = [markTool("bold", "B"), markTool("italic", "I"), LINK];
const TOOLS: readonly Tool[] = [
  markTool("bold", "B"),
  markTool("italic", "I"),
  kindTool("bullet", "•"),
  kindTool("number", "1."),
  kindTool("heading", "H", 1),
  kindTool("task", "☐"),
  kindTool("quote", "”"),
  LINK,
];

/** Which tools are pressed at a selection, as one word: while it stays, the toolbar need not be drawn again. */
export const pressedAt = (state: EditorState): string =>
  TOOLS.map(({ active }) => (active(state) ? "1" : "0")).join("");

interface ToolbarProps {
  view: EditorView;
  label: string;
  oneLine: boolean;
  linking: boolean;
  setLinking: (linking: boolean) => void;
}

export const Toolbar: FunctionComponent<ToolbarProps> = ({ view, label, oneLine, linking, setLinking }) => {
  const row = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const tools = oneLine ? MARK_TOOLS : TOOLS;
  const move = (event: KeyboardEvent): void => {
    const last = tools.length - 1;
    const next = {
      ArrowRight: current === last ? 0 : current + 1,
      ArrowLeft: current === 0 ? last : current - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "Escape") view.focus();
    else if (next === undefined) return;
    else {
      setCurrent(next);
      row.current?.querySelectorAll("button")[next]?.focus();
    }
    event.preventDefault();
  };
  const use = (tool: Tool): void => {
    if (!tool.command) return setLinking(!linking);
    tool.command(view.state, view.dispatch);
    view.focus();
  };
  return (
    <div class="toolbar">
      <div class="toolbar__float">
        <div ref={row} class="toolbar__row" role="toolbar" aria-label={t("editor-toolbar", { label })} onKeyDown={move}>
          {tools.map((tool, i) => (
            <button
              key={tool.key}
              type="button"
              class={`toolbar__button toolbar__button--${tool.key}`}
              aria-label={t(`editor-${tool.key}`)}
              title={t(`editor-${tool.key}`)}
              aria-pressed={tool.active(view.state)}
              tabIndex={i === current ? 0 : -1}
              // The selection stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onFocus={() => setCurrent(i)}
              onClick={() => use(tool)}
            >
              <span aria-hidden="true">{tool.sign}</span>
            </button>
          ))}
        </div>
        {linking && <LinkField view={view} close={() => setLinking(false)} />}
      </div>
    </div>
  );
};
