// What a sweep prints: the list as text or JSON, or every trial as a line.
import { modelLines } from "@bp/backtest";
import type { SweepStore } from "@bp/journal";
import { csvLines } from "./csv.ts";
import type { SweepFlags } from "./flags.ts";
import { sweepLacks } from "./lacks.ts";
import type { PreparedSweep } from "./prepare.ts";
import { sweepJson, sweepText } from "./text.ts";
import type { FoldResult } from "./whole.ts";

/**
 * Prints what a sweep came to, on the standard output. For what it leaves out markets are cast anew, so whoever made the trials
 * should have let go of their memory.
 *
 * @param store - where every trial is, for `--csv`
 * @param id - of the sweep there
 */
export async function printSweep(
  results: readonly FoldResult[],
  prepared: PreparedSweep,
  { output }: SweepFlags,
  store: SweepStore,
  id: string,
): Promise<void> {
  const { space, spec, models, seed } = prepared;
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  if (output === "csv") {
    for (const line of csvLines(space, store.trials(id))) write(line);
    return;
  }
  const lacks = await sweepLacks(prepared, results);
  if (output === "json")
    write(
      JSON.stringify(
        sweepJson(results, {
          sweep: id,
          file: spec.file,
          data: spec.data,
          digest: spec.digest,
          version: spec.version,
          source: spec.source,
          models,
          search: space.search,
          seeds: { models: seed, ...(space.search === "random" ? { search: space.seed } : {}) },
          lacks,
          differing: store.differing(id),
        }),
        undefined,
        2,
      ),
    );
  else
    write(
      sweepText(results, space, [
        [
          `data      ${spec.digest.slice(0, 16)}  ${spec.data.map(({ name }) => name).join(" ")}`,
          `search    ${space.search}${space.search === "random" ? `, seed ${space.seed}` : ""}`,
          ...[...modelLines(models), `seed: ${seed}`].map((each) => `models    ${each}`),
          ...lacks.map((each) => `left out  ${each}`),
        ].join("\n"),
      ]),
    );
}
