/** The token that lets a connection in: kept while it serves, exchanged anew when it was refused or the line was long down. */
import { Refused } from "./request.ts";
import type { Admission } from "./entry.ts";

/** A line that was down for longer may come back to another server, another state, another right. */
const LONG = 5_000;

export interface Pass {
  /** The token in hand; empty before the first exchange. */
  token: () => string;
  /** The token in hand was refused, or what it allows has changed: the next connection needs another. */
  void: () => void;
  /** A token for the connection being made. Throws when there is none to be had. */
  fresh: () => Promise<string>;
}

interface Parts {
  first: string | undefined;
  exchange: () => Promise<Admission>;
  downSince: () => number | undefined;
  onAdmitted: (admission: Admission) => void;
  /** The link itself opens nothing any more. */
  onBarred: () => void;
}

export const createPass = ({ first, exchange, downSince, onAdmitted, onBarred }: Parts): Pass => {
  let token = first;
  let refused = false;
  return {
    token: () => token ?? "",
    void: () => {
      refused = true;
    },
    async fresh() {
      const since = downSince();
      if (token !== undefined && !refused && (since === undefined || Date.now() - since < LONG)) return token;
      try {
        const admission = await exchange();
        token = admission.answer.token;
        refused = false;
        onAdmitted(admission);
        return token;
      } catch (error) {
        // 429 and above are about the server's state, not about our right.
        if (error instanceof Refused && error.status < 429) onBarred();
        else if (token !== undefined && !refused) return token;
        throw error;
      }
    },
  };
};
