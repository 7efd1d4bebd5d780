// A short run of the demo in memory, written into a journal in a folder of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openJournal } from "@bp/journal";
import { readBotConfig } from "../config/index.ts";
import { createOperator } from "../operator.ts";
import { recipeOf } from "../recipe.ts";
import { runSession } from "../session.ts";
import { memoryStage } from "../stage/memory.ts";
import { marketsAt } from "../stage/stage.ts";

/** Its journal's file and the run's id. @param gone - is handed what removes the folder */
export async function recordedRun(gone: (remove: () => void) => void, seconds = 120, seed = 3) {
  const folder = mkdtempSync(join(tmpdir(), "bp-explain-"));
  gone(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "journal.sqlite");
  const stage = memoryStage({
    seed,
    accounts: new Map([["backpack", "alice"]]),
    balances: { USDC: "100000", SOL: "500" },
  });
  const store = openJournal(file);
  const nothing = () => undefined;
  await runSession({
    stage,
    ...recipeOf(await readBotConfig({ env: {} }), await marketsAt(stage)),
    store,
    resume: false,
    durationSeconds: seconds,
    face: { begun: nothing, step: nothing, ending: nothing, ended: nothing },
    operator: createOperator(),
  });
  const [run] = store.runs();
  store.close();
  if (run === undefined) throw new Error("nothing was recorded");
  return { file, run: run.id };
}
