/** Work with pauses: whoever has it done says what happens in them. */

/** A pause after each portion; the last step tells what came of it. */
export type Steps<Result> = Generator<undefined, Result>;

/** All of it, without a pause. */
export const atOnce = <Result>(steps: Steps<Result>): Result => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** All of it, for so many milliseconds at a time; in between, others have what `pause` leaves them. Rejects with what the work throws. */
export const inTurns = async <Result>(
  steps: Steps<Result>,
  turnMs: number,
  pause: () => Promise<unknown>,
): Promise<Result> => {
  for (;;) {
    const until = performance.now() + turnMs;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < until);
    await pause();
  }
};
