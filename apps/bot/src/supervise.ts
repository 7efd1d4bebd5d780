// `bot start --supervise`: runs the bot as a child and starts it again when it has crashed; whatever else it ends with is final.
import { spawn } from "node:child_process";
import { systemClock } from "@bp/transport";
import { type ExitCode, exit } from "./exit.ts";

/** How long a bot that has crashed stays down, in ms. */
const againMs = 10_000;

/**
 * Runs until the bot ends with 0 (done), 2 (wrong usage) or 3 (halted), or a person ends it.
 *
 * @param args - of the command line, without `--supervise`
 * @param durationSeconds - of all starts together; `undefined`: no end
 */
export async function supervise(args: readonly string[], durationSeconds: number | undefined): Promise<ExitCode> {
  const begun = systemClock.now();
  const spent = () => (systemClock.now() - begun) / 1_000;
  const [, main = ""] = process.argv;
  let child: ReturnType<typeof spawn> | undefined;
  const over = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      over.abort();
      if (signal !== "SIGINT" || !process.stdin.isTTY) child?.kill(signal); // a terminal tells the child by itself
    });
  process.on("SIGUSR2", () => child?.kill("SIGUSR2"));
  for (;;) {
    const code = await new Promise<number | null>((resolve, reject) => {
      // The last flag of a name counts. A run that was cut off at its very end is still resumed, to end as it should.
      const left =
        durationSeconds === undefined ? [] : ["--duration", String(Math.max(1, Math.ceil(durationSeconds - spent())))];
      child = spawn(process.execPath, [...process.execArgv, main, ...args, ...left], { stdio: "inherit" });
      child.once("error", reject);
      child.once("exit", resolve); // null: by a signal that it did not survive
    });
    child = undefined;
    if (code === exit.done || code === exit.usage || code === exit.halted) return code;
    if (over.signal.aborted) return exit.failed;
    process.stderr.write(
      `the bot has ended ${code === null ? "by a signal" : `with code ${code}`}; it is started again in ${againMs / 1_000} s\n`,
    );
    await systemClock.sleep(againMs, over.signal);
    if (over.signal.aborted) return exit.failed;
  }
}
