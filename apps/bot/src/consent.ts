// Whether a run may begin as far as a person has to do with it: what is held already, and a yes with real money.
import { createInterface } from "node:readline/promises";
import { BpError } from "@bp/core";
import type { Checks } from "./checks.ts";
import type { BotConfig } from "./config/index.ts";
import { scriptOf } from "./face/script.ts";
import type { OpeningOptions } from "./opening.ts";
import { checkHeld, makePlan } from "./plan/make.ts";
import { previewOf } from "./preview.ts";
import type { Stage } from "./stage/stage.ts";

/** What is asked about. */
export interface Consent {
  readonly config: BotConfig;
  readonly stage: Stage;
  readonly checks: Checks;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}

/** Whether it may begin: nothing strange is held, and with real money a person has seen the plan and said yes. */
export async function allowed(
  { config, stage, checks, stop, say }: Consent,
  { instruments, recipe }: OpeningOptions,
  resumed: string | undefined,
): Promise<boolean> {
  const { existing = stage.place === "live" ? "refuse" : "adopt" } = config;
  const isLive = stage.place === "live";
  if (!isLive && (existing !== "refuse" || stage.place === "memory")) return true;
  const preview = await previewOf(stage, instruments, recipe, isLive ? "orders" : "accounts", stop);
  if (stop.aborted) return false;
  checkHeld(existing, instruments, preview, resumed);
  if (!isLive) return true;
  const { planText } = await import("./plan/text.ts"); // only real money is asked for
  const plan = makePlan({ config, instruments, recipe, preview, checks, resumed });
  for (const line of planText(plan, scriptOf(config.lang, recipe))) say(line);
  const [inTheWay] = plan.blocking;
  if (inTheWay !== undefined && resumed === undefined)
    throw new BpError("config/conflict", { what: inTheWay, hint: "nothing was sent; bot plan shows all of it" });
  const losing = plan.estimates.find(({ loses }) => loses);
  if (losing !== undefined && !config.allowNegativeEdge)
    throw new BpError("config/conflict", {
      what: `${losing.strategy} loses by its own figures: about ${losing.costPer10k} for every 10,000 of volume (${losing.assumes})`,
      hint: "say --allow-negative-edge if volume is the point",
    });
  return config.yes || agreed(stop);
}

/** Asks; anything but yes is no, Ctrl+C too. @throws BpError `config/conflict` where there is no terminal */
async function agreed(stop: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BpError("config/conflict", {
      what: "live trading needs a yes and there is no terminal to ask",
      hint: "say --yes",
    });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question("Trade like this with real money? [y/N] ", { signal: stop });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  } finally {
    prompt.close();
  }
}
