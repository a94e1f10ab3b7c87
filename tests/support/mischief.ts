/** What a network may do to the frames of a WebSocket: twice, late, in another order, never, or broken off in the middle. */
import { Transform } from "node:stream";
import type { Random } from "../fuzz/random.ts";

/** How often each was done. */
export interface Mischief {
  twice: number;
  late: number;
  swapped: number;
  dropped: number;
  broken: number;
}

export const noMischief = (): Mischief => ({ twice: 0, late: 0, swapped: 0, dropped: 0, broken: 0 });

/** The handshake of the protocol itself is left alone, so that every line begins. */
const SPARED = 8;
const LATE_MS = 60;

/** The length of the first WebSocket frame in `bytes`, header and mask included; undefined while it is not all there. */
const frameLength = (bytes: Buffer): number | undefined => {
  if (bytes.length < 2) return undefined;
  const [, second] = bytes as unknown as [number, number];
  const short = second & 0x7f;
  const wide = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + wide) return undefined;
  const payload = wide === 0 ? short : wide === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const whole = 2 + wide + (second & 0x80 ? 4 : 0) + payload;
  return bytes.length < whole ? undefined : whole;
};

/** Does one of these to about one frame in `rarity`, as long as `active` says so; `cut` ends the connection. */
export const meddling = (
  random: Random,
  rarity: number,
  done: Mischief,
  active: () => boolean,
): ((way: "up" | "down", cut: () => void) => Transform) => {
  return (_way, cut) => {
    let rest: Buffer = Buffer.alloc(0);
    let seen = 0;
    let kept: Buffer | undefined;
    const stream = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        rest = Buffer.concat([rest, chunk]);
        let wait = 0;
        for (let length = frameLength(rest); length !== undefined; length = frameLength(rest)) {
          const frame = rest.subarray(0, length);
          rest = rest.subarray(length);
          seen += 1;
          const swapped = kept;
          kept = undefined;
          const deed = swapped || seen <= SPARED || !active() || !random.chance(1 / rarity) ? 5 : random.below(5);
          if (deed === 0) {
            done.twice += 1;
            stream.push(frame);
          }
          if (deed === 1) {
            done.late += 1;
            wait = LATE_MS;
          }
          if (deed === 2) {
            done.swapped += 1;
            kept = frame;
          } else if (deed === 3) done.dropped += 1;
          else if (deed === 4) {
            done.broken += 1;
            stream.push(frame.subarray(0, 1 + random.below(length - 1)));
            cut();
            return next();
          } else stream.push(frame);
          if (swapped) stream.push(swapped);
        }
        if (wait > 0) setTimeout(next, wait);
        else next();
      },
    });
    return stream;
  };
};
