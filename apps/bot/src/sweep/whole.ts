// A whole sweep: every part of the data, what is chosen on it, and what that comes to where it was not chosen.
import { createJudge, type Fold, headline, type Outcome, type Ranked, type Ranking } from "@bp/backtest";
import { type Drive, drive } from "./drive.ts";

/** What all parts have in common. */
export interface Whole extends Omit<Drive, "part" | "judge"> {
  readonly folds: readonly Fold[];
  /** Rows of each list. */
  readonly top: number;
}

/** Values that were chosen on one part, on another. */
export interface Tested {
  readonly key: string;
  readonly values: Ranked["values"];
  readonly outcome: Outcome | undefined;
  readonly failed: string | undefined;
  /** The objective there. */
  readonly value: number | undefined;
}

/** What one fold came to. */
export interface FoldResult {
  readonly fold: Fold;
  readonly ranking: Ranking;
  /** What the first ones come to on the test; of walk-forward the first one alone. */
  readonly tested: readonly Tested[];
}

/** Makes it. @returns `undefined` where the signal came first */
export async function sweepWhole(whole: Whole): Promise<readonly FoldResult[] | undefined> {
  const { folds, top, space } = whole;
  const results: FoldResult[] = [];
  for (const fold of folds) {
    const judge = createJudge(space.objective, top);
    if (!(await drive({ ...whole, part: fold.train, judge }))) return undefined;
    const ranking = judge.ranking();
    const chosen = ranking.rows.slice(0, folds.length === 1 ? top : 1);
    const tested = await test(whole, fold, chosen);
    if (tested === undefined) return undefined;
    results.push({ fold, ranking, tested });
  }
  return results;
}

async function test(
  whole: Whole,
  { test: part }: Fold,
  chosen: readonly Ranked[],
): Promise<readonly Tested[] | undefined> {
  if (part === undefined || chosen.length === 0) return [];
  const { kept, retries, executor, trialOf, space, signal, onDone, onDiffering } = whole;
  const tested: Tested[] = [];
  for (const { values } of chosen) {
    const trial = trialOf(values, part);
    const found = kept.take(trial.key);
    const known = found !== undefined && !(found.outcome === undefined && retries);
    try {
      const made = known ? found : await executor.run(trial);
      if (!known) {
        const { differing } = kept.put([{ ...trial, ...made }]);
        if (differing.length > 0) onDiffering(differing);
      }
      onDone({ trial, made, known });
      const { outcome, failed } = made;
      tested.push({
        key: trial.key,
        values,
        outcome,
        failed,
        value: outcome === undefined ? undefined : space.objective.of(outcome),
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }
  return tested;
}

/** The one line about a fold. */
export function foldLine({ fold, ranking }: FoldResult): string {
  return fold.test === undefined ? headline(ranking) : `${fold.train.name}: ${headline(ranking)}`;
}
