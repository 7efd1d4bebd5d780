#!/usr/bin/env node
// The command line. Each command is loaded only when it is asked for, so that help is quick.
import { Command, Option } from "commander";
import { addBacktest } from "./backtest/line.ts";
import { addData } from "./data/line.ts";
import { harden } from "./hardening.ts";
import { addJournal } from "./journalLine.ts";
import { watchOutlets } from "./outlet.ts";
import { usualJournal } from "./paths.ts";
import { addSweep } from "./sweep/line.ts";
import { version } from "./version.ts";

/** What the person typed, without the defaults: a file must be able to say what flags leave open. */
function typed(command: Command): Record<string, unknown> {
  const all: Record<string, unknown> = command.opts();
  return Object.fromEntries(Object.entries(all).filter(([key]) => command.getOptionValueSource(key) === "cli"));
}

/** The exit code is the command's, unless something worse was said already. */
async function finish(code: number | Promise<number>): Promise<void> {
  const ended = await code; // first: what is worse may be said until then
  process.exitCode = Math.max(Number(process.exitCode ?? 0), ended);
}

const program = new Command("bot")
  .description("Trades on Backpack and Aster: on sandbox exchanges of its own, on paper, or for real.")
  .version(version)
  .showHelpAfterError("(--help shows what is possible)")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  })
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

/** What a run is told on the command line; a file is explained with the same words. */
const withFlags = (command: Command): Command => withOutput(withTrade(withPlaces(command)));

const withPlaces = (command: Command): Command =>
  command
    .optionsGroup("Where to trade:")
    .option("--sandbox", "our exchange on this machine: no network, no keys (default)")
    .option("--paper", "the venue's real public market, our fills simulated")
    .option("--live", "real orders; needs keys, prints the plan and asks")
    .option("--memory", "the sandbox exchange without sockets, as fast as it computes")
    .option("--yes", "answer yes to the question before live trading")
    .option("--rest <url>", "the venue's REST address (with --sandbox: a sandbox in another process)")
    .option("--ws <url>", "the venue's WebSocket address")
    .option("--allow-host <hosts>", "hosts that may see your keys although they are not the venue's own")
    .option("--account <name>", "sandbox account (default: alice)");

/** What to trade, and how far it may go. */
const withTrade = (command: Command): Command =>
  command
    .optionsGroup("What to trade:")
    .addOption(new Option("--exchange <name>", "venue").choices(["backpack", "aster"]))
    .addOption(new Option("--market-type <type>", "spot or perp").choices(["spot", "perp"]))
    .option("--symbol <symbol>", "market as the venue spells it, for example SOL_USDC_PERP")
    .option("--spread <percent>", "full width between the first bid and the first ask")
    .option("--quantity <base>", "size of each order; left out: sized by the funds")
    .option("--max-orders <n>", "levels a side")
    .option("--interval <seconds>", "refresh period of the quotes")
    .option("--duration <seconds>", "total run time")
    .option("--target-position <base>", "inventory that is tolerated")
    .option("--max-position <base>", "hard cap of the position")
    .option("--position-threshold <base>", "tolerance above the target")
    .option("--inventory-skew <0..1>", "how far quotes lean against the inventory")
    .option("--stop-loss <quote>", "close at this unrealised loss; -25 and 25 mean the same, 0 is off")
    .option("--take-profit <quote>", "close at this unrealised profit")
    .option("--cool-down <seconds>", "pause after a stop")
    .option("--fair <price>", "what quotes are centred on: mid, microprice …")
    .option("--enable-rebalance", "spot: keep the share of base near its target")
    .option("--disable-rebalance", "spot: do not")
    .option("--base-asset-target <percent>", "share of base to go back to")
    .option("--rebalance-threshold <points>", "distance from the target that is tolerated")
    .option("--consent <coins>", "coins of yours that may be sold before the start, for example SOL,ETH (S1)")
    .optionsGroup("Limits:")
    .option("--daily-loss <quote>", "halt when the day has lost this much")
    .option("--max-drawdown <quote>", "halt this far below the best profit")
    .option("--allow-negative-edge", "trade although fees are more than the spread")
    .option("--allow-withdraw-key", "trade real money with a key that may withdraw")
    .addOption(
      new Option("--existing <what>", "a position at the start that is not ours").choices([
        "refuse",
        "adopt",
        "ignore",
        "flatten",
      ]),
    );

const withOutput = (command: Command): Command =>
  command
    .optionsGroup("The sandbox's market:")
    .option(
      "--market <file>",
      "play a recorded market instead of a generated one: frames, candles, our recordings (docs/data.md)",
    )
    .option("--seed <n>", "seed of the generated market")
    .option("--speed <x>", "market seconds in a second")
    .optionsGroup("Output:")
    .option("--json", "JSON lines on stdout, everything human on stderr")
    .option("--summary <file>", "write the summary of the run as one JSON object")
    .option("--journal <file>", "the journal (default: runs/journal.sqlite)")
    .option(
      "--store <url>",
      "a PostgreSQL database that gets a copy of the journal, postgres://user@host/db; better: BP_STORE in the environment",
    )
    .option("--no-resume", "start afresh although an unfinished run of the same configuration exists")
    .addOption(new Option("--lang <language>", "language of the console").choices(["en", "zh"]))
    .option("--enable-db", "accepted for S2's sake: the journal is always on")
    .option("--disable-db", "keep the journal in memory only: no resume, no replay")
    .option("--api-key <key>", "better: BACKPACK_KEY in the environment")
    .option("--secret-key <key>", "better: BACKPACK_SECRET in the environment")
    .option(
      "--ws-proxy <url>",
      "HTTP proxy of REST and of the socket, http://user:pass@host:port; better: BACKPACK_PROXY_WEBSOCKET",
    );

/** Where a dashboard stands. */
const withPlace = (command: Command): Command =>
  command
    .option("--dashboard-host <address>", "another address than 127.0.0.1: with TLS, or where the network is your own")
    .option("--dashboard-tls-cert <file>", "PEM file of a certificate")
    .option("--dashboard-tls-key <file>", "PEM file of its key")
    .option("--dashboard-insecure", "another address without TLS: whoever listens there can trade with your accounts");

/** Who watches over a run. */
const withWatch = (command: Command): Command =>
  withPlace(
    command
      .optionsGroup("Dashboard:")
      .option("--dashboard [port]", "its port (default: 4480, or the next free one; BP_DASHBOARD=off: none)")
      .option("--no-dashboard", "none"),
  )
    .optionsGroup("Who watches over it:")
    .option("--no-watchdog", "no second process that takes own orders back when this one is gone")
    .option("--watchdog-ms <n>", "how long the bot may be silent before that happens (default: 5000)")
    .option("--kill-file <file>", "a file whose presence kills: own orders cancelled, halted, accounts marked");

withFlags(
  withWatch(program.command("start"))
    .description("run a configuration; without arguments: the demo, on a sandbox exchange in this process")
    .argument("[file]", "configuration: our YAML or JSON, or a file of S0 to S4; flags win over it")
    .optionsGroup("How it ends:")
    .addOption(
      new Option(
        "--on-exit <what>",
        "stop: cancel own orders, keep positions (default); flatten: close them too; detach: leave both",
      ).choices(["stop", "flatten", "detach"]),
    )
    .option("--supervise", "run it as a child, and start it again 10 s after a crash"),
).action(async (file: string | undefined, _: unknown, command: Command) => {
  const { start } = await import("./commands/start.ts");
  await finish(start(file, typed(command)));
});

withFlags(
  program
    .command("plan")
    .description("what a configuration would do, in money: first orders, capital, worst case, fees; sends nothing")
    .argument("[file]", "configuration: our YAML or JSON, or a file of S0 to S4; flags win over it"),
).action(async (file: string | undefined, _: unknown, command: Command) => {
  const { plan } = await import("./commands/plan.ts");
  await finish(plan(file, typed(command)));
});

withFlags(
  withWatch(program.command("hedge"))
    .description("run the hedge loop of a hedge.yaml, as S3's users start it")
    .argument("<file>", "hedge.yaml or hedge_futures.yaml"),
).action(async (file: string, _: unknown, command: Command) => {
  const { hedge } = await import("./commands/hedge.ts");
  await finish(hedge(file, typed(command)));
});

withFlags(
  program
    .command("import")
    .description("print the file of another system in our own format, with what became of each key")
    .argument("<file>", "file of S0 to S4; it stays as it is; an .env of S2 needs its flags too"),
).action(async (file: string, _: unknown, command: Command) => {
  const { importFile } = await import("./commands/import.ts");
  await finish(importFile(file, typed(command)));
});

addBacktest(program, withTrade, typed, finish);

addSweep(program, typed, finish);

const config = withFlags(
  program
    .command("config")
    .description("what a configuration comes to; secrets are never shown")
    .argument("[file]", "configuration, as for start")
    .option("--explain", "where each value came from, and what became of each key"),
).action(async (file: string | undefined, _: unknown, command: Command) => {
  const { showConfig } = await import("./commands/config.ts");
  await finish(showConfig(file, typed(command)));
});

config
  .command("schema")
  .description("print the JSON Schema of our own format")
  .action(async () => {
    const { showSchema } = await import("./commands/config.ts");
    await finish(showSchema());
  });

program
  .command("status")
  .description("which bots of yours run, on which accounts, who watches over them, and which accounts are killed")
  .option("--json", "one JSON object")
  .action(async (flags: Record<string, unknown>) => {
    const { status } = await import("./commands/status.ts");
    await finish(status(flags));
  });

program
  .command("alerts")
  .description("where alerts of runs go (Telegram, Lark, Discord, a webhook): set up by the environment")
  .option("--test", "tell each of them something now")
  .option("--json", "one JSON object")
  .action(async (flags: Record<string, unknown>) => {
    const { alerts } = await import("./commands/alerts.ts");
    await finish(alerts(flags));
  });

program
  .command("kill")
  .description("cancel all own orders now, verify it, and trade nothing there until a person resumes")
  .argument("[file]", "the configuration of the bot; left out: every bot of yours that runs")
  .option("--account <name>", "only this account: backpack, aster-futures …, or its name in bot status")
  .option("--all", "every bot of yours that runs (the same as naming none)")
  .option("--journal <file>", "the journal of its runs, where it is not the one that the file names from here")
  .option("--live", "the file is run with --live")
  .option("--json", "one JSON object")
  .action(async (file: string | undefined, flags: Record<string, unknown>) => {
    const { kill } = await import("./commands/kill.ts");
    await finish(kill(file, flags));
  });

program
  .command("resume")
  .description("take the kill mark of an account away; starts nothing")
  .argument("<account>", "the account as bot status names it, or a configuration")
  .option("--live", "the file is run with --live")
  .option("--yes", "do not ask")
  .action(async (which: string, flags: Record<string, unknown>) => {
    const { resume } = await import("./commands/resume.ts");
    await finish(resume(which, flags));
  });

program
  .command("watchdog", { hidden: true })
  .argument("[pid]")
  .action(async () => {
    const { watchdog } = await import("./commands/watchdog.ts");
    await finish(watchdog());
  });

program
  .command("sandbox")
  .description("serve sandbox exchanges that speak Backpack's and Aster's wire on 127.0.0.1 until they are stopped")
  .option("--json", "print the addresses and test accounts as one JSON object")
  .option(
    "--port <n>",
    "port of Backpack, the next three are Aster futures, Aster spot and control; left out: free ones",
  )
  .option("--seed <n>", "seed of the generated markets")
  .option("--speed <x>", "market seconds in a second, or max")
  .option("--market <file>", "play a recorded market on Backpack instead of a generated one")
  .option("--faults <file>", "what goes wrong: JSON, see the README of @bp/sandbox")
  .action(async (flags: Record<string, unknown>) => {
    const { sandbox } = await import("./commands/sandbox.ts");
    await finish(sandbox(flags));
  });

program
  .command("replay")
  .description("run a journal again: the same events must give the same commands; --at shows one decision whole")
  .argument("<run>", "the run, or last")
  .option("--at <event>", "one decision: its event's number, a moment (UTC), order:ID, cancel:ID, fill:TRADE, or last")
  .option("--json", "one JSON object")
  .option("--journal <file>", "the journal", usualJournal)
  .addOption(new Option("--lang <language>", "language of --at").choices(["en", "zh"]))
  .action(async (run: string, flags: Record<string, unknown>) => {
    const { replayRun } = await import("./commands/replay.ts");
    await finish(replayRun(run, flags));
  });

program
  .command("resim")
  .description(
    "a run against the model of its market: decisions made again, orders sent again, queue and latency fitted",
  )
  .argument("<run>", "the run, or last")
  .option("--data <files...>", "a recording of the same time, instead of the market data of the journal")
  .option("--as <casts...>", "which recording is which market: SOLUSDC=backpack:SOL_USDC_PERP")
  .option("--no-cache", "read the files of --data themselves, not what is kept of them")
  .option("--queue-model <model>", "prints, log, log2, share:N or behind:N (default: what was fitted)")
  .option(
    "--latency <ms>",
    "from a decision until the venue has it (default: measured), or own: as it was, order by order",
  )
  .option("--json", "one JSON object")
  .option("--journal <file>", "the journal", usualJournal)
  .addOption(new Option("--lang <language>", "language").choices(["en", "zh"]))
  .action(async (run: string, flags: Record<string, unknown>) => {
    const { resim } = await import("./commands/resim.ts");
    await finish(resim(run, flags));
  });

program
  .command("report")
  .description("what a run did and where its profit came from; without a run: the list of runs")
  .argument("[run]", "the run, last, or a file of --json --full")
  .option("--html <file>", "a page that needs no server and no network; - is stdout")
  .option("--force", "replace the file of --html")
  .option("--full", "everything that is known: every figure with what it is made of, all tables")
  .option("--json", "one JSON object")
  .option("--journal <file>", "the journal", usualJournal)
  .addOption(new Option("--lang <language>", "language").choices(["en", "zh"]))
  .action(async (run: string | undefined, flags: Record<string, unknown>) => {
    const { report } = await import("./commands/report.ts");
    await finish(report(run, flags));
  });

program
  .command("compare")
  .description("runs side by side: every figure with its difference, and whether it is more than noise")
  .argument(
    "<runs...>",
    "two to five runs, or files of bot report RUN --json --full; the others are held against the first",
  )
  .option("--html <file>", "a page that needs no server and no network; - is stdout")
  .option("--force", "replace the file of --html")
  .option("--json", "one JSON object")
  .option("--journal <file>", "the journal", usualJournal)
  .addOption(new Option("--lang <language>", "language").choices(["en", "zh"]))
  .action(async (runs: readonly string[], flags: Record<string, unknown>) => {
    const { compare } = await import("./commands/compare.ts");
    await finish(compare(runs, flags));
  });

addJournal(program, finish);
addData(program, finish);

withFlags(
  program
    .command("doctor")
    .description(
      "check the accounts of a configuration before trading: addresses, clock, keys, markets, journal; sends reads alone",
    )
    .argument("[file]", "configuration, as for start; left out: the keys of the environment"),
).action(async (file: string | undefined, _: unknown, command: Command) => {
  const { doctor } = await import("./commands/doctor.ts");
  await finish(doctor(file, typed(command)));
});

program
  .command("torture")
  .description(
    "run configurations against exchanges that fail in every way, and hold them to twelve promises; sends nothing",
  )
  .argument("[files...]", "configurations, as for start; left out: the demo")
  .option("--wire", "processes of the bot against the sandbox's real sockets, in real time, instead of in memory")
  .option("--seeds <n>", "how many trials, of all files together (default: 200; with --wire: 10)")
  .option("--from <seed>", "the first seed (default: 1)")
  .option(
    "--seconds <n>",
    "market seconds of one trial, before it is stopped and must settle (default: 60; with --wire: 10 of the clock)",
  )
  .option("--speed <x>", "with --wire: market seconds in a second (default: 30)")
  .option("--faults <kinds>", "all (default), none, names with commas, or -names: all but these")
  .option("--threads <n>", "how many at once (default: one for each core)")
  .option("--first", "stop at the first promise that is broken")
  .option("--no-shrink", "do not look for the fewest faults that break a promise")
  .option("--seed <n>", "one trial alone")
  .option("--only <places>", "with --seed: only these faults of it, by their places; none: without any")
  .option("--story", "with --seed: tell everything that happens")
  .option("--json", "one JSON object")
  .addHelpText(
    "after",
    `
Examples:
  bot torture grid.config.json                    200 trials of your own file
  bot torture a.yaml b.yaml --seeds 100000        a long night
  bot torture hedge.yaml --faults crash,acks-lost only these
  bot torture hedge.yaml --seed 4711 --story      one trial, told

What is promised and what goes wrong: docs/torture.md`,
  )
  .action(async (files: readonly string[], flags: Record<string, unknown>) => {
    const { torture } = await import("./commands/torture.ts");
    await finish(torture(files, flags));
  });

withPlace(
  program
    .command("dashboard")
    .description("a dashboard over all bots of this user, without a bot of its own")
    .option("--port <port>", "its port (default: 4480, or the next free one)")
    .option("--journal <file>", "a journal whose runs are shown although no bot has it open", "runs/journal.sqlite")
    .option("--address", "only show where the dashboards of bots that run are, with their tokens")
    .option("--json", "address and tokens as one JSON object; with --address a list of them")
    .addOption(new Option("--lang <language>", "language").choices(["en", "zh"])),
).action(async (flags: Record<string, unknown>) => {
  if (flags["address"] === true) {
    const { addresses } = await import("./commands/addresses.ts");
    return finish(addresses(flags));
  }
  const { dashboard } = await import("./commands/dashboard.ts");
  await finish(dashboard(flags));
});

program
  .command("menu")
  .description("the interactive menu; `bot --cli` is the same")
  .option("--sandbox", "look at a sandbox exchange of our own (default without keys)")
  .option("--live", "look at the real venue, and trade there from item 5; needs keys")
  .addOption(new Option("--exchange <name>", "venue").choices(["backpack", "aster"]))
  .addOption(new Option("--market-type <type>", "of Aster: spot or perp").choices(["spot", "perp"]))
  .option("--journal <file>", "the journal", usualJournal)
  .addOption(new Option("--lang <language>", "language").choices(["en", "zh"]))
  .action(async (flags: Record<string, unknown>) => {
    const { menu } = await import("./commands/menu.ts");
    await finish(menu(flags));
  });

/** S2's users write `bot --cli`, and its flags without a command. */
function asTyped(argv: readonly string[]): readonly string[] {
  const [node = "", script = "", ...rest] = argv;
  if (rest.includes("--cli"))
    return [node, script, "menu", ...rest.filter((each) => each !== "--cli" && each !== "start")];
  const [first] = rest;
  const alone = first === undefined || !first.startsWith("--") || ["--help", "--version"].includes(first);
  return alone ? argv : [node, script, "start", ...rest];
}

const args = asTyped(process.argv);
harden(args);
if (!["menu", "torture"].includes(args[2] ?? "")) watchOutlets(process.stdout, process.stderr); // those two draw
program.parseAsync(args).catch(async (error: unknown) => {
  const { fail } = await import("./exit.ts"); // not before: it needs core
  process.exitCode = fail(error);
});
