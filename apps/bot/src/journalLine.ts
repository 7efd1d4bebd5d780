// The command line of `bot journal`.
import { type Command, Option } from "commander";
import type { ExitCode } from "./exit.ts";
import { usualJournal } from "./paths.ts";

/** @param finish - takes the exit code of a command */
export function addJournal(program: Command, finish: (code: ExitCode | Promise<ExitCode>) => Promise<void>): void {
  const journal = program
    .command("journal")
    .description("look a journal through, take runs out, make it smaller, send it to a store")
    .addHelpText(
      "after",
      `
Examples:
  bot journal check                                  is everything there, and whole?
  bot journal export last --out run.jsonl            one run as JSON lines, lossless
  bot journal export last --format csv | head        for a table
  bot journal import run.jsonl --journal other.sqlite
  bot journal compact --days 30                      market data of runs that ended 30 days ago
  BP_STORE=postgres://bp@db/bots bot journal ship    catch up by hand
  bot journal accept                                 go on with a journal that lost its end

What is kept, and what to do when it is damaged: docs/journal.md`,
    );
  type Flags = Record<string, unknown>;
  const commands = () => import("./commands/journal.ts");

  journal
    .command("check")
    .description("pages, tables, checksums, gaps, the end; exit 0: whole, 1: not")
    .argument("[file]", "the journal", usualJournal)
    .option("--json", "one JSON object")
    .action(async (file: string, flags: Flags) => finish((await commands()).check(file, flags)));
  journal
    .command("export")
    .description("the lines of one run as text, on stdout or into a file")
    .argument("<run>", "the run, or last")
    .option("--out <file>", "write into this file; it must not be there yet")
    .addOption(
      new Option("--format <format>", "jsonl is lossless, csv is for tables")
        .choices(["jsonl", "csv"])
        .default("jsonl"),
    )
    .option("--journal <file>", "the journal", usualJournal)
    .action(async (run: string, flags: Flags) => finish((await commands()).exportTo(run, flags)));
  journal
    .command("import")
    .description("read an exported run (jsonl) into a journal: all of it or nothing; - is stdin")
    .argument("<file>", "what export has written")
    .option("--journal <file>", "the journal", usualJournal)
    .action(async (file: string, flags: Flags) => finish((await commands()).importFrom(file, flags)));
  journal
    .command("compact")
    .description("drop books, trades, marks and beats of ended runs; decisions, orders, fills and figures stay")
    .argument("[file]", "the journal", usualJournal)
    .option("--days <n>", "only runs that ended so long ago", "30")
    .option("--json", "one JSON object")
    .action(async (file: string, flags: Flags) => finish((await commands()).compact(file, flags)));
  journal
    .command("accept")
    .description("go on with a journal whose end was cut off: what lost its end is not resumed")
    .argument("[file]", "the journal", usualJournal)
    .action(async (file: string) => finish((await commands()).accept(file)));
  journal
    .command("ship")
    .description("send what the store does not have yet; exit 0: it has all")
    .argument("[file]", "the journal", usualJournal)
    .option("--store <url>", "postgres://user@host:port/db; better: BP_STORE in the environment")
    .action(async (file: string, flags: Flags) => finish((await commands()).ship(file, flags)));
}
