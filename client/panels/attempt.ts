/** Something the server is asked to do for a person: what it refuses is told as a sentence, never thrown at them. */
import { t } from "../language.ts";
import { Refused } from "../session/request.ts";
import type { Session } from "../session/session.ts";

/** Gives what `ask` gives, or undefined after telling why not. */
export const attempt = async <Result>(session: Session, ask: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await ask();
  } catch (error) {
    session.notify(error instanceof Refused && error.message ? error.message : t("attempt-unreachable"));
    return undefined;
  }
};
