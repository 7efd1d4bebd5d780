// What a form would start: its file in our own format, and the plan of it, made on a stage of its own that is closed again.
import { type BpError, isBpError } from "@bp/core";
import type { Refused, StartPlan } from "dashboard/contract";
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
    const lines = [...config.notices, ...warnings, ...planText(plan, language === "zh" ? "hans" : "en")];
    return { yaml, lines, ...(conflict === undefined ? {} : { refused: { error: conflict } }) };
  } catch (error) {
    if (!isBpError(error)) throw error;
    return { yaml, lines: [], refused: refusedOf(error) };
  }
}

/** What is about a field of the form, `name.yaml: strategies.0.params.spreadPct`, is said beside it, and needs no path. */
function refusedOf(error: BpError): Refused {
  const { path = "", found, expected, hint } = isBpError(error, "config/invalid") ? error.context : {};
  const [, field] = /strategies\.0\.params\.(.+)$/.exec(path) ?? [];
  if (field === undefined || found === undefined || expected === undefined) return { error: messageOf(error) };
  const said = expected.startsWith("must ") ? `${found} ${expected}` : `found ${found}, expected ${expected}`;
  return { error: said, field, ...(hint === undefined ? {} : { hint }) };
}
