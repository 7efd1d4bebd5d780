// `bot start --supervise`: runs the bot as a child and starts it again when it has crashed; whatever else it ends with is final.
import { spawn } from "node:child_process";
import { systemClock } from "@bp/transport";
import type { BotConfig } from "./config/index.ts";
import { type ExitCode, exit } from "./exit.ts";
import { doorsOfConfig } from "./kill/doors.ts";
import { type KillableOptions, killable, refusalOf } from "./killable.ts";
import { createOperator } from "./operator.ts";
import { isHere } from "./stage/doors.ts";

/** How long a bot that has crashed stays down, in ms. */
const againMs = 10_000;

/** What is supervised. */
export interface SuperviseOptions {
  /** Of the command line, without `--supervise`. */
  readonly args: readonly string[];
  /** Its duration is that of all starts together. */
  readonly config: BotConfig;
  /** Full path of a file whose presence kills. */
  readonly killFile: string | undefined;
  /** Hears why nothing may begin there, before the first start. */
  readonly refused: (why: string) => void;
}

/**
 * Runs until the bot ends with 0 (done), 2 (wrong usage) or 3 (halted), a person ends it, or it is killed, in its pause too.
 *
 * @throws BpError as `killable` and `doorsOfConfig`
 */
export async function supervise({ args, config, killFile, refused }: SuperviseOptions): Promise<ExitCode> {
  const { durationSeconds } = config;
  const begun = systemClock.now();
  const spent = () => (systemClock.now() - begun) / 1_000;
  const [, main = ""] = process.argv;
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  let child: ReturnType<typeof spawn> | undefined;
  const operator = createOperator();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      operator.ask("stop", signal);
      if (signal !== "SIGINT" || !process.stdin.isTTY) child?.kill(signal); // a terminal tells the child by itself
    });
  process.on("SIGUSR2", () => operator.ask("halt", "the kill switch (SIGUSR2)"));
  operator.hear((what) => {
    if (what === "halt") child?.kill("SIGUSR2"); // one that cannot hear it yet is ended by it
  });
  const place = await placeOf(config);
  const self = killable({ role: "supervisor", config, ...place, killFile, operator, tell });
  try {
    const refusal = refusalOf(place, killFile); // before a kill is heard of: nobody has killed what has not begun
    if (refusal !== undefined && !self.isKilled) {
      tell(`error: ${refusal}`);
      refused(refusal);
      return exit.halted;
    }
    for (;;) {
      const code = await new Promise<number | null>((resolve, reject) => {
        if (operator.ends.aborted) return resolve(exit.failed);
        // The last flag of a name counts. A run that was cut off at its very end is still resumed, to end as it should.
        const left =
          durationSeconds === undefined
            ? []
            : ["--duration", String(Math.max(1, Math.ceil(durationSeconds - spent())))];
        child = spawn(process.execPath, [...process.execArgv, main, ...args, ...left], { stdio: "inherit" });
        child.once("error", reject);
        child.once("exit", resolve); // null: by a signal that it did not survive
      });
      child = undefined;
      if (!self.isKilled && (code === exit.done || code === exit.usage || code === exit.halted)) return code;
      if (!operator.ends.aborted) {
        tell(
          `the bot has ended ${code === null ? "by a signal" : `with code ${code}`}; it is started again in ${againMs / 1_000} s`,
        );
        await systemClock.sleep(againMs, operator.ends);
      }
      if (self.isKilled) {
        tell("killed: it is not started again");
        self.entry?.leave((await self.takeBack()) ? "nothing" : "unknown"); // of what it has started
        return exit.halted;
      }
      if (operator.ends.aborted) return exit.failed;
    }
  } finally {
    self.entry?.leave("untouched");
  }
}

/** Where the bot trades, as far as that is known without connecting. */
async function placeOf(config: BotConfig): Promise<Pick<KillableOptions, "lasts" | "accounts">> {
  if (config.place === "live" || (config.place === "sandbox" && !isHere(config))) {
    const { doors } = await doorsOfConfig(config);
    return { lasts: true, accounts: doors.map(({ name, door }) => ({ name, venue: door.id, door })) };
  }
  const venues = Object.keys(config.accounts);
  return { lasts: false, accounts: venues.map((venue) => ({ name: `${config.place}/${venue}`, venue })) };
}
