/** The templates one can start from: those delivered as files, and workshops kept on this server as templates. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Refusal } from "../../document/refusal.ts";
import { templateOf } from "../../document/template.ts";
import { exampleOf, fillTemplate, parseTemplateFile } from "../../minutes/template-file.ts";
import type { Template } from "../../minutes/template.ts";
import type { Language, Minutes } from "../../minutes/value.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import type { Offer } from "../pages/home.ts";

const FOLDER = new URL("../../templates/", import.meta.url).pathname;

/** The order in which the delivered ones are shown: the fullest first, the blank one last. */
const ORDER = ["forum-ouvert", "atelier-facilite", "propositions-en-direct", "retour-suites", "vierge"];

const place = (id: string): number => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);

export class Gallery {
  readonly #files: ReadonlyMap<string, string>;
  readonly #access: Access;
  readonly #log: Log;

  /** Reads every delivered template. Throws when one of them cannot be parsed: better at the start than in a room. */
  constructor({ access, log, folder = FOLDER }: { access: Access; log: Log; folder?: string }) {
    this.#access = access;
    this.#log = log;
    const names = globSync("*.yaml", { cwd: folder }).map((name) => basename(name, ".yaml"));
    names.sort((a, b) => place(a) - place(b));
    this.#files = new Map(names.map((name) => [name, readFileSync(join(folder, `${name}.yaml`), "utf8")]));
    for (const yaml of this.#files.values()) parseTemplateFile(yaml, "fr");
  }

  /** Everything on offer; the delivered ones in `language`, kept ones in the language they were written in. */
  async list(language: Language): Promise<Offer[]> {
    const files = [...this.#files.values()].map((yaml): Offer => {
      const { id, name: title, description } = parseTemplateFile(yaml, language);
      return { id, title, description, language, kept: false };
    });
    const kept = (await this.#access.templates()).map(async ({ id }): Promise<Offer> => {
      const minutes = await this.#log.minutes(id);
      return { id, title: minutes.title, description: minutes.subtitle ?? "", language: minutes.language, kept: true };
    });
    return [...files, ...(await Promise.all(kept))];
  }

  /** A template to start from, with its variables filled. Throws Refusal `unknown-template`. */
  async find(id: string, language: Language | undefined): Promise<Template> {
    const yaml = this.#files.get(id);
    if (yaml !== undefined) return parseTemplateFile(yaml, language ?? "fr");
    return templateOf(await this.#kept(id));
  }

  /** How it looks once it is filled: the example of a delivered one, a kept one as it stands. Throws as `find` does. */
  async example(id: string, language: Language): Promise<Minutes> {
    const yaml = this.#files.get(id);
    return yaml === undefined ? this.#kept(id) : exampleOf(yaml, language);
  }

  async #kept(id: string): Promise<Minutes> {
    const known = (await this.#access.templates()).some((each) => each.id === id);
    if (!known) throw new Refusal("unknown-template");
    return this.#log.minutes(id);
  }
}

/** Fills what a template leaves open on the day its workshop starts. */
export const filled = (template: Template, title: string | undefined, now: Date): Template =>
  fillTemplate(template, {
    ...(title === undefined ? {} : { title }),
    // The day as the host's clock shows it, not as it is in Greenwich.
    date: new Intl.DateTimeFormat("en-CA").format(now),
  });
