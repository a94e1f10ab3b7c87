/** One rich text on the page: still HTML that follows the document, until somebody touches it and an editor wakes. */
import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import type * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { readOnce } from "../../document/text/remembered.ts";
import { isBlank } from "../../minutes/plain.ts";
import type { Prose } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { perFrame } from "../session/frame.ts";
import type { Session } from "../session/session.ts";
import { useMinutesLanguage } from "../sections/steady.ts";
import { editingNow, editingSoon, type Editing } from "./coming.ts";
import { isPlain } from "./plain.ts";
import type { Mounted } from "./mount.ts";
import { hearSlipped, type Point } from "./slipped.ts";
import { StaticProse } from "./StaticProse.tsx";
import { topsIn } from "./tops.ts";
import { wait, waitingIn } from "./waiting.ts";

export interface RichTextProps {
  session: Session;
  text: Y.Text;
  /** `title`, `prose:<section>` or `items:<section>:<item>`: where carets of this text stand. */
  place: string;
  label: string;
  /** Enter adds no line; pasted lines become one. A title also has no marks. */
  oneLine?: boolean;
  placeholder?: string;
  autofocus?: boolean;
}

/** Drawing what others write takes a quarter of the time at most. */
const REST = 3;

export const RichText: FunctionComponent<RichTextProps> = (props) => {
  const { session, text, place, label, oneLine = false, placeholder = "", autofocus = false } = props;
  const root = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  const underFinger = useRef<Prose>(undefined);
  const resting = useRef(false);
  const [editor, setEditor] = useState<Mounted & Pick<Editing, "Toolbar">>();
  const mounted = useRef<Mounted | undefined>(undefined);
  const [linking, setLinking] = useState(false);
  const [, redraw] = useReducer((count: number, _why: void) => count + 1, 0);
  const writable = session.canWrite.value;
  const language = useMinutesLanguage(session);

  // In the same turn as it is drawn: what came before anybody listened would never be drawn.
  useLayoutEffect(() => {
    const frame = perFrame(() => {
      if (!mounted.current) redraw();
    }, REST);
    return listen(text, "deep", () => frame());
  }, [text]);

  const sleep = (): void => {
    mounted.current?.destroy();
    mounted.current = undefined;
    // By hand, as it was hidden: woken and gone between two drawings, nothing would be drawn.
    if (still.current) still.current.hidden = false;
    setEditor(undefined);
    setLinking(false);
  };
  useLayoutEffect(() => sleep, [text]);

  const leave = (): void => {
    sleep();
    // The next Tab goes on from here; the focus alone does not wake the editor again.
    resting.current = true;
    still.current?.focus();
    session.announce(t("editor-left"));
  };

  const mount = (editing: Editing, point?: Point): void => {
    const element = host.current;
    if (mounted.current || !element || !session.canWrite.peek()) return;
    const box = waitingIn(element);
    const elsewhere = box !== null && document.activeElement !== box;
    const topOf = still.current ? topsIn(still.current) : undefined;
    let pressedTools = "";
    const made = editing.mountEditor({
      session,
      text,
      place,
      label,
      oneLine,
      hint: placeholder,
      element,
      ...(topOf ? { topOf } : {}),
      leave,
      link: () => {
        if (!isPlain(place)) setLinking(true);
      },
      changed: (state) => {
        const now = editing.pressedAt(state);
        if (now !== pressedTools) redraw();
        pressedTools = now;
      },
    });
    mounted.current = made;
    if (still.current) still.current.hidden = true;
    const { view } = made;
    if (!elsewhere) view.focus();
    const at = point && view.posAtCoords(point);
    view.dispatch(at ? editing.caretNear(view.state, at.pos) : editing.caretAt(view.state, true));
    box?.remove();
    if (box) editing.typeInto(view, box.value);
    // Enter may have left the text again, and whoever went on elsewhere is not called back.
    if (elsewhere) {
      sleep();
      redraw();
    } else if (mounted.current) setEditor({ ...made, Toolbar: editing.Toolbar });
  };

  /** Within the gesture that asked for it: phones open their keyboard only then. */
  const wake = (point?: Point): void => {
    const editing = editingNow();
    if (editing) return mount(editing, point);
    if (!host.current || !session.canWrite.peek()) return;
    wait(host.current, label, () => wake());
    editingSoon().then(
      (arrived) => mount(arrived, point),
      () => session.notify(t("attempt-unreachable")),
    );
  };

  useEffect(() => {
    if (autofocus) wake();
  }, [autofocus]);

  const blurred = (): void => {
    // The focus moves on after this event; the toolbar belongs to the editor, another window changes nothing.
    setTimeout(() => {
      const within = root.current?.contains(document.activeElement) ?? false;
      if (mounted.current && !within && document.hasFocus()) sleep();
    });
  };

  const prose = editor ? undefined : (underFinger.current ?? readOnce(text));
  /**
   * A browser tells of no click where what was pressed has been replaced: words under a finger stay until it has left them.
   * Not for another button, nor longer than a menu or another window leaves us: those take the lifting for themselves.
   */
  const keepStill = ({ button, pointerId }: PointerEvent): void => {
    if (button !== 0) return;
    underFinger.current = prose;
    const over = new AbortController();
    const lift = (event: Event): void => {
      const lifted = event.type === "pointerup";
      const scrolled = event.type === "pointercancel";
      if ((lifted || scrolled) && (event as PointerEvent).pointerId !== pointerId) return;
      over.abort();
      // No focus follows that would be of this press.
      if (scrolled) pressed.current = false;
      // After the click.
      setTimeout(() => {
        underFinger.current = undefined;
        redraw();
      });
    };
    for (const end of ["pointerup", "pointercancel", "contextmenu", "blur"])
      addEventListener(end, lift, { signal: over.signal });
  };
  const empty = prose !== undefined && isBlank(prose);
  return (
    <div ref={root} class={`rich-text${oneLine ? " rich-text--line" : ""}`} onFocusOut={blurred}>
      {editor && !isPlain(place) && (
        <editor.Toolbar view={editor.view} label={label} oneLine={oneLine} linking={linking} setLinking={setLinking} />
      )}
      <div
        ref={still}
        class="rich-text__still"
        hidden={editor !== undefined}
        {...(writable && {
          role: "textbox",
          tabIndex: 0,
          "aria-label": label,
          "aria-multiline": !oneLine,
          "aria-placeholder": placeholder || undefined,
          onPointerDown: (event: PointerEvent) => {
            pressed.current = true;
            keepStill(event);
            const link = event.target instanceof Element && event.target.closest("a");
            if (event.button === 0 && !link) hearSlipped(event.currentTarget as HTMLElement, event, wake);
          },
          onFocus: () => {
            if (!pressed.current && !resting.current) wake();
            pressed.current = false;
          },
          onBlur: () => {
            resting.current = false;
            pressed.current = false;
          },
          onClick: (event: MouseEvent) => {
            pressed.current = false;
            const link = event.target instanceof Element && event.target.closest("a");
            // Words are also selected to be copied.
            if (link || getSelection()?.isCollapsed === false) return;
            wake({ left: event.clientX, top: event.clientY });
          },
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== "Enter" || event.target !== event.currentTarget) return;
            event.preventDefault();
            wake();
          },
        })}
      >
        {empty && placeholder ? (
          <p class="rich-text__hint">{placeholder}</p>
        ) : (
          prose && <StaticProse prose={prose} lang={language} />
        )}
      </div>
      <div ref={host} class="rich-text__host" lang={language} />
    </div>
  );
};
