/** A page as the documentation of its parts has it: Tiptap, its collaboration extensions, a HocuspocusProvider. */
import { HocuspocusProvider } from "@hocuspocus/provider";
import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { StarterKit } from "@tiptap/starter-kit";
import * as Y from "yjs";

const document = new Y.Doc();
const provider = new HocuspocusProvider({
  url: location.origin.replace(/^http/, "ws"),
  name: "workshop",
  token: "token",
  document,
});
const editor = new Editor({
  element: globalThis.document.querySelector("#editor"),
  extensions: [
    StarterKit.configure({ undoRedo: false }),
    Collaboration.configure({ document }),
    CollaborationCaret.configure({ provider, user: { name: "Visiteur", color: "#30bced" } }),
  ],
});
// Whoever fills it for the others.
globalThis.fill = (lines) => {
  editor.commands.setContent(lines.map((line) => `<p>${line}</p>`).join(""));
  return new Promise((resolve) => {
    const look = () => (provider.isSynced && provider.unsyncedChanges === 0 ? resolve() : setTimeout(look, 50));
    look();
  });
};
