/** A modal dialog with a heading and a way out; Escape closes it and focus goes back to where it was. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { createContext, type ComponentChildren, type FunctionComponent } from "preact";
import { useContext, useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../language.ts";

const open = signal(0);

/** How many dialogs are open: everything beside them is out of sight, reach and hearing. */
export const dialogsOpen: ReadonlySignal<number> = open;

/** What the page has to say, for whoever has a dialog open. */
export const WithinDialogs = createContext<FunctionComponent | undefined>(undefined);

/** Stands at the end of every dialog. */
export const SaidWithin = () => {
  const Said = useContext(WithinDialogs);
  useLayoutEffect(() => {
    open.value += 1;
    return () => {
      open.value -= 1;
    };
  }, []);
  return Said ? <Said /> : null;
};

interface DialogProps {
  heading: string;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

export const Dialog = ({ heading, wide, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  // Open in the turn in which it is drawn, so that Escape right after the press is heard; closed before it leaves the page,
  // for one that is taken out while it is open gives the focus back to nobody.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  // What closes by Escape is gone at once: its close event comes late, and would close what was opened again meanwhile.
  const cancelled = (event: Event): void => {
    if (event.target === event.currentTarget) onClose();
  };

  // For the same reason a dialog that has already given way to another must not close that one.
  const closed = (event: Event): void => {
    if ((event.currentTarget as Element).isConnected) onClose();
  };

  return (
    <dialog
      ref={dialog}
      class={`dialog ${wide ? "dialog--wide" : ""}`}
      aria-labelledby={id}
      onCancel={cancelled}
      onClose={closed}
    >
      <div class="dialog__head">
        <h2 id={id}>{heading}</h2>
        <button type="button" class="button button--quiet" onClick={onClose}>
          {t("dialog-close")}
        </button>
      </div>
      {children}
      <SaidWithin />
    </dialog>
  );
};
