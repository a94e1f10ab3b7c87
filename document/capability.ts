/** What a link or a session allows. Without a parser, for whoever only compares. */

/** From least to most; each may do what those before it may. */
export const CAPABILITIES = ["read", "vote", "write", "manage"] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Whether `held` is enough where `needed` is asked for. */
export function atLeast(held: Capability, needed: Capability): boolean {
  return CAPABILITIES.indexOf(held) >= CAPABILITIES.indexOf(needed);
}
