/** Leaves it to the browser to bring into sight what it has itself typed: ProseMirror measures all that scrolls around the line, at each key. */
import { Plugin } from "@tiptap/pm/state";

const TYPED = new Set(["insertText", "insertCompositionText"]);
/** What the browser types reaches the state in the same turn, however long that takes on a slow device. */
const SOON = 1_000;

/** The plugin that sees to it. What commands, pastes and other keys change is brought into sight as ever. */
export const reveal = (): Plugin => {
  let typed = -SOON;
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: () => {
          typed = -SOON;
          return false;
        },
        beforeinput: (_, { inputType }) => {
          if (TYPED.has(inputType)) typed = performance.now();
          return false;
        },
      },
      handleScrollToSelection: () => {
        const byBrowser = performance.now() - typed < SOON;
        typed = -SOON;
        return byBrowser;
      },
    },
  });
};
