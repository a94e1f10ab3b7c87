/** SQLite's write-ahead log as its format is written down, read without SQLite: what is really in one that was damaged. */

const HEADER = 32;
const FRAME_HEADER = 24;

/** SQLite's running sum over pairs of 32-bit numbers, which these logs keep with the low byte first. */
const sumOf = (bytes: Buffer, [first, second]: readonly [number, number]): [number, number] => {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + bytes.readUInt32LE(at) + b) >>> 0;
    b = (b + bytes.readUInt32LE(at + 4) + a) >>> 0;
  }
  return [a, b];
};

const same = (bytes: Buffer, at: number, [a, b]: readonly [number, number]): boolean =>
  bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;

/** How many commits the log holds whole, up to the first frame that is not what was written, and where they end. */
export const commitsInLog = (log: Buffer): { commits: number; end: number } => {
  if (log.length < HEADER) return { commits: 0, end: 0 };
  let sum = sumOf(log.subarray(0, HEADER - 8), [0, 0]);
  if (!same(log, HEADER - 8, sum)) return { commits: 0, end: 0 };
  const pageSize = log.readUInt32BE(8);
  const salts = log.subarray(16, 24);
  let [commits, end] = [0, HEADER];
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= log.length; at += FRAME_HEADER + pageSize) {
    const head = log.subarray(at, at + FRAME_HEADER);
    sum = sumOf(head.subarray(0, 8), sum);
    sum = sumOf(log.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize), sum);
    if (!head.subarray(8, 16).equals(salts) || !same(head, 16, sum)) break;
    // The last frame of a commit says how large the file is after it.
    if (head.readUInt32BE(4) === 0) continue;
    commits += 1;
    end = at + FRAME_HEADER + pageSize;
  }
  return { commits, end };
};
