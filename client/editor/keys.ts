/** Which key does what in an editor; none of them keeps the keyboard from leaving it. */
import { chainCommands, deleteSelection, toggleMark } from "@tiptap/pm/commands";
import { undoInputRule } from "@tiptap/pm/inputrules";
import { keymap } from "@tiptap/pm/keymap";
import type { MarkType } from "@tiptap/pm/model";
import type { Command, Plugin } from "@tiptap/pm/state";
import type { MarkKey } from "../../document/text/attributes.ts";
import { breakLine, indentLists, joinBackward, joinForward, toggleKind, toggleTask } from "./commands.ts";
import { schema } from "./schema.ts";

/** What keys ask of the page around the editor. */
export interface Around {
  undo(): void;
  redo(): void;
  /** Puts the focus back on the page; Escape does it, so that Tab can go on from there. */
  leave(): void;
  /** Opens the field for an address. */
  link(): void;
}

export const mark = (key: MarkKey): Command => toggleMark(schema.marks[key] as MarkType);

const does =
  (act: () => void): Command =>
  (_state, dispatch) => {
    if (dispatch) act();
    return true;
  };

const nothing: Command = () => true;

/** The keys; `plain` texts have no marks, and on one line Enter leaves. */
export const keys = (around: Around, oneLine: boolean, plain: boolean): Plugin => {
  const always: Record<string, Command> = {
    Backspace: chainCommands(undoInputRule, deleteSelection, joinBackward),
    "Mod-Backspace": chainCommands(deleteSelection, joinBackward),
    Delete: chainCommands(deleteSelection, joinForward),
    "Mod-Delete": chainCommands(deleteSelection, joinForward),
    "Mod-z": does(() => around.undo()),
    "Shift-Mod-z": does(() => around.redo()),
    "Mod-y": does(() => around.redo()),
    Escape: does(() => around.leave()),
  };
  const marks: Record<string, Command> = plain
    ? { "Mod-b": nothing, "Mod-i": nothing, "Mod-u": nothing }
    : {
        "Mod-b": mark("bold"),
        "Mod-i": mark("italic"),
        "Mod-u": nothing,
        "Mod-Shift-x": mark("strike"),
        "Mod-e": mark("code"),
        "Mod-k": does(() => around.link()),
      };
  const lines: Record<string, Command> = oneLine
    ? { Enter: does(() => around.leave()), "Shift-Enter": nothing }
    : {
        Enter: breakLine,
        "Shift-Enter": breakLine,
        "Mod-Enter": toggleTask,
        Tab: indentLists(1),
        "Shift-Tab": indentLists(-1),
        "Mod-Alt-0": toggleKind("paragraph"),
        "Mod-Alt-1": toggleKind("heading", 1),
        "Mod-Alt-2": toggleKind("heading", 2),
        "Mod-Alt-3": toggleKind("heading", 3),
        "Mod-Shift-7": toggleKind("number"),
        "Mod-Shift-8": toggleKind("bullet"),
        "Mod-Shift-9": toggleKind("task"),
        "Mod-Shift-.": toggleKind("quote"),
      };
  return keymap({ ...always, ...marks, ...lines });
};
