// One run beside another: every figure, the difference, and whether it is more than noise.
import { Big } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import type { Metric } from "../analysis/metric.ts";
import { decimalOf } from "../page/numbers.ts";
import type { Both } from "../page/words.ts";
import { type Noise, noiseOf } from "./noise.ts";
import { type Same, sameOf, warningsOf } from "./same.ts";

/** One figure of both. */
export interface ComparedMetric extends Pick<Metric, "group" | "key" | "name" | "unit"> {
  readonly a: number | null;
  readonly b: number | null;
  /** B less A; `null` where one is not known, or the two cannot be subtracted (moments, other money). */
  readonly difference: number | null;
  /** Whether it is of a year, and one of the two runs says nothing of one, being too short. */
  readonly isShort: boolean;
  /** Whether both are made of the same: periods, sampling, equity or trades. */
  readonly sameHow: boolean;
}

/** One part of the profit of both. Decimal text, quote. */
export interface ComparedPart {
  readonly part:
    | "spread"
    | "adverse"
    | "inventory"
    | "carried"
    | "fees"
    | "rebates"
    | "feeDrift"
    | "funding"
    | "equityChange";
  readonly a: string;
  readonly b: string;
  readonly difference: string | null;
}

/** Two runs side by side. Plain JSON. */
export interface Comparison {
  readonly version: 1;
  readonly a: string;
  readonly b: string;
  readonly same: Same;
  /** Why the two are not the same trial, the gravest first. */
  readonly warnings: readonly Both[];
  readonly metrics: readonly ComparedMetric[];
  /** By the longest horizon that both have; parts as they enter the sum: what costs is negative. */
  readonly profit: { readonly horizonMs: number | null; readonly parts: readonly ComparedPart[] };
  readonly noise: Noise;
}

/**
 * Compares two runs. B less A everywhere.
 *
 * @param comparisons - how many are made at once with the same A; the level of the test is raised for all of them
 */
export function compareRuns(a: Analysis, b: Analysis, comparisons = 1): Comparison {
  const same = sameOf(a.meta, b.meta);
  return {
    version: 1,
    a: a.meta.run,
    b: b.meta.run,
    same,
    warnings: warningsOf(a.meta, b.meta, same),
    metrics: metricsOf(a, b, same.quote),
    profit: profitOf(a, b, same.quote),
    noise: noiseOf(a, b, comparisons),
  };
}

const inMoney: ReadonlySet<Metric["unit"]> = new Set(["quote", "quote-seconds", "quote/base"]);

function metricsOf(a: Analysis, b: Analysis, sameQuote: boolean): ComparedMetric[] {
  const ofB = new Map(b.metrics.map((each) => [each.key, each]));
  const keys = new Set(a.metrics.map(({ key }) => key));
  const both = a.metrics.map((each) => [each, ofB.get(each.key)] as const);
  const onlyB = b.metrics.filter(({ key }) => !keys.has(key)).map((each) => [undefined, each] as const);
  return [...both, ...onlyB].flatMap(([one, other]) => {
    const named = one ?? other;
    if (named === undefined) return [];
    const { group, key, name, unit } = named;
    const [x, y] = [known(one), known(other)];
    const subtract =
      x !== null && y !== null && unit !== "moment" && (sameQuote || !inMoney.has(unit)) && one?.unit === other?.unit;
    const difference = subtract ? y - x : null;
    const isShort = one?.caution === "short" || other?.caution === "short";
    return [{ group, key, name, unit, a: x, b: y, difference, isShort, sameHow: one?.how === other?.how }];
  });
}

const known = (metric: Metric | undefined) =>
  metric?.value == null || !Number.isFinite(metric.value) ? null : metric.value;

function profitOf(a: Analysis, b: Analysis, sameQuote: boolean): Comparison["profit"] {
  const horizonMs = a.profit.selection
    .map((each) => each.horizonMs)
    .filter((each) => b.profit.selection.some((other) => other.horizonMs === each))
    .reduce<number | null>((most, each) => (most === null || each > most ? each : most), null);
  const [one, other] = [partsOf(a, horizonMs), partsOf(b, horizonMs)];
  const parts = one.map(([part, x], nth): ComparedPart => {
    const y = other[nth]?.[1];
    const difference = sameQuote && x !== undefined && y !== undefined ? y.minus(x).toFixed() : null;
    return { part, a: x?.toFixed() ?? "", b: y?.toFixed() ?? "", difference };
  });
  return { horizonMs, parts };
}

function partsOf({ profit }: Analysis, horizonMs: number | null): (readonly [ComparedPart["part"], Big | undefined])[] {
  const at = profit.selection.find((each) => each.horizonMs === horizonMs);
  const minus = (text: string) => decimalOf(text)?.times(new Big(-1));
  const selection =
    at === undefined
      ? []
      : ([
          ["adverse", minus(at.adverse)],
          ["inventory", decimalOf(at.inventory)],
        ] as const);
  return [
    ["spread", decimalOf(profit.spread)],
    ...selection,
    ["carried", decimalOf(profit.carried)],
    ["fees", minus(profit.fees)],
    ["rebates", decimalOf(profit.rebates)],
    ["feeDrift", decimalOf(profit.feeDrift)],
    ["funding", decimalOf(profit.funding)],
    ["equityChange", decimalOf(profit.equityChange)],
  ];
}
