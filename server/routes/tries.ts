/** Counts wrong tries by address without keeping out those who try rightly, however many come at the same moment. */
import { once } from "node:events";
import type { RequestHandler, Response } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import { Refusal } from "../../document/refusal.ts";

interface Address {
  wrong: number;
  /** Tries whose outcome is not known yet. */
  pending: number;
  waiting: Waiter[];
}

interface Waiter {
  response: Response;
  enter: (refusal?: Refusal) => void;
}

/** A large room behind one router; a flood is refused, not kept. */
const MOST_WAITING = 500;

/**
 * At most `limit` wrong tries in `windowMs` from one address; what may still turn out wrong counts until it is known,
 * and whoever comes meanwhile waits. An answer beyond it is Refusal `too-many-tries`.
 */
export const limitTries = ({ limit, windowMs }: { limit: number; windowMs: number }): RequestHandler => {
  const addresses = new Map<string, Address>();

  const known = (key: string): Address => {
    const address = addresses.get(key) ?? { wrong: 0, pending: 0, waiting: [] };
    if (!addresses.has(key)) {
      addresses.set(key, address);
      // Whoever is under way finishes with the count they came with; the next one starts afresh.
      setTimeout(() => addresses.delete(key), windowMs).unref();
    }
    return address;
  };

  /** Lets in as many as could all be wrong; refuses the others once there have been too many. */
  const letIn = (address: Address): void => {
    for (let first = address.waiting[0]; first; first = address.waiting[0]) {
      const full = address.wrong >= limit;
      if (!full && address.wrong + address.pending >= limit) return;
      address.waiting.shift();
      // Whoever hung up while waiting has tried nothing, and would never be over.
      if (first.response.destroyed) continue;
      if (!full) address.pending += 1;
      first.enter(full ? new Refusal("too-many-tries") : undefined);
    }
  };

  return (request, response, next) => {
    const address = known(ipKeyGenerator(request.ip ?? ""));
    if (address.waiting.length >= MOST_WAITING) {
      next(new Refusal("too-many-tries"));
      return;
    }
    const enter = (refusal?: Refusal): void => {
      if (!refusal) {
        void once(response, "close").then(() => {
          address.pending -= 1;
          const { statusCode, writableFinished } = response;
          // A failing disk is not a wrong try; hanging up before the answer may be one.
          if (!writableFinished || (statusCode >= 400 && statusCode < 500)) address.wrong += 1;
          letIn(address);
        });
      }
      next(refusal);
    };
    address.waiting.push({ response, enter });
    letIn(address);
  };
};
