/** A countdown: running towards a moment, or stopped with what is left. Pure; whoever calls knows what time it is. */

/** All in milliseconds; moments since 1970, by the server's clock. */
export type Timer = Running | Stopped;

interface Running {
  endsAt: number;
  /** How long the whole countdown is. */
  of: number;
}

interface Stopped {
  left: number;
  of: number;
}

export const MINUTE = 60_000;

/** A countdown of so many minutes that begins at `at`. */
export const countdown = (minutes: number, at: number): Timer => ({
  endsAt: at + minutes * MINUTE,
  of: minutes * MINUTE,
});

export const isRunning = (timer: Timer): timer is Running => "endsAt" in timer;

/** What is left; negative: by how much it is over. */
export const leftAt = (timer: Timer, at: number): number => (isRunning(timer) ? timer.endsAt - at : timer.left);

export const pause = (timer: Timer, at: number): Timer => ({ left: leftAt(timer, at), of: timer.of });

export const resume = (timer: Timer, at: number): Timer =>
  isRunning(timer) ? timer : { endsAt: at + timer.left, of: timer.of };

/** Longer by so many minutes. One that is over gets them from now on: a minute given to a room is a minute. */
export const extend = (timer: Timer, minutes: number, at: number): Timer => {
  const more = minutes * MINUTE;
  const left = Math.max(leftAt(timer, at), 0) + more;
  const of = timer.of + more;
  return isRunning(timer) ? { endsAt: at + left, of } : { left, of };
};

/** "12:08", "1:05:00"; what is over counts up: "+0:30". A second is shown until it has passed. */
export const clockText = (left: number): string => {
  const over = left <= -1000;
  const seconds = over ? Math.floor(-left / 1000) : Math.max(0, Math.ceil(left / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const short = `${hours > 0 ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
  return over ? `+${short}` : short;
};
