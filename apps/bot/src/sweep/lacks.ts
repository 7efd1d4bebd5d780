// What a sweep leaves out: what a backtest of the trials in its list says, over all of the data.
import { lacksOf, type SweepValues } from "@bp/backtest";
import type { Tape } from "@bp/core";
import { backtestFlags } from "../backtest/options.ts";
import { castOfSpec, createCaster } from "./casts.ts";
import type { PreparedSweep } from "./prepare.ts";
import { withValues } from "./tree.ts";
import type { FoldResult } from "./whole.ts";

/**
 * In plain words, each once. They are those of the tape as its markets were cast: the cast knows which sizes it rounded, and a spot
 * recording that plays a perpetual has neither marks nor funding.
 *
 * @param results - the values in their lists decide which markets are cast; where nothing is listed, the file does
 */
export async function sweepLacks(
  { spec, tape, models }: Pick<PreparedSweep, "spec" | "tape" | "models">,
  results: readonly FoldResult[],
): Promise<readonly string[]> {
  const listed = results.flatMap(({ ranking }) => ranking.rows.map(({ values }) => values));
  const distinct = new Map(listed.map((values) => [wordsOf(values), values]));
  const { casts } = backtestFlags({ ...spec.options, data: spec.data.map(({ name }) => name) });
  const caster = createCaster(tape, undefined);
  const said = new Map<Tape, readonly string[]>();
  for (const values of distinct.size === 0 ? [{}] : distinct.values()) {
    const asked = { ...spec, config: withValues(spec.config, values) };
    const played = (await castOfSpec(asked, tape, casts, caster))?.result.tape ?? tape;
    if (!said.has(played)) said.set(played, lacksOf(played, models));
  }
  return [...new Set([...said.values()].flat())];
}

/** Values that are no numbers: no number names a market, so lists of a thousand rows are few casts. */
const wordsOf = (values: SweepValues): string =>
  JSON.stringify(Object.entries(values).filter(([, value]) => !Number.isFinite(Number(value)) || value === ""));
