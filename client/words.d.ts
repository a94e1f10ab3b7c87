/** What the build makes of a file of words: each key with what is said for it, as Fluent has understood it. */
declare module "*.ftl?words" {
  import type { Message } from "@fluent/bundle";

  const words: readonly (readonly [key: string, said: Message["value"]])[];
  export default words;
}

/** The words that come later. */
declare module "*.ftl?more" {
  export { default } from "*.ftl?words";
}

/** Those of what opens over a workshop. */
declare module "*.ftl?panels" {
  export { default } from "*.ftl?words";
}
