// The command line of backtests.
import { type Command, Option } from "commander";

/**
 * Adds `bot backtest`.
 *
 * @param withTrade - adds what a configuration without a file is made of
 * @param typed - what the person typed
 * @param finish - sets the exit code
 */
export function addBacktest(
  program: Command,
  withTrade: (command: Command) => Command,
  typed: (command: Command) => Record<string, unknown>,
  finish: (code: number | Promise<number>) => Promise<void>,
): void {
  withTrade(
    withModels(
      program
        .command("backtest")
        .description(
          "run a configuration over recorded markets: the same engine and strategies as live, as fast as they compute",
        )
        .argument("[file]", "configuration, as for start"),
    ),
  )
    .optionsGroup("What comes out:")
    .option("--look-ahead [cuts]", "instead of a result: does it act on what it cannot know yet? (default: 5 cuts)")
    .option("--html <file>", "a page with everything, for any browser, offline; - is stdout")
    .option("--full", "everything as text; with --json: the analysis that bot report and bot compare read")
    .option("--force", "replace a page that is there")
    .option("--json", "one JSON object")
    .addOption(new Option("--lang <language>", "language").choices(["en", "zh"]))
    .addHelpText(
      "after",
      `
Examples:
  bot backtest maker.yaml --data btc.l2.ndjson.gz
  bot backtest grid.config.json --data eth-1m.klines.csv.gz eth-funding.csv.gz --balance USDC=1000
  bot backtest maker.yaml --data btc.l2.ndjson.gz --html report.html
  bot backtest hedge.yaml --data aster.klines.csv.gz --latency 20+15 --queue-model share:2 --json

What the models are, and what no backtest can show: docs/backtest.md`,
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      const { backtestFile } = await import("../commands/backtest.ts");
      await finish(backtestFile(file, typed(command)));
    });
}

/**
 * Data and models: the same for a backtest and a sweep.
 *
 * @param seed - the option for what the models draw: that of a sweep has another name, since it searches with a seed as well
 */
export const withModels = (command: Command, seed = "--seed <n>"): Command =>
  command
    .optionsGroup("The data:")
    .option("--data <files...>", "recordings, candles, funding; what is in a file tells its format (bot data check)")
    .option("--as <casts...>", "which recording plays which market: BTCUSDT=backpack:BTC_USDC_PERP")
    .addOption(
      new Option("--on-bad <what>", "a line that cannot be read: end there (default), or count it").choices([
        "throw",
        "count",
      ]),
    )
    .option("--no-cache", "read the files themselves, not what is kept of them, and keep nothing")
    .option("--from <moment>", "a day, or a moment in UTC: 2025-05-04T15:33")
    .option("--to <moment>", "the end, likewise")
    .optionsGroup("The models:")
    .option(
      "--queue-model <model>",
      "prints (default), log, log2, share:N or behind:N: how the queue before our orders moves",
    )
    .option("--latency <ms>", "20 (default), there/back 15/8, or floor+mean 20+15")
    .addOption(
      new Option("--feed <delay>", "how late market data are: as recorded (default), or by the latency").choices([
        "recorded",
        "latency",
      ]),
    )
    .option("--maker-fee <percent>", "instead of the markets' own; a rebate is below 0")
    .option("--taker-fee <percent>", "instead of the markets' own")
    .addOption(
      new Option(
        "--candles <path>",
        "which extreme of a candle comes first (default: what hurts the position)",
      ).choices(["pessimistic", "high-first", "low-first", "nearest-first"]),
    )
    .option("--volume-share <fraction>", "most that one order is given of a candle's volume (default: 0.1)")
    .option("--balance <amounts...>", "what each account begins with: USDC=10000 SOL=50")
    .option(seed, "seed of what the models draw: latencies (default: 1)")
    .addOption(
      new Option("--on-exit <what>", "the position at the end: left and marked (default), or closed").choices([
        "stop",
        "flatten",
      ]),
    );
