/** The history as moments one can look at: versions and stretches of writing, newest first, and how each is called. */
import type { HistoryAnswer, Stretch, Version } from "../../document/history.ts";
import type { Language } from "../../minutes/value.ts";
import { language, t } from "../language.ts";

/** One moment of the list. */
export interface Moment {
  key: string;
  /** The entry after which the minutes stood so. */
  seq: number;
  began: Date;
  ended: Date;
  version?: Version;
  stretch?: Stretch;
}

/** More names than this are counted. */
const FEW = 3;

const ofVersion = (version: Version): Moment => {
  const at = new Date(version.moment);
  return { key: `${version.kind} ${version.seq}`, seq: version.seq, began: at, ended: at, version };
};

const ofStretch = (stretch: Stretch): Moment => {
  const [began, ended] = [new Date(stretch.began), new Date(stretch.ended)];
  return { key: `stretch ${stretch.seq}`, seq: stretch.seq, began, ended, stretch };
};

/** A version stands above the stretch it was made in. */
export const momentsOf = ({ stretches, versions }: HistoryAnswer): Moment[] =>
  [...versions.map(ofVersion), ...stretches.map(ofStretch)].toSorted(
    (a, b) => b.seq - a.seq || Number(b.version !== undefined) - Number(a.version !== undefined),
  );

const formatOf = (spoken: Language, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(spoken === "en" ? "en-GB" : spoken, form);

export const dayOf = ({ ended }: Moment, spoken: Language): string =>
  formatOf(spoken, { dateStyle: "full" }).format(ended).replaceAll("\u202F", "\u00A0");

/** From when to when, in hours and minutes. */
export const timesOf = ({ began, ended }: Moment): string => {
  const format = formatOf(language.value, { timeStyle: "short" });
  const [from, to] = [began, ended].map((each) => format.format(each).replaceAll("\u202F", "\u00A0"));
  return from === to ? to! : `${from}\u00A0– ${to}`;
};

/** What a moment is called. */
export const titleOf = (moment: Moment): string => {
  const { version } = moment;
  if (version?.kind === "named") return version.name;
  if (version?.name) return t(`history-${version.kind}`, { name: version.name });
  if (version) return t(`history-${version.kind}-one`);
  return t("history-moment", { day: dayOf(moment, language.value), time: timesOf(moment) });
};

/** Who wrote in it, or who made it a version. */
export const whoOf = ({ version, stretch }: Moment, names: ReadonlyMap<string, string>): string => {
  const nameOf = (id: string | null): string => names.get(id ?? "") || t("history-somebody");
  if (version) return t("history-by", { name: nameOf(version.by) });
  const all = [...new Set((stretch?.authors ?? []).map(({ id }) => nameOf(id)))];
  if (all.length === 0) return t("history-server");
  const shown = all.slice(0, FEW).join(", ");
  return all.length > FEW ? t("history-and-more", { names: shown, count: all.length - FEW }) : shown;
};
