/** The form that starts a workshop from a template and goes straight into it, as its organiser. */
import { useRef, useState } from "preact/hooks";
import type { WorkshopAnswer } from "../../document/session.ts";
import { LANGUAGES } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { request, Unreachable } from "../session/request.ts";
import { Dialog } from "./Dialog.tsx";
import { opened, type Offer } from "./offer.ts";

/** Starts the workshop; gives its address with the secret to manage it. Throws Refused or Unreachable. */
const start = async (offer: Offer, form: FormData): Promise<string> => {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const body = {
    template: offer.id,
    language: text("language"),
    ...(text("title") && { title: text("title") }),
    ...(text("passphrase") && { passphrase: text("passphrase") }),
  };
  const response = await request({ method: "POST", path: "/api/workshops", body });
  const { id, links } = (await response.json()) as WorkshopAnswer;
  return `/w/${id}#${links.manage}`;
};

interface StartDialogProps {
  offer: Offer;
  /** Whether this server asks for its passphrase. */
  passphrase: boolean;
}

export const StartDialog = ({ offer, passphrase }: StartDialogProps) => {
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState("");
  const form = useRef<HTMLFormElement>(null);

  const submit = async (): Promise<void> => {
    if (busy || !form.current) return;
    setBusy(true);
    setMistake("");
    try {
      location.assign(await start(offer, new FormData(form.current)));
    } catch (error) {
      setMistake(error instanceof Unreachable ? t("attempt-unreachable") : (error as Error).message);
      setBusy(false);
    }
  };

  return (
    <Dialog heading={t("start-heading")} onClose={() => (opened.value = null)}>
      <form
        ref={form}
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class="soft">{t("start-template", { title: offer.title })}</p>
        <div class="field">
          <label class="field__label" for="start-title">
            {t("start-title")}
          </label>
          <input
            class="input"
            id="start-title"
            name="title"
            maxLength={300}
            aria-describedby="start-title-hint"
            autofocus
          />
          <p class="field__hint" id="start-title-hint">
            {t("start-title-hint")}
          </p>
        </div>
        <fieldset>
          <legend>{t("start-language")}</legend>
          <div class="choices">
            {LANGUAGES.map((each) => (
              <label class="choice" key={each}>
                <input type="radio" name="language" value={each} defaultChecked={each === offer.language} />
                {t(`start-language-${each}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {passphrase && (
          <div class="field">
            <label class="field__label" for="start-passphrase">
              {t("start-passphrase")}
            </label>
            <input
              class="input"
              id="start-passphrase"
              name="passphrase"
              type="password"
              required
              autocomplete="current-password"
              aria-describedby="start-passphrase-hint"
            />
            <p class="field__hint" id="start-passphrase-hint">
              {t("start-passphrase-hint")}
            </p>
          </div>
        )}
        {mistake && (
          <p class="warning warning--refusal" role="alert">
            {mistake}
          </p>
        )}
        <div class="dialog__foot">
          <button class="button button--primary" aria-busy={busy}>
            {t(busy ? "start-busy" : "start-go")}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
