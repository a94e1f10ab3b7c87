/** Text as large as the section allows; what is longer than the screen scrolls to what is new. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** From the largest to the smallest that can be read from the back of a room; in hundredths of the screen's height. */
const SIZES = [5, 4.4, 3.9, 3.4, 3];
/** A section that fills less than this of the screen may be shown larger. */
const ROOMY = 0.7;

/** What stands in the box, which may be less than the box. */
const heightIn = (box: HTMLElement): number => box.firstElementChild?.getBoundingClientRect().height ?? 0;

/** Finds the size for what stands in `box`, from the one it had; only a section that became much shorter grows again. */
const fit = (box: HTMLElement, from: number): number => {
  const use = (step: number): void => box.style.setProperty("--size", String(SIZES[step]));
  const fits = (): boolean => heightIn(box) <= box.clientHeight + 1;
  let step = from;
  use(step);
  while (!fits() && step < SIZES.length - 1) use((step += 1));
  if (step > from) return step;
  while (step > 0 && heightIn(box) < box.clientHeight * ROOMY) {
    use(step - 1);
    if (!fits()) {
      use(step);
      return step;
    }
    step -= 1;
  }
  return step;
};

/** Call where the section is drawn; `fresh` finds what is new in it. */
export const useFit = (root: RefObject<HTMLElement | null>, section: string, fresh: () => Element | null): void => {
  const steps = useRef(new Map<string, number>());
  const run = (): void => {
    const box = root.current;
    if (!box) return;
    steps.current.set(section, fit(box, steps.current.get(section) ?? 0));
    const row = fresh();
    if (box.scrollHeight > box.clientHeight + 1) row?.scrollIntoView({ block: "nearest" });
    else box.scrollTop = 0;
  };
  useLayoutEffect(run);
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(() => {
    if (!root.current) return undefined;
    const watcher = new ResizeObserver(() => latest.current());
    watcher.observe(root.current);
    return () => watcher.disconnect();
  }, []);
};
