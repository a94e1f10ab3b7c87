/** Keeps the identity of what did not change between two readings, so that only what did is drawn again. */
import { computed, useComputed, type ReadonlySignal } from "@preact/signals";
import { Component, h, type ComponentChildren, type ComponentClass, type FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import type { Language, Minutes } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const sameEntries = (a: object, b: object): boolean => {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && Object.is(Reflect.get(a, key), Reflect.get(b, key)))
  );
};

const steadyList = (previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] => {
  const kept = next.map((value, place) => steadyPart(previous[place], value));
  return kept.length === previous.length && kept.every((value, place) => Object.is(value, previous[place]))
    ? previous
    : kept;
};

const steadyPart = (previous: unknown, next: unknown): unknown => {
  if (Object.is(previous, next) || !isObject(previous) || !isObject(next)) return next;
  if (Array.isArray(previous) || Array.isArray(next)) {
    return Array.isArray(previous) && Array.isArray(next) ? steadyList(previous, next) : next;
  }
  const parts = Object.entries(next).map(([key, value]): [string, unknown] => [
    key,
    steadyPart(Object.hasOwn(previous, key) ? Reflect.get(previous, key) : undefined, value),
  ]);
  const kept = Object.fromEntries(parts);
  return sameEntries(kept, previous) ? previous : kept;
};

/** `next`, but with every part that equals its counterpart in `previous` replaced by that counterpart. Plain data only. */
const steady = <T>(previous: T, next: T): T =>
  // The same data under other identities.
  steadyPart(previous, next) as T;

/** The steady form of `value` over the life of a component. */
export const useSteady = <T>(value: T): T => {
  const last = useRef(value);
  last.current = steady(last.current, value);
  return last.current;
};

/**
 * A part of the minutes; draws again only when that part is another one. `pick` is looked at once: it must not depend on
 * anything but the minutes.
 */
export const usePart = <T>(session: Pick<Session, "minutes">, pick: (minutes: Minutes) => T): T => {
  const last = useRef<{ part: T }>(undefined);
  return useComputed(() => {
    const next = pick(session.minutes.value);
    const part = last.current ? steady(last.current.part, next) : next;
    last.current = { part };
    return part;
  }).value;
};

const languages = new WeakMap<Session["minutes"], ReadonlySignal<Language>>();

/** The language the minutes are written in, whatever the interface speaks; one computation for all who ask. */
export const useMinutesLanguage = ({ minutes }: Pick<Session, "minutes">): Language => {
  const known = languages.get(minutes) ?? computed(() => minutes.value.language);
  languages.set(minutes, known);
  return known.value;
};

/** Draws again only when a prop is another one; signals read inside still draw on their own. */
export const memo = <P extends object>(draw: FunctionComponent<P>): ComponentClass<P> =>
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !sameEntries(this.props, next);
    }

    override render(): ComponentChildren {
      return h(draw, this.props);
    }
  };
