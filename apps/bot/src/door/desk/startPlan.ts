// What a form would start: its file in our own format, and the plan of it, made on a stage of its own that is closed again.
import { isBpError } from "@bp/core";
import type { StartPlan } from "dashboard/contract";
import { readBotConfig } from "../../config/index.ts";
import { messageOf } from "../../failures.ts";
import { planText } from "../../plan/text.ts";
import { wholePlan } from "../../plan/whole.ts";
import { startTree, startYaml } from "../startFile.ts";
import type { PlanJob } from "./jobs.ts";

/** How long the venues may take, ms. */
const patienceMs = 30_000;

/** Never throws what is a mistake of the form's: that is part of the plan. */
export async function planOf({ ask, language }: PlanJob): Promise<StartPlan> {
  const yaml = startYaml(ask);
  try {
    const file = `${ask.name}.yaml`;
    const flags = { [ask.place]: true, lang: language, resume: false };
    const config = await readBotConfig({ file, tree: startTree(ask), flags });
    const warnings: string[] = [];
    const plan = await wholePlan(config, AbortSignal.timeout(patienceMs), (line) => warnings.push(line));
    if (plan === undefined)
      return { yaml, lines: [], refused: { error: "the venue did not answer in time", hint: "try again" } };
    const [conflict] = plan.conflicts;
    const lines = [...config.notices, ...warnings, ...planText(plan, language)];
    return { yaml, lines, ...(conflict === undefined ? {} : { refused: { error: conflict } }) };
  } catch (error) {
    if (!isBpError(error)) throw error;
    return { yaml, lines: [], refused: { error: messageOf(error), ...fieldOf(error) } };
  }
}

/** The field of the form that an error is about, where it names one: `name.yaml: strategies.0.params.spreadPct`. */
function fieldOf(error: unknown): { readonly field?: string; readonly hint?: string } {
  if (!isBpError(error, "config/invalid")) return {};
  const { path, hint } = error.context;
  const [, field] = /strategies\.0\.params\.(.+)$/.exec(path) ?? [];
  return { ...(field === undefined ? {} : { field }), ...(hint === undefined ? {} : { hint }) };
}
