/** A plain input that several people may write in at once: nobody's caret moves, nobody's words vanish in silence. */
import type { FunctionComponent, HTMLAttributes } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { isComposing } from "./composing.ts";
import { useMinutesLanguage } from "./steady.ts";

/** How long after the last keystroke what stands in the input is written down. */
const PAUSE = 600;

export interface SharedInputProps {
  session: Session;
  /** Id of the input, when a `<label>` names it. */
  id?: string;
  /** Its name, when no `<label>` does. */
  label?: string;
  /** As the document has it. */
  value: string;
  save: (value: string) => void;
  /** Value → what is shown. */
  print?: (value: string) => string;
  /** What was typed → value. */
  parse?: (text: string) => string;
  /** `wrap`: one line that may be long; `lines`: Enter begins another. */
  shape?: "wrap" | "lines";
  class?: string;
  placeholder?: string;
  list?: string;
  inputMode?: HTMLAttributes["inputMode"];
  describedBy?: string;
}

type Box = HTMLInputElement | HTMLTextAreaElement;

const same = (text: string): string => text;

interface Hand {
  focused: boolean;
  typed: boolean;
  /** Values that came from here since the focus, so that their echo is not taken for somebody else's. */
  written: Set<string>;
  /** The last of them: what was put back to an earlier one is written again, what only stands there is not. */
  last: string | undefined;
  pause: number;
  /** Ends what keeps the mark from saying that what was typed is saved. */
  release: (() => void) | undefined;
  /** Listens for the page being left. */
  away: AbortController | undefined;
}

const atRest = (): Hand => ({
  focused: false,
  typed: false,
  written: new Set(),
  last: undefined,
  pause: 0,
  release: undefined,
  away: undefined,
});

/** A page may be gone before its fields hear that they were left; on a phone, hidden is the last it hears. */
const LEAVING = ["beforeunload", "pagehide", "visibilitychange"];

/**
 * Uncontrolled while it has the focus. Saves on a pause, on Enter, on leaving and on unmounting. When somebody else
 * changes the value meanwhile, the text typed here stays and theirs is offered below (K4).
 */
export const SharedInput: FunctionComponent<SharedInputProps> = (props) => {
  const { session, value, print = same, parse = same, save } = props;
  const box = useRef<Box>(null);
  const [other, setOther] = useState<string>();
  const hand = useRef(atRest());
  const latest = useRef({ value, parse, save });
  latest.current = { value, parse, save };
  const printed = print(value);

  useLayoutEffect(() => {
    const input = box.current;
    const { focused, typed, written } = hand.current;
    if (!input) return;
    if (other === value) setOther(undefined);
    if (!focused || !typed) {
      if (input.value !== printed) input.value = printed;
    } else if (!written.has(value)) {
      setOther(value);
      session.announce(t("shared-other", { value: printed }));
    }
  }, [value, printed]);

  const settle = (): void => {
    const input = box.current;
    const now = hand.current;
    if (!input || !now.typed) return;
    const wanted = latest.current.parse(
      props.shape === "lines" ? input.value : input.value.replace(/\s*[\r\n]+\s*/gu, " "),
    );
    if (wanted === latest.current.value || wanted === now.last) return;
    now.written.add(wanted);
    now.last = wanted;
    // What is filled in elsewhere is another thing to take back.
    session.undo.stopCapturing();
    latest.current.save(wanted);
    latest.current.value = wanted;
  };
  const write = (): void => {
    const now = hand.current;
    clearTimeout(now.pause);
    settle();
    now.release?.();
    now.release = undefined;
  };
  const rest = (): void => {
    write();
    hand.current.away?.abort();
    hand.current = atRest();
  };
  // As a layout effect: by the time passive ones are cleaned up, the input is gone with its words.
  useLayoutEffect(() => rest, []);

  const leave = (): void => {
    rest();
    if (box.current) box.current.value = print(latest.current.value);
  };
  const take = (): void => {
    if (other === undefined || !box.current) return;
    hand.current.typed = false;
    write();
    if (other !== latest.current.value) save(other);
    box.current.value = print(other);
    setOther(undefined);
    box.current.focus();
  };

  const common = {
    ref: (element: Box | null) => {
      box.current = element;
    },
    id: props.id,
    lang: useMinutesLanguage(session),
    "aria-label": props.label,
    "aria-describedby": props.describedBy,
    class: `shared ${props.class ?? ""}`,
    placeholder: props.placeholder,
    inputMode: props.inputMode,
    readOnly: !session.canWrite.value,
    autocomplete: "off" as const,
    onFocus: () => {
      hand.current.focused = true;
      hand.current.away?.abort();
      hand.current.away = new AbortController();
      const how = { capture: true, signal: hand.current.away.signal };
      for (const event of LEAVING) addEventListener(event, write, how);
    },
    onBlur: leave,
    onInput: () => {
      hand.current.typed = true;
      hand.current.release ??= session.hold();
      clearTimeout(hand.current.pause);
      hand.current.pause = window.setTimeout(write, PAUSE);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (isComposing(event)) return;
      if (event.key === "Enter" && props.shape !== "lines") {
        write();
        if (props.shape === "wrap") event.preventDefault();
      }
      if (event.key === "Escape") box.current?.blur();
    },
  };
  return (
    <>
      {props.shape ? <textarea {...common} rows={1} /> : <input {...common} type="text" list={props.list} />}
      {other !== undefined && (
        <span class="shared__other">
          <span>{t("shared-other", { value: print(other) })}</span>
          <button type="button" class="button button--small" onClick={take}>
            {t("shared-take")}
          </button>
          <button type="button" class="button button--small button--quiet" onClick={() => setOther(undefined)}>
            {t("shared-keep")}
          </button>
        </span>
      )}
    </>
  );
};
