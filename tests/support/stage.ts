/** What a journey is played on: one server and one browser for a whole file, and desks that are cleared after each test. */
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium } from "./chromium.ts";
import { newDesk, sitDown, type Sight } from "./desk.ts";
import { TestServer } from "./server.ts";

export interface Desk {
  context: BrowserContext;
  page: Page;
}

export class Stage {
  readonly server: TestServer;
  readonly #desks: BrowserContext[] = [];
  #browser: Browser | undefined;

  constructor(environment: Record<string, string>) {
    this.server = new TestServer(environment);
  }

  async raise(): Promise<void> {
    const launch = async (): Promise<void> => {
      this.#browser = await launchChromium();
    };
    await Promise.all([this.server.start(), launch()]);
  }

  async strike(): Promise<void> {
    await Promise.all([this.#browser?.close(), this.server.remove()]);
  }

  async clear(): Promise<void> {
    await Promise.all(this.#desks.splice(0).map((desk) => desk.close()));
  }

  /** A browser of its own until the end of the test. */
  async desk(sight?: Sight): Promise<BrowserContext> {
    if (!this.#browser) throw new Error("The stage stands from the first hook on.");
    const context = await newDesk(this.#browser, sight);
    this.#desks.push(context);
    return context;
  }

  /** Somebody who opens an address at a desk of their own, and joins. */
  async seat(address: string, name: string, sight?: Sight): Promise<Desk> {
    const context = await this.desk(sight);
    return { context, page: await sitDown(context, address, name) };
  }
}

/** For the top of a file: raised before its first test, cleared after each that has it for itself, struck after the last. */
export const setStage = (environment: Record<string, string> = {}): Stage => {
  const stage = new Stage(environment);
  beforeAll(() => stage.raise());
  // Where several wait at once, one must not take the desks of the others away.
  afterEach(({ task }) => (task.concurrent ? undefined : stage.clear()));
  afterAll(() => stage.strike());
  return stage;
};
