/** Somebody at a real page who writes French minutes without pause, and remembers what the page called saved. */
import type { ConsoleMessage, Locator, Page } from "@playwright/test";
import type { Minutes, Section } from "../../minutes/value.ts";

/** Everything a run writes, each token once. */
export interface Tally {
  written: Set<string>;
  /** Seen as saved by whoever wrote it. */
  saved: Set<string>;
  /** A token nobody has written yet; its first letters tell who writes it where. */
  next: (letters: string) => string;
}

export const newTally = (): Tally => {
  const written = new Set<string>();
  let count = 0;
  return {
    written,
    saved: new Set(),
    next: (letters) => {
      const token = `<${letters}${(count += 1)}>`;
      written.add(token);
      return token;
    },
  };
};

const SENTENCES = [
  "Où placer l’accueil de l’été ?",
  "Œuvrer à l’échelle du quartier, dès septembre",
  "« Tout est déjà décidé », dit-on",
  "Être là où passent les élèves",
  "Ça coûte moins qu’un bâtiment neuf",
];

const sectionOf = (page: Page, id: string): Locator => page.locator(`[id="section-${id}"]`);

const ofKind = <K extends Section["kind"]>(minutes: Minutes, kind: K): Extract<Section, { kind: K }>[] =>
  minutes.sections.filter((section): section is Extract<Section, { kind: K }> => section.kind === kind);

/** One person's hands on one page. */
export class Scribe {
  /** What a page must never do: throw, complain about anything but an absent server, become read-only. */
  readonly complaints: string[] = [];
  readonly #pending: string[] = [];
  readonly #fields: [section: string, label: string][];
  #turn = 0;
  readonly page: Page;
  readonly #minutes: Minutes;
  readonly #tally: Tally;
  /** 0 writes at the beginning of texts, 1 at their end, as two people do who leave each other room. */
  readonly #side: 0 | 1;
  readonly #phone: boolean;

  constructor(page: Page, minutes: Minutes, tally: Tally, { side, phone }: { side: 0 | 1; phone: boolean }) {
    this.page = page;
    this.#minutes = minutes;
    this.#tally = tally;
    this.#side = side;
    this.#phone = phone;
    // A field holds one value: each is written by one person only.
    this.#fields = ofKind(minutes, "fields").flatMap(({ id, fields }) =>
      fields
        .filter(({ type }) => type === "line" || type === "place")
        .filter((_, index) => index % 2 === side)
        .map(({ label }): [string, string] => [id, label]),
    );
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message: ConsoleMessage) => {
      // A server that is gone cannot be spoken to in silence: the browser itself says so.
      const refused =
        /ERR_CONNECTION_(REFUSED|RESET)|WebSocket connection to .* failed|ERR_(EMPTY|INCOMPLETE)|when fetching the script/u;
      if (message.type() === "error" && !refused.test(message.text())) this.complaints.push(message.text());
    });
  }

  /** Writes one thing somewhere; then notes what the page calls saved. */
  async write(): Promise<void> {
    const turn = (this.#turn += 1);
    const words = SENTENCES[turn % SENTENCES.length] ?? "";
    if (turn % 7 === 3) await this.#person();
    else if (turn % 7 === 5) await this.#field();
    else if (turn % 11 === 6) await this.#title();
    else if (turn % 2 === 0) await this.#item(words);
    else await this.#prose(words);
    await this.look();
  }

  /** What was written before and stands under a mark that says saved has been shown as saved. */
  async look(): Promise<void> {
    const written = [...this.#pending];
    const mark = await this.page.locator("[data-saved]").getAttribute("data-saved");
    if (mark === "read-only") this.complaints.push("the page became read-only");
    if (mark !== "saved") return;
    for (const token of written) this.#tally.saved.add(token);
    this.#pending.splice(0, written.length);
  }

  /** Every token the page shows, in the order of the page. */
  tokens(): Promise<string[]> {
    return this.page.locator("[data-sheet]").evaluate((sheet) => {
      const shown = [...sheet.querySelectorAll<HTMLElement>(".rich-text, .person__line, .fields__value .shared")];
      const texts = shown.map((each) =>
        each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement ? each.value : each.textContent,
      );
      return texts.join("\n").match(/<[0-9a-z]+>/gu) ?? [];
    });
  }

  #token(kind: string): string {
    return this.#tally.next(`${this.#side === 0 ? "nadia" : "brice"}${kind}`);
  }

  async #goTo(id: string): Promise<Locator> {
    const section = sectionOf(this.page, id);
    if (this.#phone && !(await section.isVisible())) {
      const index = this.#minutes.sections.findIndex((each) => each.id === id);
      await this.page.locator(".outline__link").nth(index).tap();
      await section.waitFor();
    }
    return section;
  }

  async #type(text: Locator, words: string): Promise<void> {
    await text.click();
    // Nobody writes before the caret is there; right after a page has come its editor may still be on its way.
    await this.page.locator(".ProseMirror-focused").waitFor();
    // As a hand goes from the mouse to the keys: for 200 ms after the focus came, the editor's library takes a caret
    // that goes to the start for a slip of the browser and puts it back.
    await this.page.waitForTimeout(250);
    await this.page.keyboard.press(this.#side === 0 ? "Control+Home" : "Control+End");
    await this.page.keyboard.type(words, { delay: 6 });
  }

  async #prose(words: string): Promise<void> {
    const sections = ofKind(this.#minutes, "prose");
    const { id, heading } = sections[this.#turn % sections.length]!;
    const section = await this.#goTo(id);
    const text = section.getByRole("textbox", { name: heading }).last();
    const token = this.#token("prose");
    await this.#type(text, this.#side === 0 ? `${words} ${token} \n` : ` ${words}\n${token}`);
    this.#pending.push(token);
  }

  async #item(words: string): Promise<void> {
    const sections = ofKind(this.#minutes, "items");
    const section = sections[this.#turn % sections.length];
    if (!section) return this.#prose(words);
    const line = (await this.#goTo(section.id)).locator(".capture__text");
    await line.click();
    const token = this.#token("item");
    await line.pressSequentially(`${words} ${token}`, { delay: 6 });
    await line.press("Enter");
    this.#pending.push(token);
  }

  async #person(): Promise<void> {
    const sections = ofKind(this.#minutes, "people");
    const section = sections[this.#turn % sections.length];
    if (!section) return this.#title();
    const form = (await this.#goTo(section.id)).getByRole("form");
    const name = form.getByLabel("Prénom ou nom");
    const token = this.#token("person");
    await name.fill(`Zoé ${token}`);
    await name.press("Enter");
    this.#pending.push(token);
  }

  async #field(): Promise<void> {
    const [id, label] = this.#fields.shift() ?? [];
    if (!id || !label) return this.#prose("Déjà écrit ailleurs");
    const field = (await this.#goTo(id)).getByLabel(label, { exact: true });
    const token = this.#token("field");
    await field.fill(`Salle des fêtes ${token}`);
    await field.press("Enter");
    this.#pending.push(token);
  }

  async #title(): Promise<void> {
    // On a phone the title stands above the first section.
    await this.#goTo(this.#minutes.sections[0]!.id);
    const text = this.page.getByRole("textbox", { name: "Titre" }).first();
    const token = this.#token("title");
    await this.#type(text, `été ${token} `);
    this.#pending.push(token);
  }
}
