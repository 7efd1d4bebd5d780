// The plan of a configuration from its reading to its figures: connects, looks, sends nothing.
import { existsSync } from "node:fs";
import { BpError } from "@bp/core";
import { openJournal } from "@bp/journal";
import { checksOf } from "../checks.ts";
import type { BotConfig } from "../config/index.ts";
import { type OpeningOptions, resumable } from "../opening.ts";
import { fromHere } from "../paths.ts";
import { checkPreparation } from "../prepare.ts";
import { previewOf } from "../preview.ts";
import { recipeOf } from "../recipe.ts";
import { chooseStage } from "../stage/choose.ts";
import { marketsAt } from "../stage/stage.ts";
import { makePlan } from "./make.ts";
import type { Plan } from "./shape.ts";

/**
 * Makes it.
 *
 * @param ends - gives up
 * @param warn - hears what the stage warns of
 * @returns `undefined` when it was given up
 * @throws BpError as reading the markets and checking the configuration do; `venue/unavailable` where an account does not answer
 */
export async function wholePlan(
  config: BotConfig,
  ends: AbortSignal,
  warn: (line: string) => void,
): Promise<Plan | undefined> {
  const stage = await chooseStage(config);
  for (const warning of stage.warnings ?? []) warn(warning);
  try {
    const known = await marketsAt(stage, ends);
    const { recipe, instruments } = recipeOf(config, known);
    checkPreparation(config, known);
    const checks = await checksOf(config, stage, instruments, recipe);
    const preview = await previewOf(stage, instruments, recipe, "orders", ends);
    if (ends.aborted) return undefined;
    const missing = stage.venues.find(({ id }) => !preview.snapshots.has(id));
    if (missing !== undefined)
      throw new BpError("venue/unavailable", {
        venue: missing.id,
        why: "the account did not answer; nothing was sent",
      });
    const resumed = unfinishedRun(config.journal, { stage, instruments, recipe, resume: config.resume });
    return makePlan({ config, instruments, recipe, preview, checks, resumed });
  } finally {
    await stage.close();
  }
}

/** The run that goes on, if one was cut off: what is held then is its own. */
function unfinishedRun(journal: string, options: OpeningOptions): string | undefined {
  const file = fromHere(journal);
  if (journal === ":memory:" || !existsSync(file)) return undefined;
  const store = openJournal(file, { access: "read" });
  try {
    return resumable(store, options)?.id;
  } finally {
    store.close();
  }
}
