/** The joining screen: one screen, first name, organisation if one likes, one button; and its gentle reminder. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { atLeast } from "../../document/capability.ts";
import { minutesBelow } from "../front/below.ts";
import { t } from "../language.ts";
import { lastName } from "../session/entry.ts";
import type { Session } from "../session/session.ts";
import { aboveGroups } from "./above-groups.ts";
import { NameForm } from "./NameForm.tsx";

/** What is asked of somebody without a name: everything at the door, a reminder at the first keystroke, nothing after. */
const asking = signal<"door" | "skipped" | "reminder" | "never">("door");

/** Somebody who may write and has no name yet is asked at the door, once. */
export const isAtDoor = (session: Session): boolean =>
  asking.value === "door" &&
  session.kind === "workshop" &&
  session.visitor.value.name === "" &&
  atLeast(session.capability.value, "write");

/** Whoever is in with a name is not sent back to the door, not even when they have that name erased. */
export const comeIn = ({ visitor }: Session): void => {
  if (visitor.peek().name !== "") asking.value = "never";
};

/** Goes past the door without a name. */
export const skipDoor = (): void => {
  asking.value = "skipped";
};

/** A door that stands there already: what was typed into it, and whether the focus is in it. */
export interface Begun {
  name: string;
  organisation: string;
  focused: boolean;
}

export const Joining = ({ session, begun }: { session: Session; begun?: Begun | undefined }) => {
  const { title, subtitle, mandate, language: lang } = session.minutes.value;
  // Whoever started it is no guest here: what they want to know is how the others come in.
  const manages = session.capability.value === "manage";
  // At once: a press may come in the very frame in which the door has been taken over.
  useLayoutEffect(() => () => minutesBelow()?.showPopover(), []);
  return (
    <main id="main" class="joining" tabIndex={-1}>
      <div class="sheet joining__sheet">
        <p class="overline" {...(subtitle && { lang })}>
          {subtitle || t(manages ? "joining-overline-host" : "joining-overline")}
        </p>
        <h1 {...(title && { lang })}>{title || t("page-untitled")}</h1>
        <p>{t(manages ? "joining-lead-host" : "joining-lead")}</p>
        {mandate && (
          <section class="joining__mandate" aria-label={t("joining-mandate")}>
            {mandate.split("\n").map((line, index) => (
              <p key={index} lang={lang}>
                {line}
              </p>
            ))}
          </section>
        )}
        <NameForm
          session={session}
          {...(begun ?? lastName())}
          focus={!begun?.focused}
          action={t("joining-enter")}
          onDone={() => (asking.value = "never")}
        >
          <button type="button" class="button button--quiet" onClick={skipDoor}>
            {t("joining-skip")}
          </button>
        </NameForm>
        <p class="soft small joining__who">{t("joining-readers")}</p>
      </div>
    </main>
  );
};

/** Comes up at the first keystroke of somebody who skipped the door; takes no focus, stops nobody. */
export const Reminder = ({ session }: { session: Session }) => {
  const skipped = asking.value === "skipped";
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!skipped) return undefined;
    const typed = (event: Event): void => {
      if (!(event.target instanceof Element) || !event.target.closest("[data-sheet]")) return;
      asking.value = "reminder";
      session.announce(t("reminder-lead"));
    };
    document.addEventListener("input", typed);
    return () => document.removeEventListener("input", typed);
  }, [skipped]);
  if (asking.value !== "reminder") return null;
  const later = (): void => {
    // The focus goes with the form, to whoever was asked in the middle of writing: back to the sheet.
    if (region.current?.contains(document.activeElement))
      document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
    asking.value = "never";
  };
  return (
    <div
      ref={region}
      class={`reminder card${aboveGroups(session)}`}
      role="region"
      aria-label={t("reminder-lead")}
      onKeyDown={(event) => {
        if (event.key === "Escape") later();
      }}
    >
      <p>{t("reminder-lead")}</p>
      <NameForm session={session} {...lastName()} action={t("reminder-sign")} onDone={later}>
        <button type="button" class="button button--quiet" onClick={later}>
          {t("reminder-later")}
        </button>
      </NameForm>
    </div>
  );
};
