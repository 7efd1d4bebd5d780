// `bot hedge FILE`: the hedge loop as the users of S3 start it; everything else is `bot start`.
import { BpError } from "@bp/core";
import { readBotConfig } from "../config/index.ts";
import type { ExitCode } from "../exit.ts";
import { start } from "./start.ts";

/** What is said of the run, and not of what is traded. */
const ofStartAlone = /^(watchdog|watchdogMs|killFile|dashboard.*)$/;

/** Runs the file. @throws BpError `config/invalid` for a file that is another system's */
export async function hedge(file: string, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const own = Object.entries(flags).filter(([name]) => !ofStartAlone.test(name));
  const said = Object.fromEntries(own);
  const { strategies, system } = await readBotConfig({ file, flags: said });
  if (strategies.every(({ use }) => use !== "hedge"))
    throw new BpError("config/invalid", {
      path: file,
      found: `a file of ${system}`,
      expected: "a hedge loop: hedge.yaml or hedge_futures.yaml",
      hint: `bot start ${file} runs it as what it is`,
    });
  return start(file, flags);
}
