/** Wakes one editor on one text: Tiptap with our schema, our binding and our keys, and nothing of its own. */
import { Editor, Extension, Node, type JSONContent } from "@tiptap/core";
import { Plugin, type EditorState } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { anchorLine } from "./anchor.ts";
import { Binding, startOf } from "./binding.ts";
import { carets } from "./carets.ts";
import { hosts } from "./hosts.ts";
import { keys, type Around } from "./keys.ts";
import { laidOut } from "./laid-out.ts";
import { numbers } from "./numbers.ts";
import { paste } from "./paste.ts";
import { isPlain } from "./plain.ts";
import { lineByLine } from "./redrawing.ts";
import { reveal } from "./reveal.ts";
import { attributesOf, schema } from "./schema.ts";
import { shortcuts } from "./shortcuts.ts";
import { rememberSelection } from "./undo.ts";

export interface Wanted {
  session: Pick<Session, "awareness" | "undo" | "canWrite" | "notify">;
  text: Y.Text;
  place: string;
  label: string;
  oneLine: boolean;
  hint: string;
  element: HTMLElement;
  /** Where the lines stand on the page, as they are read: what is far from the screen takes that room. */
  topOf?: (line: number) => number;
  leave: () => void;
  link: () => void;
  /** After every transaction: what the toolbar shows may have changed. */
  changed: (state: EditorState) => void;
}

export interface Mounted {
  view: EditorView;
  binding: Binding;
  destroy: () => void;
}

/** Tiptap makes a schema for each editor: of as little as it takes, for ours is another. */
const NODES = [Node.create({ name: "doc", topNode: true, content: "text*" }), Node.create({ name: "text" })];

/** Mounts an editor in `element`, without giving it the focus. */
export const mountEditor = (wanted: Wanted): Mounted => {
  const { session, text, place, oneLine } = wanted;
  const binding = new Binding(text);
  const plain = isPlain(place);
  const around: Around = {
    undo: () => {
      // What waits for the end of a composition is shown first, so that undo meets the text as it stands.
      binding.release();
      session.undo.undo();
    },
    redo: () => {
      binding.release();
      session.undo.redo();
    },
    leave: wanted.leave,
    link: wanted.link,
  };
  const refuse = (): void => session.notify(t("editor-paste-too-large"));
  const editor = new Editor({
    element: wanted.element,
    extensions: [
      ...NODES,
      Extension.create({
        name: "minutier",
        addProseMirrorPlugins: () => [
          binding.plugin(),
          carets(binding, session.awareness, place),
          numbers(wanted.hint),
          ...(plain ? [] : [hosts()]),
          ...(plain ? [] : [shortcuts(oneLine)]),
          keys(around, oneLine, plain),
          paste({ oneLine, plain, refuse }),
          boxes,
          lineByLine(),

          laidOut(),
          reveal(),
        ],
      }),
    ],
    // As it is, though Tiptap's types know only of its JSON: the lines of a chunk share one mark, which is compared at a glance.
    content: startOf(text, wanted.topOf) as unknown as JSONContent,
    injectCSS: false,
    enableCoreExtensions: false,
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      editable: () => session.canWrite.peek(),
      attributes: {
        "aria-label": wanted.label,
        "aria-multiline": String(!oneLine),
        class: "prose prose--editing",
        translate: "no",
      },
    },
    // One schema for all editors, so that what one has made fits into another.
    onBeforeCreate: ({ editor: made }) => {
      made.schema = schema;
    },
    onTransaction: ({ editor: { state } }) => wanted.changed(state),
  });
  const { view } = editor;
  const stops = [
    anchorLine(view, text.doc),
    rememberSelection(session.undo, binding, () => binding.standing(view.state.selection)),
    session.canWrite.subscribe(() => view.setProps({})),
  ];
  return {
    view,
    binding,
    destroy: () => {
      for (const stop of stops) stop();
      editor.destroy();
    },
  };
};

/** The boxes of tasks, which a press ticks. */
const boxes = new Plugin({
  props: {
    handleDOMEvents: {
      click: (view, event) => {
        const box = event.target;
        if (!(box instanceof HTMLInputElement) || !view.editable) return false;
        event.preventDefault();
        const $words = view.state.doc.resolve(view.posAtDOM(box.nextElementSibling ?? box, 0));
        view.dispatch(
          view.state.tr.setNodeAttribute($words.before(1), "checked", !attributesOf($words.parent).checked),
        );
        return true;
      },
    },
  },
});
