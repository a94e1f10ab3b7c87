/** Undo for the whole workshop: one manager per document, only for what was written here, with the selection. */
import * as Y from "yjs";
import { listen, LOCAL } from "../../document/listen.ts";
import type { Binding, Standing } from "./binding.ts";

interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> };
  type: "undo" | "redo";
  changedParentTypes: Map<unknown, unknown>;
}

type Step = ReturnType<Y.UndoManager["undo"]>;

/**
 * Yjs throws in the middle of a step that brings back what stood on a line which had come back once, was deleted again, and
 * is collected. There is no such line any more: what the step has done so far stays, and the next one works.
 */
const asFarAsItGoes = (step: () => Step): Step => {
  try {
    return step();
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

class Undo extends Y.UndoManager {
  override undo(): Step {
    return asFarAsItGoes(() => super.undo());
  }

  override redo(): Step {
    return asFarAsItGoes(() => super.redo());
  }
}

/** The one undo manager of a document: it spans every text and every map, and tracks this device's edits only. */
export const createUndo = (doc: Y.Doc): Y.UndoManager => new Undo(doc, { trackedOrigins: new Set([LOCAL]) });

/** Remembers where the writer stood with every step of this editor, and puts them there again. Gives stop(). */
export const rememberSelection = (undo: Y.UndoManager, binding: Binding, now: () => Standing): (() => void) => {
  const stops = [
    listen(undo, "stack-item-added", ({ stackItem, changedParentTypes }: StackEvent) => {
      // What undo itself has made leads back to where the writer stands now.
      const standing = binding.before ?? (changedParentTypes.has(binding.text) ? now() : undefined);
      if (standing) stackItem.meta.set(binding.text, standing);
    }),
    listen(undo, "stack-item-popped", ({ stackItem }: StackEvent) => {
      const standing = stackItem.meta.get(binding.text);
      if (isStanding(standing)) binding.select(standing);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

const isStanding = (value: unknown): value is Standing =>
  typeof value === "object" && value !== null && "anchor" in value && "head" in value;
