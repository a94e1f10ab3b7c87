/** A workshop that is opened again while somebody, let in to read, is on the way from the door to the room. */
import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { openSession } from "../../client/session/open.ts";
import { ask, bearer } from "../support/asking.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

test("C5 what was opened again between the answer at the door and the entering is written in", async () => {
  const server = await new TestServer().start();
  const { id, links } = await startWorkshop(server.url, "forum-ouvert");
  const session = await openSession({ workshop: id, secret: links.write, server: server.url });
  const savedAgain = (): Promise<void> =>
    new Promise((resolve) => {
      const stop: { now?: () => void } = {};
      stop.now = effect(() => {
        if (session.saved.value.state !== "saved") return;
        queueMicrotask(() => stop.now?.());
        resolve();
      });
    });
  const set = async (state: string): Promise<void> => {
    const at = `/api/workshops/${id}/state`;
    const answer = await ask(server.url, at, { method: "POST", headers: bearer(links.manage), body: { state } });
    expect(answer.status).toBeLessThan(300);
  };
  await savedAgain();
  const real = globalThis.fetch;
  try {
    // The real answer, handed on once the workshop is open again.
    const reopened = new Promise<void>((resolve) => {
      globalThis.fetch = async (...asked) => {
        const answer = await real(...asked);
        const [where] = asked;
        if (typeof where === "string" && where.endsWith("/sessions")) {
          globalThis.fetch = real;
          await set("live");
          resolve();
        }
        return answer;
      };
    });
    await set("closed");
    await reopened;
    await savedAgain();
    expect(session.canWrite.value).toBe(true);
  } finally {
    globalThis.fetch = real;
    session.close();
    await server.remove();
  }
});
