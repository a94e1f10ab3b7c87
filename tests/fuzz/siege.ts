/** S09: one hostile session that knows how updates are built, beside honest people who go on typing. */
import * as Y from "yjs";
import { read } from "../../document/read.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import type { LiveClient } from "../support/clients.ts";
import type { At } from "../support/forged.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { anyUpdate, differences, logState, roomState, type Siege } from "./gate.ts";
import { Alphabet } from "./moves.ts";
import type { Random } from "./random.ts";

interface Outcome {
  sent: number;
  refused: number;
  typed: number;
  lost: number;
  doubled: number;
  /** Honest sessions that were ended or denied. */
  disturbed: number;
  /** Clocks in which the room and the log differ. */
  different: number;
  pending: number;
}

/** Some ids that are there: hostile hands know what they have seen. */
const seenIn = (doc: Y.Doc, random: Random): At[] =>
  [...doc.store.clients].flatMap(([client, structs]) =>
    Array.from({ length: 3 }, (): At => {
      const { id, length } = random.pick(structs);
      return [client, id.clock + random.below(length)];
    }),
  );

const enter = async ({ place, workshop }: Siege): Promise<RawClient> => {
  const client = place.raw(workshop.id, workshop.links.write);
  client.frame(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  await client.when((each) => each.acknowledged() > 0);
  return client;
};

const type = ({ doc }: LiveClient, words: string, random: Random): void => {
  const text = doc.getText("prose:text");
  text.insert(random.below(text.length + 1), words);
};

/** Lets so many hostile updates loose on a room with three people in it; tells what became of their words. */
export const besiege = async (siege: Siege, updates: number): Promise<Outcome> => {
  const { place, workshop, random } = siege;
  const alphabet = new Alphabet();
  const honest = await Promise.all(
    ["Céline", "Brice", "Nadia"].map((name) => place.visit(workshop.id, workshop.links.write, name)),
  );
  for (const each of honest) await each.saved();
  const outcome: Outcome = {
    sent: 0,
    refused: 0,
    typed: 0,
    lost: 0,
    doubled: 0,
    disturbed: 0,
    different: 0,
    pending: 0,
  };
  const typed: string[] = [];
  let client = await enter(siege);
  let own: At = [1 + random.below(2 ** 31), 0];
  for (; outcome.sent < updates; outcome.sent += 1) {
    const writer = random.pick(honest);
    const words = alphabet.take(1);
    typed.push(words);
    type(writer, words, random);
    // Mostly under a new id, whose clocks begin at nothing; sometimes where the last one went on to.
    if (random.chance(0.8)) own = [1 + random.below(2 ** 31), 0];
    else own = [own[0], Y.getState(writer.doc.store, own[0])];
    const before = client.acknowledged();
    client.update(anyUpdate(random, seenIn(writer.doc, random), own));
    await client.when((each) => each.closed !== undefined || each.acknowledged() > before);
    if (client.closed === undefined && outcome.sent % 500 !== 499) continue;
    outcome.refused += Number(client.closed !== undefined);
    client.leave();
    client = await enter(siege);
    read(writer.doc, { id: "w", state: "live" });
  }
  client.leave();
  for (const each of honest) await each.saved();
  const [room, log] = [await roomState(siege), await logState(siege)];
  outcome.different = differences(room, log);
  outcome.typed = typed.length;
  for (const { doc, closed, denied } of honest) {
    outcome.disturbed += closed.length + denied.length;
    outcome.pending += Number(doc.store.pendingStructs !== null) + Number(doc.store.pendingDs !== null);
  }
  const times = new Map<string, number>();
  for (const each of room.getText("prose:text").toJSON()) times.set(each, (times.get(each) ?? 0) + 1);
  for (const each of typed) {
    const count = times.get(each) ?? 0;
    outcome.lost += Number(count === 0);
    outcome.doubled += Math.max(0, count - 1);
  }
  return outcome;
};
