/** Types words into an editor as a hand would: signs of Markdown become kinds, Enter does what Enter does there. */
import type { EditorView } from "@tiptap/pm/view";

const typeOne = (view: EditorView, letter: string): void => {
  const { from, to } = view.state.selection;
  const plain = () => view.state.tr.insertText(letter, from, to);
  if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, plain))) view.dispatch(plain());
};

/** At the caret; what was typed while the editor was still on its way. */
export const typeInto = (view: EditorView, words: string): void => {
  for (const letter of words) {
    if (letter !== "\n") typeOne(view, letter);
    else view.someProp("handleKeyDown", (handle) => handle(view, new KeyboardEvent("keydown", { key: "Enter" })));
  }
};
