/** The token that lets a connection in: good for the line it was given for, exchanged anew for every line after that. */
import { Refused } from "./request.ts";
import type { Admission } from "./knock.ts";

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
  /** Whether the line was lost since it last worked. */
  lost: () => boolean;
  onAdmitted: (admission: Admission) => void;
  /** The link itself opens nothing any more. */
  onBarred: () => void;
}

export const createPass = ({ first, exchange, lost, onAdmitted, onBarred }: Parts): Pass => {
  let token = first;
  let refused = false;
  let newest: Promise<string> | undefined;

  const exchanged = async (isNewest: () => boolean): Promise<string> => {
    try {
      const admission = await exchange();
      // Another line has asked meanwhile: we are who the last answer says, whichever arrives last.
      if (!isNewest() && newest) return await newest;
      token = admission.answer.token;
      refused = false;
      onAdmitted(admission);
      return token;
    } catch (error) {
      if (!isNewest() && newest) return newest;
      // 429 and above are about the server's state, not about our right: the token in hand may still do.
      if (!(error instanceof Refused)) throw error;
      if (error.status >= 429 && token !== undefined && !refused) return token;
      if (error.status < 429) onBarred();
      throw error;
    }
  };
  return {
    token: () => token ?? "",
    void: () => {
      refused = true;
    },
    async fresh() {
      // A lost line may come back to another program or another state of the workshop, which no old token could tell.
      if (token !== undefined && !refused && !lost()) return token;
      const mine: Promise<string> = exchanged(() => mine === newest);
      newest = mine;
      return mine;
    },
  };
};
