/** Where the lines of a still text stand on the page, so that its editor can give them their room without laying all of them out. */

/** For each line, and for one behind the last, where it begins; asked for while the text still stands there. */
export const topsIn = (still: Element): ((line: number) => number) => {
  const lines = [...still.querySelectorAll(":is(p, h3, h4, h5, blockquote, li):not(blockquote > p)")];
  const tops = new Map<number, number>();
  return (line) => {
    const known = tops.get(line);
    if (known !== undefined) return known;
    const top = lines[line]?.getBoundingClientRect().top ?? still.getBoundingClientRect().bottom;
    tops.set(line, top);
    return top;
  };
};
