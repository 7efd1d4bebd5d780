// What is read from the command line, and what is said before the first order: S2.12, S2.25, S2.26, S2.30.
// The scenarios speak of exit 1; the bot's contract is 2 for wrong usage and wrong configuration.
import { testKeys } from "@bp/sandbox";
import { makerParams } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { readBotConfig } from "../../src/config/index.ts";
import { runBot, spawnBot } from "../process.ts";
import { layTable } from "../table.ts";

const perp = ["--symbol", "SOL_USDC_PERP", "--spread", "0.5"] as const;
const spot = ["--symbol", "SOL_USDC", "--spread", "0.5"] as const;

describe.concurrent("S2, flags", () => {
  it("S2.12 a take profit of -5 is an error", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, [
      "start",
      "--memory",
      ...perp,
      "--take-profit",
      "-5",
      "--disable-db",
    ]);
    expect(stderr).toMatch(/--take-profit: found "-5", expected .*above 0/);
    expect(code).toBe(2);
  });

  it.for([
    { flags: ["--enable-rebalance", "--disable-rebalance"], says: /--enable-rebalance and --disable-rebalance/ },
    { flags: ["--base-asset-target", "101"], says: /--base-asset-target: found "101", expected .*0 to 100/ },
    { flags: ["--rebalance-threshold", "0"], says: /--rebalance-threshold: found "0", expected .*above 0/ },
  ])("S2.25 $flags is wrong usage: exit 2", async ({ flags, says }, { onTestFinished }) => {
    const { code, stdout, stderr } = await runBot(onTestFinished, [
      "start",
      "--memory",
      ...spot,
      ...flags,
      "--disable-db",
    ]);
    expect(stderr).toMatch(says);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("S2.25 neither flag means on for spot, at 30 and 15", async () => {
    const { strategies } = await readBotConfig({ flags: { symbol: "SOL_USDC", spread: "0.5" } });
    expect(makerParams.parse(strategies[0]?.params).rebalance).toEqual({
      enabled: true,
      baseTargetPct: "30",
      thresholdPct: "15",
    }); // S2.20 sees on the wire what comes of it
  });

  it("S2.25 on a perpetual rebalancing is ignored with a notice", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, [
      "start",
      "--memory",
      ...perp,
      "--market-type",
      "perp",
      "--enable-rebalance",
      "--duration",
      "2",
      "--disable-db",
    ]);
    expect(stderr).toMatch(/rebalanc.*ignored on a perpetual/);
    expect(code).toBe(0);
  });
});

/** The README's examples, word by word but for the file that they start. */
const examples = [
  { symbol: "SOL_USDC", line: "--exchange backpack --symbol SOL_USDC --spread 0.2 --max-orders 5", quotes: 10 },
  {
    symbol: "SOL_USDC",
    line: "--exchange backpack --symbol SOL_USDC --spread 0.5 --duration 86400 --interval 120",
    quotes: 6,
  },
  {
    symbol: "SOL_USDC_PERP",
    line: "--exchange backpack --market-type perp --symbol SOL_USDC_PERP --spread 0.01 --quantity 0.1 --max-orders 2 --target-position 0 --max-position 5 --position-threshold 2 --inventory-skew 0 --stop-loss -1 --take-profit 5 --duration 999999999 --interval 10",
    quotes: 4,
  },
  {
    symbol: "SOL_USDC_PERP",
    line: "--exchange backpack --market-type perp --symbol SOL_USDC_PERP --spread 0.5 --quantity 0.5 --max-orders 3 --target-position 0 --max-position 5 --position-threshold 2 --inventory-skew 0.3 --stop-loss -25 --take-profit 50 --duration 3600 --interval 10",
    quotes: 6,
  },
] as const;

describe.concurrent("S2, examples and help", () => {
  it.for(examples)("S2.26 $line", async ({ symbol, line, quotes }, { onTestFinished }) => {
    const table = await layTable(onTestFinished, { symbol, balances: { USDC: "100000", SOL: "300" } }); // 31 % in SOL: nothing to rebalance
    const bot = spawnBot(onTestFinished, [
      "start",
      ...line.split(" "),
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      "--disable-db",
    ]);
    await table.until("the quotes", () => table.open().length === quotes);
    await table.pass(300); // also where the run should last longer than a timer can count
    expect(bot.child.exitCode).toBeNull();
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(table.open()).toEqual([]);
  });

  it("S2.26 without a command the usage is shown", async ({ onTestFinished }) => {
    const { code, stdout, stderr } = await runBot(onTestFinished, []);
    expect(`${stdout}${stderr}`).toMatch(/Usage: bot/);
    for (const command of ["start", "sandbox", "replay", "report", "doctor"])
      expect(`${stdout}${stderr}`).toContain(command);
    expect(code).toBe(2);
  });

  it("S2.26 missing keys: the message names the variables, exit 2, and nothing was asked of the venue", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const { code, stderr } = await runBot(onTestFinished, [
      "start",
      "--live",
      ...perp,
      "--rest",
      table.rest,
      "--ws",
      table.ws,
    ]);
    expect(stderr).toContain("BACKPACK_KEY");
    expect(stderr).toContain("BACKPACK_SECRET");
    expect(code).toBe(2);
    expect(table.requests).toEqual([]);
  });
});

const { apiKey, secret } = testKeys("alice");
const live = { env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret } };
const losing = ["--symbol", "SOL_USDC_PERP", "--spread", "0.01", "--quantity", "0.1"] as const;

describe.concurrent("S2, a position that is not ours", () => {
  const usual = ["--live", "--yes", ...perp, "--max-position", "5", "--disable-db"];

  it.for([[], ["--existing", "refuse"]])(
    "is refused for real money (%j): exit 2, no order",
    async (flags, { onTestFinished }) => {
      const table = await layTable(onTestFinished, { position: { size: "0.7" } });
      const { code, stderr } = await runBot(
        onTestFinished,
        ["start", ...usual, ...flags, "--rest", table.rest, "--ws", table.ws],
        live,
      );
      expect(stderr).toContain("already holds 0.70 SOL");
      expect(stderr).toContain("--existing adopt");
      expect(code).toBe(2);
      expect(table.sent()).toEqual([]);
    },
  );
});

describe.concurrent("S2, what it can earn", () => {
  it("S2.30 a spread of 0.01 % against fees of 0.02 % is refused for real money: exit 2, no order", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const { code, stderr } = await runBot(
      onTestFinished,
      ["start", "--live", "--yes", ...losing, "--rest", table.rest, "--ws", table.ws],
      live,
    );
    expect(stderr).toContain("earns 0.0015 USDC and pays 0.006 in fees");
    expect(stderr).toContain("at least 0.04 %");
    expect(stderr).toContain("--allow-negative-edge");
    expect(code).toBe(2);
    expect(table.sent()).toEqual([]);
  });

  it("S2.30 with --allow-negative-edge it is a warning, and the plan is shown before the first order", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const bot = spawnBot(
      onTestFinished,
      [
        "start",
        "--live",
        "--yes",
        "--allow-negative-edge",
        ...losing,
        "--rest",
        table.rest,
        "--ws",
        table.ws,
        "--disable-db",
      ],
      live,
    );
    await table.until("six quotes", () => table.open().length === 6);
    bot.child.kill("SIGINT");
    const { code, stdout, stderr } = await bot.ended;
    expect(stderr).toContain("warning: a round trip of 0.1 SOL earns 0.0015 USDC and pays 0.006 in fees");
    expect(stdout).toContain("Plan (live)");
    expect(stdout).toMatch(/backpack:SOL_USDC_PERP +buy +0\.10 @ 149\.9\d .*post-only/);
    expect(code).toBe(0);
    expect(table.open()).toEqual([]);
  });

  it("S2.30 on a sandbox it is a warning, and so is a stop of 1 at a position of 5", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const flags = ["--max-position", "5", "--stop-loss", "-1", "--disable-db", "--rest", table.rest, "--ws", table.ws];
    const bot = spawnBot(onTestFinished, ["start", ...losing, ...flags]);
    await table.until("an order", () => table.sent().length > 0);
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect(stderr).toContain("the spread must be at least 0.04 %");
    expect(stderr).toContain("0.20 USDC per SOL = 0.13 %");
    expect(stderr).toContain("one stop costs about 0.375 fee");
    expect(code).toBe(0);
    expect(table.open()).toEqual([]);
  });
});
