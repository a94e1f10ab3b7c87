/** How long a letter takes from one client to the disk and to another. */
import type { LiveClient } from "./clients.ts";

/** Writes again and again for so many seconds, at least twenty times; its 95th percentile in ms. */
export const latency = async (from: LiveClient, to: LiveClient, seconds: number): Promise<number> => {
  const taken: number[] = [];
  const end = Date.now() + seconds * 1000;
  for (let count = 0; Date.now() < end || count < 20; count += 1) {
    const token = `<${count}:${Math.random()}>`;
    const began = performance.now();
    from.doc.getText("prose:probe").insert(0, token);
    await to.when(() => to.doc.getText("prose:probe").toJSON().startsWith(token));
    await from.saved();
    taken.push(performance.now() - began);
    await new Promise((next) => setTimeout(next, 20));
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0;
};
