/** Dragging a row by its handle with mouse, pen or finger: pointer events, an edge that scrolls, Escape gives up. */

export interface Drop {
  /** `data-row` of the row it was dropped beside. */
  row: string;
  side: "before" | "after";
}

export interface Dragging {
  /** The row that is moved. */
  row: HTMLElement;
  /** Every row it can be dropped beside, in the order of the screen. */
  rows: () => HTMLElement[];
  drop: (where: Drop) => void;
  /** Rows of other lists, which take in what is dropped on them. */
  takers?: () => HTMLElement[];
  /** Called with `data-row` of the taker. */
  give?: (taker: string) => void;
}

/** Less than this is a click on the handle. */
const THRESHOLD = 6;
/** Within this many pixels of the window's edge the page scrolls. */
const EDGE = 72;
const STEP = 10;

interface Target {
  row: HTMLElement;
  side: Drop["side"] | "into";
}

const over = (rows: readonly HTMLElement[], y: number): Target | undefined => {
  const row = rows.find((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return top <= y && y < bottom;
  });
  return row && { row, side: "into" };
};

const nearest = (rows: readonly HTMLElement[], y: number): Target | undefined => {
  for (const row of rows) {
    const { top, bottom } = row.getBoundingClientRect();
    if (y < (top + bottom) / 2) return { row, side: "before" };
  }
  const last = rows.at(-1);
  return last && { row: last, side: "after" };
};

const swallow = (click: Event): void => click.stopImmediatePropagation();

/** The click that may follow a drag must not open the handle's menu; when none follows, the next one counts. */
const swallowClick = (handle: HTMLElement): void => {
  handle.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => handle.removeEventListener("click", swallow, { capture: true }), 0);
};

/** Starts on `pointerdown` of a handle; nothing happens unless the pointer then moves. */
export const startDrag = (press: PointerEvent, { row, rows, drop, takers, give }: Dragging): void => {
  if (press.button !== 0 || !(press.currentTarget instanceof HTMLElement)) return;
  const handle = press.currentTarget;
  let y = press.clientY;
  let moving = false;
  let frame = 0;
  let target: Target | undefined;

  const mark = (): void => {
    delete target?.row.dataset["drop"];
    const others = rows().filter((other) => other !== row);
    target = over(takers?.() ?? [], y) ?? nearest(others, y);
    if (target) target.row.dataset["drop"] = target.side;
  };
  const roll = (): void => {
    const by = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
    if (by !== 0) {
      scrollBy(0, by);
      mark();
    }
    frame = requestAnimationFrame(roll);
  };
  const end = (): void => {
    cancelAnimationFrame(frame);
    delete target?.row.dataset["drop"];
    delete row.dataset["dragged"];
    listening.abort();
  };
  const listening = new AbortController();
  const { signal } = listening;
  // On the window, so that a row redrawn under the pointer does not end the drag.
  addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== press.pointerId) return;
      y = event.clientY;
      if (!moving && Math.abs(y - press.clientY) < THRESHOLD) return;
      if (!moving) {
        moving = true;
        row.dataset["dragged"] = "";
        frame = requestAnimationFrame(roll);
      }
      mark();
    },
    { signal },
  );
  addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== press.pointerId) return;
      const where = moving ? target : undefined;
      if (moving) swallowClick(handle);
      end();
      const id = where?.row.dataset["row"];
      if (!where || id === undefined) return;
      if (where.side === "into") give?.(id);
      else drop({ row: id, side: where.side });
    },
    { signal },
  );
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && moving && end(), { signal });
};
