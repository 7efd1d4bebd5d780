// The list of a sweep: who is first, and how much of that is luck.

import { random } from "@bp/core";
import { deflatedSharpe, deviation, kurtosis, pbo, sharpe, skewness } from "@bp/report";
import type { Objective } from "./objective.ts";
import type { Outcome, SweepValues, Tried } from "./trial.ts";

/** A trial in the list. */
export interface Ranked {
  readonly key: string;
  readonly values: SweepValues;
  readonly outcome: Outcome;
  /** The objective; `undefined`: not defined for it. */
  readonly value: number | undefined;
}

/** What a sweep comes to. The word "best" stands in `headline` alone, and only where luck was counted. */
export interface Ranking {
  /** All that were tried, the failed ones as well. */
  readonly trials: number;
  readonly failed: number;
  readonly objective: { readonly text: string; readonly goal: Objective["goal"] };
  /** First the first. */
  readonly rows: readonly Ranked[];
  /**
   * Probability that the first one's Sharpe ratio is more than what the best of so many shows by luck, 0 to 1.
   * `undefined`: it cannot be said, and `unsaid` says why.
   */
  readonly deflatedSharpe: number | undefined;
  /** Probability of backtest overfitting, 0 to 1: how often the best of one half is below the middle in the other. */
  readonly pbo: number | undefined;
  /** Trials that `pbo` was counted on: a drawn part where there are very many. */
  readonly pboTrials: number;
  readonly unsaid: readonly string[];
}

/** Takes outcomes one by one and holds only what the list needs. */
export interface Judge {
  add(tried: Tried): void;
  ranking(): Ranking;
}

/** Rows of returns that are held for the probability of overfitting. */
const mostRows = 10_000;
const blockCounts = [16, 14, 12, 10, 8, 6, 4] as const;

/**
 * Judges the trials of one part of the data.
 *
 * @param top - rows of the list, 1 or more
 */
export function createJudge(objective: Objective, top: number): Judge {
  const rows: Ranked[] = [];
  const ratios: number[] = [];
  const matrix: (readonly number[])[] = [];
  const chance = random(1);
  let trials = 0;
  let failed = 0;
  let held = 0;

  const keep = (returns: readonly number[]) => {
    held += 1;
    if (matrix.length < mostRows) matrix.push(returns);
    else {
      const place = chance.whole(0, held - 1); // each as likely to be held as any other
      if (place < mostRows) matrix[place] = returns;
    }
  };
  return {
    add: (tried) => {
      trials += 1;
      if (tried.outcome === undefined) {
        failed += 1;
        return;
      }
      const { trial, outcome } = tried;
      ratios.push(sharpe(outcome.returns, { periodsPerYear: 1 }) ?? 0); // what never trades has none: 0
      keep(outcome.returns);
      const ranked = { key: trial.key, values: trial.values, outcome, value: objective.of(outcome) };
      const score = objective.score(outcome);
      const before = rows.findIndex((each) => isBefore(score, trial.key, objective.score(each.outcome), each.key));
      rows.splice(before < 0 ? rows.length : before, 0, ranked);
      if (rows.length > top) rows.pop();
    },
    ranking: () => {
      const unsaid: string[] = [];
      const [first] = rows;
      const luck = deflated(first, ratios, trials, unsaid);
      const over = overfitted(matrix, unsaid);
      return {
        trials,
        failed,
        objective: { text: objective.text, goal: objective.goal },
        rows: [...rows],
        deflatedSharpe: luck,
        pbo: over,
        pboTrials: over === undefined ? 0 : matrix.length,
        unsaid,
      };
    },
  };
}

/** The one line about the first: it says "best" only beside the trials, the deflated Sharpe ratio and the overfitting. */
export function headline({ trials, failed, deflatedSharpe: luck, pbo: over, unsaid, rows }: Ranking): string {
  const lost = failed === 0 ? "" : `, ${failed} of them failed`;
  if (rows.length === 0) return `nothing of ${trials} trials${lost}`;
  if (luck === undefined || over === undefined) return `first of ${trials} trials${lost}; ${unsaid.join("; ")}`;
  return `best of ${trials} trials${lost}: deflated Sharpe ${luck.toFixed(3)}, probability of overfitting ${over.toFixed(3)}`;
}

/** Equal scores stand in the order of their keys, whoever finished first. */
function isBefore(score: number, key: string, otherScore: number, otherKey: string): boolean {
  return score > otherScore || (score === otherScore && key < otherKey);
}

/** @param trials - those that failed included: they were tried too */
function deflated(
  first: Ranked | undefined,
  ratios: readonly number[],
  trials: number,
  unsaid: string[],
): number | undefined {
  const say = (why: string) => {
    unsaid.push(`no deflated Sharpe ratio: ${why}`);
    return undefined;
  };
  if (first === undefined) return say("no trial came to anything");
  if (first.value === undefined) return say("the objective is not defined for the first one, nor for any other");
  if (ratios.length < 2) return say("one trial alone was chosen from nothing");
  const { returns } = first.outcome;
  const ratio = sharpe(returns, { periodsPerYear: 1 });
  const [skew, heavy] = [skewness(returns), kurtosis(returns)];
  if (ratio === undefined || skew === undefined || heavy === undefined)
    return say("the first one's profit does not vary");
  const spread = deviation(ratios) ?? 0;
  const sample = { sharpe: ratio, samples: returns.length, skew, kurtosis: heavy };
  return deflatedSharpe(sample, { trials, deviation: spread }) ?? say("its returns are too uneven");
}

function overfitted(matrix: readonly (readonly number[])[], unsaid: string[]): number | undefined {
  const say = (why: string) => {
    unsaid.push(`no probability of overfitting: ${why}`);
    return undefined;
  };
  if (matrix.length < 2) return say("it takes two trials");
  const length = matrix[0]?.length ?? 0;
  if (matrix.some((row) => row.length !== length)) return say("the trials have different periods");
  const blocks = blockCounts.find((each) => length >= 2 * each);
  if (blocks === undefined) return say(`${length} periods are too few`);
  if (matrix.every((row) => row.every((each) => each === 0))) return say("no trial earned or lost anything");
  return pbo(matrix, blocks).pbo;
}
