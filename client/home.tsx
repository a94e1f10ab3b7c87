/** The home page, awake: start buttons, examples in dialogs, miniatures, and the workshops this browser knows. */
import { render } from "preact";
import { Dialogs } from "./home/Dialogs.tsx";
import { wakeGallery } from "./home/gallery.ts";
import { KnownWorkshops } from "./home/KnownWorkshops.tsx";
import { keepProgram } from "./kept.ts";
import { loadLanguage } from "./language.ts";
import { loadTheme } from "./panels/theme.ts";
import { isRedrawn } from "./wanted.ts";

// Coming back from a workshop the browser may show this page as it was left: a dialog at work, an older list.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

loadTheme();

const wake = async (): Promise<void> => {
  await loadLanguage();
  const known = document.querySelector("#known");
  const dialogs = document.querySelector<HTMLElement>("#dialogs");
  if (known) render(<KnownWorkshops />, known);
  if (dialogs) render(<Dialogs passphrase={dialogs.dataset["passphrase"] === "yes"} />, dialogs);
  wakeGallery();
  keepProgram();
};

// Waiting at the top of a module would keep the build from putting together what belongs together.
if (!isRedrawn()) void wake();
