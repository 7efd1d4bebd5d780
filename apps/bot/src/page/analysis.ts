// The analysis of a run, folded from its journal.
import { BpError } from "@bp/core";
import type { JournalStore, RunRecord } from "@bp/journal";
import { type Analysis, createAnalyst, type RunMeta } from "@bp/report";
import { entriesOf } from "../runs.ts";
import type { Recipe } from "../wire-up.ts";
import { checkedAnalysis } from "./analysisFile.ts";
import { assumedBy } from "./assumed.ts";
import { keptOf } from "./kept.ts";

/**
 * Everything that the journal knows of a run, finished or not. Of a compacted run it is what was kept when its market data went.
 *
 * @throws BpError `config/conflict` for a run of which none was kept, `config/invalid` for one that is no analysis,
 * `journal/unreadable` at a line that does not parse
 */
export function analysisOf(store: JournalStore, run: RunRecord): Analysis {
  if (run.compacted !== undefined) return keptAnalysis(run, run.compacted);
  const recipe = run.params as Recipe; // written by `begin` in opening.ts
  const existing = recipe.existing === "ignore" ? "ignore" : "adopt"; // what is to be closed is taken over first
  const analyst = createAnalyst({ instruments: run.instruments, graceMs: recipe.graceMs, existing });
  for (const entry of entriesOf(store, run.id)) analyst.entry(entry);
  return analyst.analysis(metaOf(run, recipe));
}

function keptAnalysis(run: RunRecord, compacted: number): Analysis {
  const kept = keptOf(run)?.analysis;
  if (kept === undefined)
    throw new BpError("config/conflict", {
      what: `run ${run.id} was made smaller, and no whole report was kept: its books and marks are gone`,
      hint: `bot report ${run.id} shows what was kept`,
    });
  const { meta, ...rest } = checkedAnalysis(
    kept,
    `what was kept of run ${run.id}`,
    `bot report ${run.id} shows its figures`,
  );
  const day = new Date(compacted).toISOString().slice(0, 10);
  const smaller = `the run was made smaller on ${day}: this is what was worked out then, and it cannot be replayed`;
  return { ...rest, meta: { ...meta, lacks: [...meta.lacks, smaller] } };
}

function metaOf(run: RunRecord, recipe: Recipe): RunMeta {
  const mode = modeOf(run.mode);
  const { models, lacks } = assumedBy(mode);
  const open = run.ended === undefined ? ["the run has not ended: what is open is valued at its mark"] : [];
  const cut = run.cut === undefined ? [] : ["the end of the journal was lost: figures end where it ends"];
  return {
    run: run.id,
    mode,
    strategy: recipe.strategies.map(({ name, use }) => (name === use ? name : `${name} (${use})`)).join(", "),
    models,
    lacks: [...lacks, ...open, ...cut],
    ...(run.seed === undefined ? {} : { seed: run.seed }),
  };
}

const modes = ["live", "paper", "sandbox", "memory", "backtest"] as const;

/** @throws BpError `config/invalid` for a run of a program that is newer than this */
function modeOf(mode: string): RunMeta["mode"] {
  const known = modes.find((each) => each === mode);
  if (known === undefined)
    throw new BpError("config/invalid", {
      path: "mode of the run",
      found: JSON.stringify(mode),
      expected: modes.join(", "),
    });
  return known;
}
