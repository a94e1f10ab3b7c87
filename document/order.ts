/** Where things stand among their siblings: fractional keys, ties settled by id, any foreign key tolerated. */
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Longer keys are foreign: ours grow by about one character for every six moves into one and the same gap. */
const LONGEST = 256;

/** Something that stands in an order; `order` is whatever the document holds. */
export interface Placed {
  id: string;
  order: unknown;
  /** When it was captured; settles the order of what has no usable key. */
  at?: unknown;
}

/** Whether `value` is a key that another key can be made next to. */
export function isKey(value: unknown): value is string {
  if (typeof value !== "string" || value.length > LONGEST || !/^[A-Za-z][0-9A-Za-z]+$/.test(value)) return false;
  const head = value.charCodeAt(0);
  const digits = head >= 97 ? head - 96 : 91 - head;
  if (value.length < digits + 1 || value === "A".padEnd(27, "0")) return false;
  return value.length === digits + 1 || !value.endsWith("0");
}

/** When an entry was captured, as far as the order goes: those the server has numbered, then the others by their time. */
export function capturedAt(number: unknown, at: unknown): unknown {
  const given = typeof number === "number" && Number.isSafeInteger(number) && number > 0;
  return given ? String(number).padStart(16, "0") : at;
}

/** Sorts by key, then by id; what has no usable key comes last, in the order of its capture. */
export function compareOrder(a: Placed, b: Placed): number {
  return compare(sortKey(a), sortKey(b)) || compare(a.id, b.id);
}

// "~" sorts after every key, "~~" after every time.
const sortKey = ({ order, at }: Placed): string => (isKey(order) ? order : typeof at === "string" ? `~${at}` : "~~");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Keys for `id` to stand at `index` of its `siblings` (sorted, without `id`): usually one pair [id, key]. Neighbours
 * without a usable key, or sharing one, get a key too: nothing can be put between two equal ones.
 */
export function place(id: string, siblings: readonly Placed[], index: number): [string, string][] {
  const at = Math.max(0, Math.min(siblings.length, Math.trunc(index)));
  let from = at;
  while (from > 0 && !isKey(siblings[from - 1]?.order)) from -= 1;
  const low = keyAt(siblings, from - 1);
  let to = at;
  while (to < siblings.length && !follows(low, keyAt(siblings, to))) to += 1;
  const ids = [...siblings.slice(from, at).map((s) => s.id), id, ...siblings.slice(at, to).map((s) => s.id)];
  const keys = keysBetween(low, keyAt(siblings, to), ids.length);
  if (keys.every(isKey)) return ids.map((each, i) => [each, keys[i] ?? ""]);
  // The gap has become too narrow for short keys: everybody gets a new one.
  const all = [...siblings.slice(0, at).map((s) => s.id), id, ...siblings.slice(at).map((s) => s.id)];
  const fresh = keysBetween(null, null, all.length);
  return all.map((each, i) => [each, fresh[i] ?? ""]);
}

/** `count` fresh keys in order, behind all of these. */
export function keysBehind(orders: Iterable<unknown>, count: number): string[] {
  let last: string | null = null;
  for (const order of orders) if (isKey(order) && (last === null || order > last)) last = order;
  return generateNKeysBetween(last, null, count);
}

/** `count` fresh keys in order, for siblings created together. */
export function firstKeys(count: number): string[] {
  return generateNKeysBetween(null, null, count);
}

function keyAt(siblings: readonly Placed[], index: number): string | null {
  const order = siblings[index]?.order;
  return isKey(order) ? order : null;
}

const follows = (low: string | null, key: string | null): boolean => key !== null && (low === null || key > low);

/** Random tails make it unlikely that two people who insert at the same place at once get the same key. */
function keysBetween(low: string | null, high: string | null, count: number): string[] {
  if (count > 1) return generateNKeysBetween(low, high, count);
  let key = generateKeyBetween(low, high);
  while (high?.startsWith(key)) key = generateKeyBetween(key, high);
  const random = crypto.getRandomValues(new Uint8Array(3));
  return [key + Array.from(random, (byte, i) => DIGITS[i === 2 ? 1 + (byte % 61) : byte % 62]).join("")];
}
