/** The server's time as this device can tell it: measured over the quickest round trip, and anew when the device's clock jumps. */

/** One question and its answer: our moments, and the server's in between; milliseconds since 1970. */
export interface Heard {
  sent: number;
  received: number;
  told: number;
}

export interface Clock {
  readonly now: () => Date;
  take(heard: Heard): void;
}

/** `clock`: the one of this device, right or wrong. */
export const createClock = (clock: () => number = Date.now): Clock => {
  let ahead = 0;
  /** The answer came at some moment of the round trip: half of it is the most we can be wrong by. */
  let doubt = Infinity;
  return {
    now: () => new Date(clock() + ahead),
    take({ sent, received, told }) {
      const half = (received - sent) / 2;
      const next = told - (sent + half);
      // Two measures that cannot both be right: the clock of this device was set in between.
      const jumped = Math.abs(next - ahead) > half + doubt;
      if (half > doubt && !jumped) return;
      ahead = next;
      doubt = half;
    },
  };
};
