/** Writers that never stop, and the account of what they wrote: acknowledged, lost, doubled. */
import type * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import type { LiveClient } from "./clients.ts";

export interface Account {
  written: Set<string>;
  /** Written and seen as saved by the client that wrote it. */
  acknowledged: Set<string>;
}

export const newAccount = (): Account => ({ written: new Set(), acknowledged: new Set() });

/** Where a writer writes: the section of prose, or of items. */
export type Spot = { prose: string } | { items: string };

let serial = 0;

/**
 * Writes unique tokens in small bursts, as text or as items, until told to stop. A token counts as acknowledged when
 * its client had nothing unsaved after it. Returns what stops it and resolves when it has stopped.
 */
export const keepWriting = (client: LiveClient, account: Account, place: Spot): (() => Promise<void>) => {
  let stopped = false;
  const run = async (): Promise<void> => {
    await client.saved();
    while (!stopped) {
      const burst: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        const token = `<${(serial += 1).toString(36)}>`;
        burst.push(token);
        account.written.add(token);
        if ("items" in place) addItem(client.doc, place.items, { text: token, at: new Date().toISOString() });
        else client.write(token, place.prose);
      }
      await client.saved();
      for (const token of burst) account.acknowledged.add(token);
      await new Promise((next) => setImmediate(next));
    }
  };
  const running = run();
  return () => {
    stopped = true;
    return running;
  };
};

/** Every token a document holds, in prose and in items, as often as it stands there. */
export const tokensIn = (doc: Y.Doc): string[] => {
  const roots = [...doc.share.keys()];
  const prose = roots.filter((root) => root.startsWith("prose:")).map((root) => doc.getText(root).toJSON());
  const items = roots
    .filter((root) => root.startsWith("items:"))
    .flatMap((root) => [...doc.getMap<Y.Map<Y.Text>>(root).values()])
    .map((item) => item.get("text")?.toJSON() ?? "");
  return [...prose, ...items].join("\n").match(/<[0-9a-z]+>/g) ?? [];
};

/** What is wrong with a document after a fault: acknowledged and absent, or there more than once. */
export const lostAndDoubled = (
  found: readonly string[],
  wanted: ReadonlySet<string>,
): { lost: string[]; doubled: string[] } => {
  const counts = new Map<string, number>();
  for (const token of found) counts.set(token, (counts.get(token) ?? 0) + 1);
  return {
    lost: [...wanted].filter((token) => !counts.has(token)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([token]) => token),
  };
};
