/** Wakes the gallery the server drew: miniatures fill when they come into view, buttons open dialogs. */
import { opened, type Offer } from "./offer.ts";
import { sheetFrom } from "./sheet.ts";

const offerOf = (card: HTMLElement): Offer => ({
  id: card.dataset["template"] ?? "",
  title: card.querySelector(".template__title")?.textContent ?? "",
  language: card.dataset["language"] ?? "",
  address: card.querySelector("a")?.getAttribute("href") ?? "",
});

const fill = async (frame: HTMLElement): Promise<void> => {
  try {
    const sheet = await sheetFrom(frame.dataset["miniature"] ?? "");
    // It is a picture of a page: nothing in it can be reached or is read aloud.
    sheet.setAttribute("inert", "");
    frame.replaceChildren(sheet);
  } catch {
    frame.hidden = true;
  }
};

/** A click that asks for a new tab or a download is left to the browser. */
const plain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export const wakeGallery = (): void => {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        watcher.unobserve(entry.target);
        void fill(entry.target as HTMLElement);
      }
    },
    { rootMargin: "200px" },
  );
  for (const card of document.querySelectorAll<HTMLElement>("[data-template]")) {
    const offer = offerOf(card);
    const start = card.querySelector<HTMLButtonElement>("[data-start]");
    const preview = card.querySelector<HTMLAnchorElement>("[data-preview]");
    const frame = card.querySelector<HTMLElement>("[data-miniature]");
    if (start) {
      start.hidden = false;
      start.addEventListener("click", () => (opened.value = { what: "start", offer }));
    }
    preview?.addEventListener("click", (event) => {
      if (!plain(event)) return;
      event.preventDefault();
      opened.value = { what: "preview", offer };
    });
    if (frame) watcher.observe(frame);
  }
};
