// `bot plan FILE`: what a configuration would do, in money. Sends nothing.
import { readBotConfig } from "../config/index.ts";
import { type ExitCode, exit } from "../exit.ts";
import { scriptOf } from "../face/script.ts";
import { planText } from "../plan/text.ts";
import { wholePlan } from "../plan/whole.ts";
import { operatorOfSignals } from "../stop.ts";

/** Prints the plan; conflicts are part of it and end with 2. */
export async function plan(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const config = await readBotConfig({ file, flags });
  for (const notice of config.notices) process.stderr.write(`note: ${notice}\n`);
  const { ends } = operatorOfSignals("stop");
  const made = await wholePlan(config, ends, (line) => void process.stderr.write(`warning: ${line}\n`));
  if (made === undefined) return exit.done;
  process.stdout.write(
    config.json
      ? `${JSON.stringify(made, undefined, 2)}\n`
      : `${planText(made, scriptOf(config.lang, config)).join("\n")}\n`,
  );
  return made.conflicts.length > 0 ? exit.usage : exit.done;
}
