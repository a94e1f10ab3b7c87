/** Just enough of Prometheus to try the alerts of the handbook: figures scraped at chosen times, and their expressions. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

type Labels = Readonly<Record<string, string>>;
interface Sample {
  name: string;
  labels: Labels;
  value: number;
}
interface Scrape {
  /** In seconds. */
  at: number;
  samples: readonly Sample[];
}

export interface Rule {
  alert: string;
  expr: string;
  for?: string;
}

/** The rules as hosts are given them. */
export const rules = (): Rule[] => {
  const text = readFileSync(new URL("../../docs/alerts.yaml", import.meta.url), "utf8");
  return (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
};

export const seconds = (duration: string): number => {
  const [, count, unit] = /^(\d+)([sm])$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`"${duration}" is no duration that is known here.`);
  return Number(count) * (unit === "m" ? 60 : 1);
};

const labelsIn = (text: string): Labels =>
  Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name!, value!]));

const samplesIn = (text: string): Sample[] =>
  text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", labels = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return {
        name,
        labels: labelsIn(labels),
        value: value === "Nan" ? Number.NaN : Number(value.replace("+Inf", "Infinity")),
      };
    });

const keyOf = ({ name, labels }: Sample): string =>
  name + JSON.stringify(Object.entries(labels).map(String).toSorted());

/** Scrapes in order, and what an expression makes of them at the latest. */
export class Prometheus {
  #scrapes: Scrape[] = [];

  /** Takes in what `/metrics` said at that second, or that nobody answered. */
  scrape(at: number, text: string | undefined): void {
    const up = { name: "up", labels: { job: "minutier" }, value: text === undefined ? 0 : 1 };
    this.#scrapes.push({ at, samples: [up, ...samplesIn(text ?? "")] });
  }

  /** Whether the expression gives anything, which is when Prometheus begins to count its `for`. */
  holds(expr: string): boolean {
    return expr.split(/\s+or\s+/).some((part) => {
      const [, left = "", operator = "", right = ""] = /^(.+?)\s*(==|>|<)\s*([\d.]+)$/.exec(part.trim()) ?? [];
      const limit = Number(right);
      if (operator === "") throw new Error(`"${part}" compares nothing.`);
      const passes = (value: number): boolean =>
        operator === "==" ? value === limit : operator === ">" ? value > limit : value < limit;
      return this.#vector(left).some(({ value }) => passes(value));
    });
  }

  #vector(expr: string): Sample[] {
    const [, name, inner = ""] = /^(sum|rate|increase|histogram_quantile)\((.*)\)$/.exec(expr.trim()) ?? [];
    if (name === "sum") {
      const all = this.#vector(inner);
      return all.length === 0 ? [] : [{ name: "", labels: {}, value: all.reduce((sum, { value }) => sum + value, 0) }];
    }
    if (name === "rate" || name === "increase") return this.#increase(inner, name === "rate");
    if (name === "histogram_quantile") {
      const [, share = "", buckets = ""] = /^([\d.]+),\s*(.*)$/.exec(inner) ?? [];
      return [{ name: "", labels: {}, value: quantile(Number(share), this.#vector(buckets)) }];
    }
    return this.#select(expr, this.#scrapes.at(-1));
  }

  #select(selector: string, scrape: Scrape | undefined): Sample[] {
    const [, name, labels = ""] = /^(\w+)(?:\{(.*)\})?$/.exec(selector.trim()) ?? [];
    if (name === undefined) throw new Error(`"${selector}" selects nothing that is known here.`);
    const wanted = Object.entries(labelsIn(labels));
    return (scrape?.samples ?? []).filter(
      (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
    );
  }

  /** What was added within the time, a counter that began again counted from nothing; as Prometheus, without guessing at the ends. */
  #increase(range: string, perSecond: boolean): Sample[] {
    const [, selector = "", duration = ""] = /^(.*)\[(\w+)\]$/.exec(range.trim()) ?? [];
    const now = this.#scrapes.at(-1)?.at ?? 0;
    const within = this.#scrapes.filter(({ at }) => at > now - seconds(duration));
    const series = new Map<string, { sample: Sample; added: number; last: number; from: number }>();
    for (const scrape of within) {
      for (const sample of this.#select(selector, scrape)) {
        const known = series.get(keyOf(sample));
        const added = known ? known.added + (sample.value >= known.last ? sample.value - known.last : sample.value) : 0;
        series.set(keyOf(sample), { sample, added, last: sample.value, from: known?.from ?? scrape.at });
      }
    }
    return [...series.values()]
      .filter(({ from }) => from < now)
      .map(({ sample, added, from }) => ({ ...sample, value: perSecond ? added / (now - from) : added }));
  }
}

/** As Prometheus estimates it: evenly within the bucket in which it lies. */
const quantile = (share: number, buckets: readonly Sample[]): number => {
  const sorted = buckets
    .map(({ labels, value }) => ({ upTo: Number((labels["le"] ?? "").replace("+Inf", "Infinity")), value }))
    .toSorted((a, b) => a.upTo - b.upTo);
  const total = sorted.at(-1)?.value ?? 0;
  if (total === 0) return Number.NaN;
  const rank = share * total;
  const index = sorted.findIndex(({ value }) => value >= rank);
  const bucket = sorted[index]!;
  const below = sorted[index - 1] ?? { upTo: 0, value: 0 };
  if (bucket.upTo === Infinity) return below.upTo;
  return below.upTo + ((bucket.upTo - below.upTo) * (rank - below.value)) / (bucket.value - below.value);
};
