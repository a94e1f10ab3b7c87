/** A button that opens a list of actions; where it is also a handle, dragging it moves the row it stands in. */
import type { FunctionComponent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface MenuEntry {
  label: string;
  /** The same by keyboard, e.g. "Alt+↑". */
  keys?: string;
  danger?: boolean;
  act: () => void;
}

export interface MenuProps {
  label: string;
  /** Asked for when the menu opens, so that closed menus cost nothing. */
  entries: () => MenuEntry[];
  /** Gets the press that may become a drag. */
  onGrab?: (event: PointerEvent) => void;
}

/** The room of a menu that is away for a moment: the words beside it stay as they are broken into lines. */
export const MenuRoom = () => (
  <span class="menu menu--away" aria-hidden="true">
    <span class="button button--quiet button--icon menu__button">⠿</span>
  </span>
);

/** Arrow keys, Home and End walk through the entries; Escape and Tab close and give the focus back. */
export const Menu: FunctionComponent<MenuProps> = ({ label, entries, onGrab }) => {
  const [open, setOpen] = useState<MenuEntry[]>();
  const root = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const choices = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const close = (refocus: boolean): void => {
    setOpen(undefined);
    if (refocus) button.current?.focus();
  };

  useLayoutEffect(() => {
    if (!open) return;
    choices()[0]?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = choices();
    const at = all.findIndex((choice) => choice === document.activeElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (step !== undefined) all.at(step % all.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span class="menu" ref={root}>
      <button
        ref={button}
        type="button"
        class={`button button--quiet button--icon menu__button${onGrab ? " menu__button--handle" : ""}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        aria-controls={open ? id : undefined}
        onPointerDown={onGrab}
        onClick={() => (open ? close(true) : setOpen(entries()))}
      >
        <span aria-hidden="true">{onGrab ? "⠿" : "⋯"}</span>
      </button>
      {open && (
        <div class="menu__list" role="menu" id={id} aria-label={label} ref={list} onKeyDown={onKeyDown}>
          {open.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={`menu__entry${entry.danger ? " menu__entry--danger" : ""}`}
              onClick={() => {
                close(true);
                entry.act();
              }}
            >
              <span>{entry.label}</span>
              {entry.keys && <kbd aria-hidden="true">{entry.keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </span>
  );
};
