// What was chosen on one part of the data and what it came to on another, in sentences.
import type { Space, SweepPart } from "@bp/backtest";
import { Big } from "@bp/core";
import { momentText } from "../moment.ts";
import { oneLine } from "../queue/said.ts";
import type { FoldResult, Tested } from "./whole.ts";
import { moneyText, numberText, valueNames } from "./words.ts";

/** A sentence for each fold, and of several what their tests came to together. `undefined`: nothing was kept back. */
export function forwardText(results: readonly FoldResult[], space: Space): string | undefined {
  const split = results.filter(({ fold }) => fold.test !== undefined);
  if (split.length === 0) return undefined;
  const lines = split.map((result, at) => `${nameOf(space, at)}: ${sentenceOf(result, space)}`);
  return [...lines, ...(split.length < 2 ? [] : [sumOf(split)])].join("\n");
}

const nameOf = ({ split }: Space, at: number) => (split.kind === "hold-out" ? "hold-out" : `fold ${at + 1}`);

function sentenceOf({ fold, ranking, tested }: FoldResult, space: Space): string {
  const [first] = ranking.rows;
  if (first === undefined) return `nothing was chosen on ${timeOf(fold.train)}: no trial came to anything`;
  const values = valueNames(space).map((name, at) => `${name} ${first.values[space.dimensions[at]?.path ?? ""] ?? ""}`);
  const there = figuresOf(first.outcome.net, first.value, space);
  return [
    `chose ${values.join(", ")} on ${timeOf(fold.train)} (${there} there)`,
    ...(fold.test === undefined ? [] : [`on ${timeOf(fold.test)}, which it had not seen, ${cameTo(tested[0], space)}`]),
  ].join("; ");
}

function cameTo(tested: Tested | undefined, space: Space): string {
  if (tested?.outcome === undefined) return `it failed: ${oneLine(tested?.failed ?? "it was not made")}`;
  return `it came to ${figuresOf(tested.outcome.net, tested.value, space)}`;
}

function figuresOf(net: string, value: number | undefined, { objective }: Space): string {
  const money = `net ${moneyText(net)}`;
  return objective.text === "net" ? money : `${money}, ${objective.text} ${numberText(value)}`;
}

/** What walking forward earned where nothing was chosen. */
function sumOf(results: readonly FoldResult[]): string {
  const nets = results.flatMap(({ tested }) => (tested[0]?.outcome === undefined ? [] : [tested[0].outcome.net]));
  const missing = results.length - nets.length;
  const net = nets.reduce((sum, each) => sum.plus(each), new Big(0));
  const lost = missing === 0 ? "" : `; ${missing} without a result ${missing === 1 ? "is" : "are"} not in it`;
  return `out of sample: net ${moneyText(net.toFixed())} over ${nets.length} tests, each begun flat with new money${lost}`;
}

const timeOf = ({ from, to }: SweepPart) => `${momentText(from)} .. ${momentText(to)}`;
