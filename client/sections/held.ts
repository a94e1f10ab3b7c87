/** What a freeze leaves of plain fields: they stay where they are, with what is half typed, and take nothing for a while (C38). */
import type { Session } from "../session/session.ts";

type Held = Pick<Session, "canWrite" | "frozen">;

/** Whether fields stand as fields; else what is in them is printed. */
export const asFields = ({ canWrite, frozen }: Held): boolean => canWrite.value || frozen.value;

interface Choice {
  value: string;
  "aria-disabled": true | undefined;
  onChange: (event: { currentTarget: HTMLSelectElement }) => void;
}

interface Tick {
  checked: boolean;
  "aria-disabled": true | undefined;
  onChange: (event: { currentTarget: HTMLInputElement }) => void;
}

interface Press {
  "aria-disabled": true | undefined;
  onClick: (() => void) | undefined;
}

/** What a choice is drawn with; browsers know none that only takes nothing, and one that is disabled loses the focus. */
export const choiceOf = (value: string, choose: ((value: string) => void) | undefined): Choice => ({
  value,
  "aria-disabled": choose ? undefined : true,
  onChange: ({ currentTarget }) => {
    if (choose) choose(currentTarget.value);
    else currentTarget.value = value;
  },
});

/** The same for a box that is ticked or not. */
export const tickOf = (checked: boolean, choose: ((checked: boolean) => void) | undefined): Tick => ({
  checked,
  "aria-disabled": choose ? undefined : true,
  onChange: ({ currentTarget }) => {
    if (choose) choose(currentTarget.checked);
    else currentTarget.checked = checked;
  },
});

/** The same for a button. */
export const pressOf = (act: (() => void) | undefined): Press => ({
  "aria-disabled": act ? undefined : true,
  onClick: act,
});
