/** A line that brings nothing yet: what a page says on it waits. */
import type { Page } from "@playwright/test";

/** Holds every line of a page back until what this gives is called. */
export const holdLine = async (page: Page): Promise<() => void> => {
  const { promise: opened, resolve: letThrough } = Promise.withResolvers<void>();
  await page.routeWebSocket(/\/live/, async (socket) => {
    const waiting: (string | Buffer)[] = [];
    socket.onMessage((message) => void waiting.push(message));
    await opened;
    const line = socket.connectToServer();
    for (const message of waiting) line.send(message);
    socket.onMessage((message) => line.send(message));
  });
  return letThrough;
};
