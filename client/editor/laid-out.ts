/** Lays out the lines a caret is put to at once: browsers do so with the next frame, and what is typed before stands elsewhere. */
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** Changes what ProseMirror has drawn without its reading all of it again. */
const quietly = (view: EditorView, change: () => void): void => {
  const { domObserver } = view as unknown as { domObserver: { stop: () => void; start: () => void } };
  domObserver.stop();
  change();
  domObserver.start();
};

const chunkAround = (view: EditorView): HTMLElement | null => {
  const { node } = view.domAtPos(view.state.selection.head);
  return (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(".chunk") ?? null;
};

/** The plugin that sees to it, for the chunk in which the caret stands and no other (E13). */
export const laidOut = (): Plugin =>
  new Plugin({
    view: () => {
      let shown: HTMLElement | undefined;
      let number: unknown;
      return {
        update: (view) => {
          const now: unknown = view.state.selection.$head.node(1)?.marks[0]?.attrs["number"];
          if (now === number) return;
          number = now;
          const chunk = chunkAround(view);
          quietly(view, () => {
            shown?.style.removeProperty("content-visibility");
            chunk?.style.setProperty("content-visibility", "visible");
          });
          shown = chunk ?? undefined;
        },
      };
    },
  });
