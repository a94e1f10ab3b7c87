/** What a traced process did to its disk and told the world, in order (faulty-disk.c writes it). */

export type Step =
  | { does: "write"; file: string; offset: number; bytes: Buffer }
  | { does: "truncate"; file: string; length: number }
  | { does: "sync"; file: string }
  | { does: "create"; file: string; path: string }
  | { does: "rename"; from: string; to: string }
  | { does: "unlink"; path: string }
  | { does: "sync-directory" }
  /** Left by standard output, or by a socket to that port. */
  | { does: "print"; bytes: Buffer }
  | { does: "send"; port: number; bytes: Buffer };

const HEAD = 24;

const stepOf = (kind: number, file: string, offset: number, bytes: Buffer): Step => {
  const [first = "", second = ""] = kind >= 4 && kind <= 6 ? bytes.toString().split("\0") : [];
  const steps: (() => Step)[] = [
    () => ({ does: "write", file, offset, bytes }),
    () => ({ does: "sync", file }),
    () => ({ does: "truncate", file, length: offset }),
    () => ({ does: "create", file, path: first }),
    () => ({ does: "rename", from: first, to: second }),
    () => ({ does: "unlink", path: first }),
    () => ({ does: "sync-directory" }),
    () => ({ does: "print", bytes }),
    () => ({ does: "send", port: Number(file), bytes }),
  ];
  const step = steps[kind - 1];
  if (!step) throw new Error(`The trace holds a record of kind ${kind}.`);
  return step();
};

/** Every whole record; the process may have been killed in the middle of the last one. */
export const readTrace = (trace: Buffer): Step[] => {
  const steps: Step[] = [];
  for (let at = 0; at + HEAD <= trace.length;) {
    const length = trace.readUInt32LE(at + 4);
    if (at + HEAD + length > trace.length) break;
    const bytes = trace.subarray(at + HEAD, at + HEAD + length);
    const file = String(trace.readBigUInt64LE(at + 8));
    steps.push(stepOf(trace.readUInt32LE(at), file, Number(trace.readBigInt64LE(at + 16)), bytes));
    at += HEAD + length;
  }
  return steps;
};
