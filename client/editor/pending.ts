/** A move of the caret that the browser has made already and told nobody yet: an arrow key, a press. */
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/**
 * The selection that stands on the screen, when the editor does not know of it yet. Whatever is drawn from outside puts
 * the selection back where the editor believes it to be, so what comes from others must take this one along (E2).
 */
export const pendingSelection = (view: EditorView): TextSelection | undefined => {
  const { selection, doc } = view.state;
  if (view.isDestroyed || view.composing || !view.hasFocus() || !(selection instanceof TextSelection)) return undefined;
  const shown = view.dom.ownerDocument.getSelection();
  if (!shown?.anchorNode || !shown.focusNode) return undefined;
  if (!view.dom.contains(shown.anchorNode) || !view.dom.contains(shown.focusNode)) return undefined;
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset);
  const head = view.posAtDOM(shown.focusNode, shown.focusOffset);
  if (anchor === selection.anchor && head === selection.head) return undefined;
  if (Math.min(anchor, head) < 0 || Math.max(anchor, head) > doc.content.size) return undefined;
  const found = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
  return found instanceof TextSelection && !found.eq(selection) ? found : undefined;
};
