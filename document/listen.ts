/** The only way this project listens to Yjs and its kin: a handler that throws never reaches the emitter. */
import * as Y from "yjs";

/** Origin of every edit made by the person at this device; what undo tracks. */
export const LOCAL = Symbol("local");

/** `never`: a handler may name the arguments its event has; which those are is the emitter's affair. */
type Handler = (...args: never[]) => unknown;
type Guarded = (...args: unknown[]) => void;

interface Emitter {
  on(event: string, handler: Guarded): unknown;
  off(event: string, handler: Guarded): unknown;
}

/** Told of what a handler threw; set once by whoever composes the program. */
let report: (error: unknown, event: string) => void = (error) => {
  // Never silent, and never inside the emitter: it surfaces as an uncaught error of its own turn.
  queueMicrotask(() => {
    throw error;
  });
};

/** Says where faults of handlers go from now on (a log, a message on the screen). `to` must not throw. */
export function reportFaults(to: (error: unknown, event: string) => void): void {
  report = to;
}

/**
 * Listens to `event` of a Y.Doc, an awareness, an undo manager or a provider; on a shared type the events are
 * "change" (itself) and "deep" (itself and what it holds). An exception in a listener of a Y.Doc is swallowed by
 * y-protocols, the edit is acknowledged all the same and that Y.Doc never emits again: hence the guard.
 * @returns stops listening; may be called twice.
 */
export function listen(target: object, event: string, handler: Handler): () => void {
  const guarded: Guarded = (...args) => {
    try {
      const result = handler(...(args as never[]));
      if (result instanceof Promise) result.catch((error: unknown) => report(error, event));
    } catch (error) {
      report(error, event);
    }
  };
  if (target instanceof Y.AbstractType) return once(observe(target, event, guarded));
  if (!isEmitter(target)) throw new Error(`Nothing to listen to for "${event}".`);
  target.on(event, guarded);
  return once(() => target.off(event, guarded));
}

/** Yjs complains about a handler that is taken away twice. */
function once(stop: () => unknown): () => void {
  let stopped = false;
  return () => {
    if (!stopped) stop();
    stopped = true;
  };
}

function isEmitter(target: object): target is Emitter {
  return "on" in target && "off" in target;
}

function observe(type: Y.AbstractType<unknown>, event: string, guarded: Guarded): () => void {
  if (event === "deep") {
    type.observeDeep(guarded);
    return () => type.unobserveDeep(guarded);
  }
  if (event !== "change") throw new Error(`A shared type has no event "${event}": use "change" or "deep".`);
  type.observe(guarded);
  return () => type.unobserve(guarded);
}
