// `bot plan FILE`: what a configuration would do, in money. Sends nothing.
import { existsSync } from "node:fs";
import { BpError } from "@bp/core";
import { openJournal } from "@bp/journal";
import { checksOf } from "../checks.ts";
import { readBotConfig } from "../config/index.ts";
import { type ExitCode, exit } from "../exit.ts";
import { type OpeningOptions, resumable } from "../opening.ts";
import { fromHere } from "../paths.ts";
import { makePlan } from "../plan/make.ts";
import { planText } from "../plan/text.ts";
import { checkPreparation } from "../prepare.ts";
import { previewOf } from "../preview.ts";
import { recipeOf } from "../recipe.ts";
import { chooseStage } from "../stage/choose.ts";
import { marketsAt } from "../stage/stage.ts";
import { operatorOfSignals } from "../stop.ts";

/** Prints the plan; conflicts are part of it and end with 2. */
export async function plan(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const config = await readBotConfig({ file, flags });
  for (const notice of config.notices) process.stderr.write(`note: ${notice}\n`);
  const { ends } = operatorOfSignals("stop");
  const stage = await chooseStage(config);
  for (const warning of stage.warnings ?? []) process.stderr.write(`warning: ${warning}\n`);
  try {
    const known = await marketsAt(stage, ends);
    const { recipe, instruments } = recipeOf(config, known);
    checkPreparation(config, known);
    const checks = await checksOf(config, stage, instruments, recipe);
    const preview = await previewOf(stage, instruments, recipe, "orders", ends);
    if (ends.aborted) return exit.done;
    const missing = stage.venues.find(({ id }) => !preview.snapshots.has(id));
    if (missing !== undefined)
      throw new BpError("venue/unavailable", {
        venue: missing.id,
        why: "the account did not answer; nothing was sent",
      });
    const resumed = unfinishedRun(config.journal, { stage, instruments, recipe, resume: config.resume });
    const made = makePlan({ config, instruments, recipe, preview, checks, resumed });
    process.stdout.write(
      config.json ? `${JSON.stringify(made, undefined, 2)}\n` : `${planText(made, config.lang).join("\n")}\n`,
    );
    return made.conflicts.length > 0 ? exit.usage : exit.done;
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
