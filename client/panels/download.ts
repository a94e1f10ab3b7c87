/** Puts a file of the minutes into the reader's hands; made on the device, so that it works without network too. */
import type { Minutes } from "../../minutes/value.ts";

/** What can be downloaded, in the order it is offered. */
export const EXTENSIONS = ["md", "html", "txt", "csv", "json"] as const;
export type Extension = (typeof EXTENSIONS)[number];

/** A title as a file name that every system accepts. */
const fileName = (title: string, extension: string): string => {
  const words = title.normalize("NFC").replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  return `${words.replaceAll(/^-|-$/gu, "").slice(0, 80) || "minutes"}.${extension}`;
};

/** Offers a file under a name. */
export const offer = (file: Blob, name: string): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has read the address by the end of the click.
  setTimeout(() => URL.revokeObjectURL(link.href));
};

/** Renders what this device shows and offers it as a file. */
export const download = async (minutes: Minutes, extension: Extension, address?: string): Promise<void> => {
  const { FORMATS } = await import("../../minutes/formats/format.ts");
  const format = FORMATS.get(extension);
  if (!format) return;
  const file = new Blob([format.render(minutes, address === undefined ? {} : { address })], { type: format.mediaType });
  offer(file, fileName(minutes.title, extension));
};
