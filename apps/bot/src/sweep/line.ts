// The command line of sweeps.
import { type Command, Option } from "commander";
import { withModels } from "../backtest/line.ts";

/**
 * Adds `bot sweep` and `bot worker`.
 *
 * @param typed - what the person typed
 * @param finish - sets the exit code
 */
export function addSweep(
  program: Command,
  typed: (command: Command) => Record<string, unknown>,
  finish: (code: number | Promise<number>) => Promise<void>,
): void {
  withModels(
    program
      .command("sweep")
      .description(
        "try many values of a configuration over recorded markets; the same command goes on with one that was ended",
      )
      .argument("<file>", "our own format, with a section sweep"),
    "--model-seed <n>",
  )
    .optionsGroup("How it is searched:")
    .addOption(new Option("--search <kind>", "instead of the file's").choices(["grid", "random", "direct"]))
    .option("--trials <n>", "the most that are tried")
    .option("--seed <n>", "of a random search, not of the models (default: the file's, else 1)")
    .option("--objective <figures>", "what is looked for, the more the better: net, sharpe, net/maxDrawdown …")
    .option("--threads <n>", "how many at once (default: one for each core)")
    .option("--queue <url>", "hand trials to bot worker through this Redis; better: BP_QUEUE in the environment")
    .option("--yes", "do it although it is very much")
    .option("--retry-failed", "make trials again that failed before")
    .optionsGroup("What comes out:")
    .option("--top <n>", "rows of the list (default: 20)")
    .option("--json", "one JSON object")
    .option("--csv", "every trial as a line")
    .option("--journal <file>", "where trials are kept (default: runs/journal.sqlite)")
    .addHelpText(
      "after",
      `
Examples:
  bot sweep maker.yaml --data btc.l2.ndjson.gz
  bot sweep maker.yaml --data klines.csv.gz --search random --trials 500 --seed 7
  bot sweep maker.yaml --data klines.csv.gz --queue redis://127.0.0.1:6379

The section sweep, and what the list says: docs/sweeps.md`,
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const { sweepFile } = await import("../commands/sweep.ts");
      await finish(sweepFile(file, typed(command)));
    });

  program
    .command("worker")
    .description("make trials of sweeps that run elsewhere, until it is stopped")
    .option("--queue <url>", "the Redis of the sweeps, redis://host:port; better: BP_QUEUE in the environment")
    .option("--data <places...>", "files and folders with the recordings; they are found by what is in them")
    .option("--no-cache", "read the files themselves, not what is kept of them, and keep nothing")
    .option("--threads <n>", "how many trials at once (default: one for each core)")
    .option("--lock-ms <n>", "how long it may be silent before its trials go to another (default: 15000)")
    .action(async (_: unknown, command: Command) => {
      const { workerForQueue } = await import("../commands/worker.ts");
      await finish(workerForQueue(typed(command)));
    });
}
