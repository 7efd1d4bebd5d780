// The command lines of `bot record` and `bot data`.
import { type Command, Option } from "commander";

type Flags = Record<string, unknown>;
type Finish = (code: number | Promise<number>) => Promise<void>;

/** Adds both. @param finish - sets the exit code */
export function addData(program: Command, finish: Finish): void {
  addRecord(program, finish);
  const data = program
    .command("data")
    .description("recorded markets: check them, make one file of many, download histories")
    .addHelpText(
      "after",
      `
Examples:
  bot data check recordings/backpack-*.ndjson.gz            can it be used, and what is missing?
  bot data info btcusdt-1m.klines.csv.gz funding.csv.gz     what is in it
  bot data import recordings/*.ndjson.gz --out sol.bpt      one file that opens at once
  bot data download --venue aster-futures --symbol BTCUSDT --kind klines --interval 1m --from 30d

What is read and written: docs/data.md`,
    );
  addReading(data, finish);
  addDownload(data, finish);
}

function addRecord(program: Command, finish: Finish): void {
  withPlace(program.command("record"))
    .description("write down what a venue's public streams tell, without a key, until Ctrl+C")
    .requiredOption("--symbols <names...>", "markets as the venue spells them, with commas or blanks between")
    .option("--out <folder>", "where the files go (default: recordings)")
    .option("--duration <time>", "ends by itself: 90s, 15m, 1h, 2d")
    .option("--rotate <size>", "a new file when one has so much, compressed (default: 256MiB)")
    .option("--rotate-every <time>", "a new file after so long (default: 1h)")
    .option("--seed <n>", "with --sandbox: seed of its market")
    .option("--speed <x>", "with --sandbox: market seconds in a second")
    .option("--market <file>", "with --sandbox: a recording that it plays")
    .option("--json", "the result as one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  bot record --venue backpack --symbols SOL_USDC_PERP,BTC_USDC_PERP
  bot record --venue aster-futures --symbols BTCUSDT --duration 1d --out tapes --rotate 100MB
  bot record --venue backpack --symbols SOL_USDC --sandbox --duration 10s

Started again, it goes on in a new file and marks the gap. Format: docs/data.md`,
    )
    .action(async (flags: Flags) => {
      const { record } = await import("../commands/record.ts");
      await finish(record(flags));
    });
}

function addReading(data: Command, finish: Finish): void {
  const commands = () => import("../commands/data.ts");
  data
    .command("check")
    .description("gaps, crossed books, what is missing or twice; exit 0: usable, 1: not, 2: not checked")
    .argument("<files...>", "recordings, candles, trades, funding rates; plain or gzip")
    .option("--as <casts...>", "which symbol is which market: BTCUSDT=backpack:BTC_USDC_PERP")
    .option("--json", "one JSON object")
    .action(async (files: readonly string[], flags: Flags) => finish((await commands()).checkData(files, flags)));
  withReading(data.command("info"))
    .description("markets, time, rows and digest of what is in the files, and whether they are in the cache")
    .option("--no-cache", "read the files themselves")
    .action(async (files: readonly string[], flags: Flags) => finish((await commands()).dataInfo(files, flags)));
  withReading(data.command("import"))
    .description("make one tape of the files, which opens at once and is checked by its digest")
    .requiredOption("--out <file>", "the tape")
    .option("--force", "write over a file that is there")
    .action(async (files: readonly string[], flags: Flags) => finish((await commands()).importData(files, flags)));
}

const withReading = (command: Command): Command =>
  command
    .argument("<files...>", "as for check")
    .option("--as <casts...>", "which symbol is which market: BTCUSDT=backpack:BTC_USDC_PERP")
    .option("--from <moment>", "a day, a moment in UTC (2026-05-04T15:33), or how long ago: 30d")
    .option("--to <moment>", "the end, likewise")
    .addOption(
      new Option("--on-bad <what>", "a line that cannot be read: stop there (default), or count it").choices([
        "throw",
        "count",
      ]),
    )
    .option("--json", "one JSON object");

function addDownload(data: Command, finish: Finish): void {
  withPlace(data.command("download"))
    .description(
      "download candles, trades or funding rates over the venue's public REST; goes on where it was interrupted",
    )
    .requiredOption("--symbol <name>", "market as the venue spells it")
    .addOption(new Option("--kind <kind>", "what").choices(["klines", "trades", "funding"]).makeOptionMandatory())
    .option("--interval <length>", "of candles: 1m (default), 5m, 1h, 1d …")
    .requiredOption("--from <moment>", "a day, a moment in UTC (2026-05-04T15:33), or how long ago: 30d")
    .option("--to <moment>", "the end, likewise (default: two minutes ago)")
    .option("--out <folder>", "where the file goes (default: data)")
    .option("--json", "the result as one JSON object")
    .action(async (flags: Flags) => {
      const { downloadData } = await import("../commands/data.ts");
      await finish(downloadData(flags));
    });
}

const withPlace = (command: Command): Command =>
  command
    .addOption(
      new Option("--venue <name>", "where").choices(["backpack", "aster-futures", "aster-spot"]).makeOptionMandatory(),
    )
    .option("--sandbox", "a sandbox exchange in this process instead of the venue")
    .option("--rest <url>", "another REST address, of a sandbox in another process for example")
    .option("--ws <url>", "another WebSocket address")
    .option("--allow-host <hosts>", "hosts that are read although they are not the venue's own");
