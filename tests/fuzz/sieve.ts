/** The gate by itself, without a door and a disk: what it lets through is applied as a room does, and must be as it said. */
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { Refusal } from "../../document/refusal.ts";
import { FRAME, isWhole, readFrame, SYNC } from "../../server/rooms/frames.ts";
import { judge } from "../../server/rooms/gate.ts";
import { sampleTemplate } from "../document/sample.ts";
import { damaged, honestFrames, processorMs } from "./gate.ts";
import type { Random } from "./random.ts";

/** After so many the document is a new one; after a tenth of it, the honest frames are others. */
const ROUND = 4_000;
const NAME = "atelier";

interface Sifted {
  frames: number;
  /** Said to bring something, and did. */
  taken: number;
  /** Said to bring nothing, and did not. */
  known: number;
  refused: number;
  /** Anything else: an exception, something pending, another effect than was said. */
  wrong: number;
  /**
   * The longest that one of them took, in ms of this thread's processor time, and which one it was: what a machine takes away
   * for others is no doing of the gate, and several times as much.
   */
  longest: number;
  slowest: number;
}

/** The update in a frame that reaches the gate; undefined where it is stopped before, or is about something else. */
const updateOf = (bytes: Uint8Array): Uint8Array | undefined => {
  const frame = readFrame(bytes);
  if (!frame || frame.name !== NAME || !isWhole(frame)) return undefined;
  if (frame.kind !== FRAME.sync && frame.kind !== FRAME.syncReply) return undefined;
  const decoder = createDecoder(frame.rest);
  return readVarUint(decoder) === SYNC.step1 ? undefined : readVarUint8Array(decoder);
};

/** What becomes of one update. */
const pass = (doc: Y.Doc, update: Uint8Array): "taken" | "known" | "refused" | "wrong" => {
  let brought: unknown;
  try {
    brought = judge(doc, update);
  } catch (error) {
    return error instanceof Refusal ? "refused" : "wrong";
  }
  let events = 0;
  const count = (): void => void (events += 1);
  doc.on("update", count);
  try {
    Y.applyUpdate(doc, update);
  } catch {
    return "wrong";
  } finally {
    doc.off("update", count);
  }
  const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  if (pending || events !== (brought ? 1 : 0)) return "wrong";
  return brought ? "taken" : "known";
};

/** So many damaged frames, one after the other. */
export const sift = (random: Random, frames: number): Sifted => {
  const sifted: Sifted = { frames, taken: 0, known: 0, refused: 0, wrong: 0, longest: 0, slowest: 0 };
  let doc = new Y.Doc();
  let real: Uint8Array[] = [];
  for (let sent = 0; sent < frames; sent += 1) {
    if (sent % ROUND === 0) {
      doc = new Y.Doc();
      Y.applyUpdate(doc, create(sampleTemplate()));
    }
    if (sent % (ROUND / 10) === 0) real = honestFrames(NAME, doc, random);
    const bytes = damaged(real, random);
    const began = processorMs();
    const update = updateOf(bytes);
    sifted[update ? pass(doc, update) : "refused"] += 1;
    const took = processorMs() - began;
    if (took > sifted.longest) Object.assign(sifted, { longest: took, slowest: sent });
  }
  return sifted;
};
