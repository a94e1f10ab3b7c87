/** Every way in which this project says no: a code, an HTTP status, a WebSocket close code; the sentence is a locale's. */

/*
 * Close codes: 4400 what was sent cannot be used (sending it again will not help) · 4401 come back with another
 * session · 4403 not allowed, do not come back · 4404 not there · 4409 reload the page · 4413 too large ·
 * 4414 the document is full · 4429 slow down · 4500 not saving for now, come back and send again.
 */
const TABLE = {
  "malformed-request": [400, 4400],
  "malformed-update": [400, 4400],
  "foreign-content": [400, 4400],
  "foreign-client-id": [403, 4400],
  "unsaved-gap": [409, 4400],
  "too-large": [413, 4413],
  /** The document has no room for more; it can still be read, and made smaller. */
  full: [413, 4414],
  "session-expired": [401, 4401],
  "unknown-link": [401, 4403],
  withdrawn: [403, 4403],
  "wrong-capability": [403, 4403],
  "wrong-passphrase": [403, 4403],
  "wrong-code": [404, 4404],
  "unknown-workshop": [404, 4404],
  "unknown-template": [404, 4404],
  "unknown-section": [404, 4404],
  /** The history of a workshop does not go there, or not any more. */
  "unknown-moment": [404, 4404],
  "unknown-address": [404, 4404],
  "wrong-method": [405, 4400],
  "closed-workshop": [403, 4403],
  /** Only a live workshop has a code. */
  "not-live": [409, 4400],
  frozen: [423, 4400],
  "other-layout": [409, 4409],
  "other-epoch": [409, 4409],
  "too-many-tries": [429, 4429],
  "last-manage-link": [409, 4400],
  /** Nothing is to be chosen there, not yet or no more. */
  "no-pick": [409, 4400],
  "no-picks-left": [409, 4400],
  /** A pick cannot become smaller than what somebody has picked. */
  "picked-more": [409, 4400],
  "not-saving": [503, 4500],
  /** What is kept cannot be read, wholly and as it was written: never an empty document instead. */
  unavailable: [503, 4500],
  /** Too many ask for what takes long. */
  busy: [503, 4500],
  stopping: [503, 4500],
  unexpected: [500, 4500],
} as const satisfies Record<string, readonly [status: number, closeCode: number]>;

export type RefusalCode = keyof typeof TABLE;

export const REFUSAL_CODES: readonly RefusalCode[] = Object.keys(TABLE).filter(isRefusalCode);

/** Thrown wherever something is refused; the sentence people read is `refusal-<code>` of the locales. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly closeCode: number;

  /** `detail` is for programs and logs (which field, which limit); it never holds a secret or somebody's text. */
  constructor(code: RefusalCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = "Refusal";
    this.code = code;
    [this.status, this.closeCode] = TABLE[code];
  }
}

/** Whether `value` is the code of a refusal, e.g. one read from an answer. */
export function isRefusalCode(value: unknown): value is RefusalCode {
  return typeof value === "string" && Object.hasOwn(TABLE, value);
}
