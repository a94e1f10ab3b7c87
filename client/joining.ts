/** The form of the short code: what it opens is shown at once, in this very page. */
import { admitByCode, type Admitted } from "./door.ts";
import { groupFragment } from "./session/fragment.ts";
import { Unreachable } from "./session/request.ts";

/** From now on the page stands under the workshop's address. */
export const takeAddress = ({ entrance, group }: Admitted): void => {
  const behind = group ? groupFragment(group) : "";
  // Replaced, so that going back does not ask for yet another personal link.
  history.replaceState(null, "", `/w/${entrance.workshop}#${entrance.secret}${behind}`);
};

/** The page becomes the workshop's: on a slow network another page would take as long as all until here. */
const becomeWorkshop = (): Element => {
  const root = document.createElement("div");
  root.id = "workshop";
  for (const part of document.querySelectorAll("body > :not(.skip)")) part.remove();
  document.body.append(root);
  return root;
};

/** Waits for the code that was sent already, and for those that will be: `open` is called with the place for the workshop. */
export const mindForm = async (
  sent: Promise<Admitted> | undefined,
  open: (root: Element, admitted: Admitted) => void,
): Promise<void> => {
  const form = document.querySelector<HTMLFormElement>("#join");
  const input = document.querySelector<HTMLInputElement>("#code");
  const status = document.querySelector<HTMLElement>("#join-status");
  const mistake = document.querySelector<HTMLElement>("#code-mistake");
  if (!form || !input || !status || !mistake) return;

  let entering = false;
  const enter = async (admit: () => Promise<Admitted>): Promise<void> => {
    // Each code that is sent gives another personal link, and would open the workshop once more.
    if (entering) return;
    entering = true;
    mistake.textContent = "";
    input.removeAttribute("aria-invalid");
    status.textContent = status.dataset["entering"] ?? "";
    try {
      const admitted = await admit();
      open(becomeWorkshop(), admitted);
    } catch (error) {
      status.textContent = "";
      mistake.textContent = error instanceof Unreachable ? (status.dataset["failing"] ?? "") : (error as Error).message;
      input.setAttribute("aria-invalid", "true");
      input.select();
    } finally {
      entering = false;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) void enter(() => admitByCode(input.value));
  });
  if (sent) await enter(() => sent);
};
