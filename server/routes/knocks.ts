/** How often one address may open a line that comes to nothing: told before anything is kept of it, for a few bytes. */
import type { IncomingHttpHeaders } from "node:http";
import { ipKeyGenerator } from "express-rate-limit";
import { Purse, type Rate } from "../access/purse.ts";

/** Whether an address, so many proxies away, is one of the host's own; as Express knows it. */
export type Trust = (address: string, hops: number) => boolean;

/**
 * Lines through which nobody has entered. Those through which somebody does are given back: five hundred people behind one
 * router may all come at once, and as often as they like.
 */
const RATE: Rate = { burst: 500, perSecond: 50 };
/** Beyond it, whoever knocked longest ago is forgotten: they may knock as if they were new. */
const MOST_REMEMBERED = 10_000;

/** What tells where a request comes from. */
interface Arrival {
  socket: { remoteAddress?: string | undefined };
  headers: IncomingHttpHeaders;
}

/** Where somebody comes from: the address nearest to us that is not one of the host's own proxies. */
const senderOf = ({ socket, headers }: Arrival, trusts: Trust): string => {
  const nearest = socket.remoteAddress ?? "";
  const forwarded = headers["x-forwarded-for"];
  if (forwarded === undefined) return nearest;
  const named = String(forwarded).split(",");
  const addresses = [nearest, ...named.map((each) => each.trim()).toReversed()].filter(Boolean);
  return addresses.find((address, hops) => !trusts(address, hops)) ?? addresses.at(-1) ?? "";
};

export class Knocks {
  readonly #trusts: Trust;
  readonly #rate: Rate;
  /** Those used longest ago first. */
  readonly #purses = new Map<string, Purse>();

  constructor(trusts: Trust, rate: Partial<Rate> = {}) {
    this.#trusts = trusts;
    this.#rate = { ...RATE, ...rate };
  }

  /**
   * Somebody wants a line. Undefined where their address has opened too many that came to nothing; else what to call once they
   * have entered.
   */
  knock(request: Arrival): (() => void) | undefined {
    const address = ipKeyGenerator(senderOf(request, this.#trusts));
    const now = performance.now();
    const purse = this.#purses.get(address) ?? new Purse(this.#rate, now);
    this.#purses.delete(address);
    this.#purses.set(address, purse);
    const [oldest] = this.#purses.keys();
    if (this.#purses.size > MOST_REMEMBERED && oldest !== undefined) this.#purses.delete(oldest);
    if (purse.wait(1, now) > 0) return undefined;
    purse.pay(1);
    let entered = false;
    return () => {
      if (!entered) purse.pay(-1);
      entered = true;
    };
  }
}
