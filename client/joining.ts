/** The page of the short code, awake: a code in the address opens the workshop at once, without another tap. */
import type { CodeAnswer } from "../document/session.ts";
import { loadLanguage } from "./language.ts";
import { loadTheme } from "./panels/theme.ts";
import { groupFragment, readFragment } from "./session/fragment.ts";
import { request, Unreachable } from "./session/request.ts";
import { isRedrawn } from "./wanted.ts";

loadTheme();
const redrawn = isRedrawn();
await loadLanguage();

const form = document.querySelector<HTMLFormElement>("#join");
const input = document.querySelector<HTMLInputElement>("#code");
const status = document.querySelector<HTMLElement>("#join-status");
const mistake = document.querySelector<HTMLElement>("#code-mistake");

const enter = async (code: string): Promise<void> => {
  if (!input || !status || !mistake) return;
  mistake.textContent = "";
  input.removeAttribute("aria-invalid");
  status.textContent = status.dataset["entering"] ?? "";
  try {
    const response = await request({ method: "POST", path: "/api/codes", body: { code } });
    const { workshop, link } = (await response.json()) as CodeAnswer;
    // Replaced, so that going back does not ask for yet another personal link.
    const { group } = readFragment(location.hash);
    location.replace(`/w/${workshop}#${link}${group ? groupFragment(group) : ""}`);
  } catch (error) {
    status.textContent = "";
    mistake.textContent = error instanceof Unreachable ? (status.dataset["failing"] ?? "") : (error as Error).message;
    input.setAttribute("aria-invalid", "true");
    input.select();
  }
};

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (input?.value.trim()) void enter(input.value);
});

if (!redrawn && input?.value.trim()) await enter(input.value);
