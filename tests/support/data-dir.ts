/** Fresh data directories for tests, some of them on a small disk that can really be full. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface DataDir {
  path: string;
  remove: () => void;
}

const quietly = (program: string, ...words: string[]): unknown => execFileSync(program, words, { stdio: "ignore" });

export const newDataDir = (): DataDir => {
  const path = mkdtempSync(join(tmpdir(), "minutier-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export interface SmallDisk extends DataDir {
  resize: (kilobytes: number) => void;
}

/** A directory on a disk of its own with so many kilobytes; undefined where this account may not mount one. */
export const smallDisk = (kilobytes: number): SmallDisk | undefined => {
  const { path, remove } = newDataDir();
  try {
    quietly("mount", "-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", path);
  } catch {
    remove();
    return undefined;
  }
  return {
    path,
    resize: (wanted) => quietly("mount", "-o", `remount,size=${wanted}k`, path),
    remove: () => {
      quietly("umount", "-l", path);
      remove();
    },
  };
};
