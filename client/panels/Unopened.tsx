/** What stands instead of the workshop when it cannot be opened: a sentence and the next step. */
import { t } from "../language.ts";
import { Refused } from "../session/request.ts";
import { useTitle } from "./titled.ts";

interface UnopenedProps {
  /** Why; anything that is not a refusal means that nobody answered. */
  reason: unknown;
  onRetry: () => void;
}

export const Unopened = ({ reason, onRetry }: UnopenedProps) => {
  const refused = reason instanceof Refused;
  useTitle(t(refused ? "unopened-refused" : "unopened-unreachable"));
  return (
    <main id="main" class="joining" tabIndex={-1}>
      <div class="sheet joining__sheet">
        <h1>{t(refused ? "unopened-refused" : "unopened-unreachable")}</h1>
        <p role="alert">{refused && reason.message ? reason.message : t("unopened-unreachable-hint")}</p>
        <p class="buttons">
          {!refused && (
            <button type="button" class="button button--primary" onClick={onRetry}>
              {t("unopened-retry")}
            </button>
          )}
          <a class="button" href="/j">
            {t("unopened-code")}
          </a>
          <a class="button button--quiet" href="/">
            {t("bar-home")}
          </a>
        </p>
      </div>
    </main>
  );
};
