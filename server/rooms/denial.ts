/** How a refusal reaches a client of a room: Hocuspocus closes with the code and the reason it finds on what is thrown. */
import { Refusal } from "../../document/refusal.ts";
import type { Wire } from "./wire.ts";

/** What the hooks of a room throw, and nothing else. */
export class Denial extends Error {
  /** WebSocket close code. */
  readonly code: number;
  /** The code of the refusal; the client knows a sentence for it. */
  readonly reason: string;

  constructor(refusal: Refusal) {
    // Hocuspocus prints messages of what its hooks throw; we have logged ours already.
    super("", { cause: refusal });
    this.name = "Denial";
    this.code = refusal.closeCode;
    this.reason = refusal.code;
  }
}

/** Come back, and try again. */
const PASSING = 4500;

/** What whoever caused `error` is told; `report` hears of everything that was not an answer already. */
export const denialOf = (error: unknown, report: (error: unknown) => void): Denial => {
  if (error instanceof Denial) return error;
  report(error);
  return new Denial(error instanceof Refusal ? error : new Refusal("unexpected"));
};

/** Runs a hook so that whatever it throws becomes a Denial; `report` hears what. */
export const guarded =
  <Payload, Result>(
    report: (error: unknown, payload: NoInfer<Payload>) => void,
    hook: (payload: Payload) => Promise<Result> | Result,
  ): ((payload: Payload) => Promise<Result>) =>
  async (payload) => {
    try {
      return await hook(payload);
    } catch (error) {
      throw denialOf(error, (fault) => report(fault, payload));
    }
  };

/**
 * As `guarded`, for whoever stands at the door: what keeps them out only for a moment closes their line. Told that they are
 * denied, stock clients would stay connected without a document, or never come back.
 */
export const atTheDoor = <Payload extends { context: { wire: Pick<Wire, "close"> } }, Result>(
  report: (error: unknown, payload: NoInfer<Payload>) => void,
  hook: (payload: Payload) => Promise<Result>,
): ((payload: Payload) => Promise<Result>) => {
  const run = guarded(report, hook);
  return async (payload) => {
    try {
      return await run(payload);
    } catch (error) {
      if (error instanceof Denial && error.code === PASSING) payload.context.wire.close(error.code, error.reason);
      throw error;
    }
  };
};

/** Runs a hook whose failure must not reach Hocuspocus at all, because there it would end the process. */
export const harmless =
  <Payload>(
    report: (error: unknown) => void,
    hook: (payload: Payload) => unknown,
  ): ((payload: Payload) => Promise<void>) =>
  async (payload) => {
    try {
      await hook(payload);
    } catch (error) {
      report(error);
    }
  };
