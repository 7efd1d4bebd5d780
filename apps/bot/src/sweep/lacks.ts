// What a sweep leaves out: what a backtest of the trials in its list says, over all of the data.
import { lacksOf, type SweepValues } from "@bp/backtest";
import { castFor } from "../backtest/markets.ts";
import { backtestFlags } from "../backtest/options.ts";
import { type Caster, wantedBy } from "./casts.ts";
import type { PreparedSweep } from "./prepare.ts";
import { withValues } from "./tree.ts";
import type { FoldResult } from "./whole.ts";

/**
 * In plain words, each once. They are those of the tape as its markets were cast: the cast knows which sizes it rounded, and a spot
 * recording that plays a perpetual has neither marks nor funding.
 *
 * @param results - the values in their lists decide which markets are cast; where nothing is listed, the file does
 * @param cast - who casts: once for the same markets, and nothing is held of it but its words
 */
export async function sweepLacks(
  { spec, tape, models }: Pick<PreparedSweep, "spec" | "tape" | "models">,
  results: readonly FoldResult[],
  cast: Caster = castFor,
): Promise<readonly string[]> {
  const listed = results.flatMap(({ ranking }) => ranking.rows.map(({ values }) => values));
  const distinct = new Map(listed.map((values) => [wordsOf(values), values]));
  const { casts } = backtestFlags({ ...spec.options, data: spec.data.map(({ name }) => name) });
  const said = new Map<string, readonly string[]>();
  for (const values of distinct.size === 0 ? [{}] : distinct.values()) {
    const config = withValues(spec.config, values);
    try {
      const wanted = await wantedBy({ file: spec.file, config });
      const key = JSON.stringify(wanted);
      if (!said.has(key)) said.set(key, lacksOf(cast(tape, wanted, casts).tape, models));
    } catch {
      if (!said.has("")) said.set("", lacksOf(tape, models)); // no market can be cast: then of the data as they are
    }
  }
  return [...new Set([...said.values()].flat())];
}

/** Texts that are no numbers, for neither a number nor true or false names a market: lists of a thousand rows are few casts. */
const wordsOf = (values: SweepValues): string =>
  JSON.stringify(Object.entries(values).filter(([, value]) => !Number.isFinite(Number(value)) || value === ""));
