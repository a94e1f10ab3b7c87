/** What writing needs and reading does not: the heavy part of the page, fetched by `coming.ts` as a file of its own. */
export { caretAt, caretNear } from "./commands.ts";
export { mountEditor } from "./mount.ts";
export { pressedAt, Toolbar } from "./toolbar.tsx";
export { typeInto } from "./typed.ts";
