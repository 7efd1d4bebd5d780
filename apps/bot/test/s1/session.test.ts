// A ladder's start and end on the wire: S1.26, S1.27, S1.28. The launcher is in lifecycle.test.ts.
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import type { Finished } from "../table.ts";

const sol = "backpack:SOL_USDC";
const btc = "backpack:BTC_USDC";
const eth = "backpack:ETH_USDC";

const hallOf = (finished: Finished, balances: Readonly<Record<string, string>> = { USDC: "5000" }) =>
  layHall(finished, {
    books: { [sol]: ["149.99", "150.01"], [btc]: ["59999.0", "60001.0"], [eth]: ["2999.00", "3001.00"] },
    accounts: [{ name: "alice", balances }],
  });

/** S1's own file. */
const settings = (hall: Hall, actions: Readonly<Record<string, boolean>>, coin = "SOL"): string =>
  hall.file(
    "backpack_trading_config.json",
    JSON.stringify({
      api: { privateKey: "YOUR_PRIVATE_KEY", publicKey: "YOUR_PUBLIC_KEY" },
      trading: {
        tradingCoin: coin,
        maxDropPercentage: 7,
        totalAmount: 1000,
        orderCount: 9,
        incrementPercentage: 50,
        takeProfitPercentage: 0.2,
      },
      actions: {
        sellNonUsdcAssets: false,
        cancelAllOrders: false,
        restartAfterTakeProfit: true,
        autoRestartNoFill: true,
        ...actions,
      },
      advanced: { minOrderAmount: 10, sellNonUsdcMinValue: 10, noFillRestartMinutes: 3 },
    }),
  );
const start = (hall: Hall, file: string, ...flags: readonly string[]) =>
  hall.start([file, "--rest", hall.rest, "--ws", hall.ws, "--disable-db", ...flags]);
const rungs = (hall: Hall) => hall.open(sol).filter((each) => each.startsWith("buy"));

describe.concurrent("S1, a session", () => {
  it("S1.26 cancelAllOrders cancels everything of the symbol, an old buy of our own and the user's sell", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished, { USDC: "5000", SOL: "1" });
    const old = [hall.byHand(sol, "buy", "0.50", "120.00", 77), hall.byHand(sol, "sell", "0.50", "200.00")];
    const other = hall.byHand(btc, "buy", "0.001", "50000.0");
    start(hall, settings(hall, { cancelAllOrders: true }));
    await hall.until("nine rungs", () => rungs(hall).length === 9);
    for (const each of old) expect(hall.resting(sol)).not.toContain(each);
    expect(hall.resting(btc)).toEqual([other]);
  });

  it("S1.26 without it nothing is cancelled", async ({ onTestFinished }) => {
    const hall = await hallOf(onTestFinished, { USDC: "5000", SOL: "1" });
    const old = [hall.byHand(sol, "buy", "0.50", "120.00", 77), hall.byHand(sol, "sell", "0.50", "200.00")];
    start(hall, settings(hall, {}));
    await hall.until("nine rungs", () => rungs(hall).length === 10); // and the old one
    for (const each of old) expect(hall.resting(sol)).toContain(each);
  });

  it("S1.27 sellNonUsdcAssets sells what is worth 10 or more and was consented to: 1 SOL, not 0.0001 BTC", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished, { USDC: "5000", SOL: "1", BTC: "0.0001" });
    start(hall, settings(hall, { sellNonUsdcAssets: true }, "ETH"), "--consent", "SOL,BTC");
    await hall.until("no SOL", () => Number(hall.balance("backpack", "SOL")) < 0.01);
    await hall.until("nine rungs", () => hall.open(eth).length === 9);
    const sales = hall.placed("backpack").filter(({ side }) => side === "Ask");
    expect(sales.map(({ symbol, quantity, timeInForce }) => [symbol, Number(quantity), timeInForce])).toEqual([
      ["SOL_USDC", 1, "IOC"],
    ]);
    expect(hall.balance("backpack", "BTC")).toBe("0.0001");
  });

  it.for([
    { what: "without consent", actions: { sellNonUsdcAssets: true }, flags: [] },
    { what: "without the setting", actions: {}, flags: ["--consent", "SOL"] },
  ])("S1.27 $what nothing is sold", async ({ actions, flags }, { onTestFinished }) => {
    const hall = await hallOf(onTestFinished, { USDC: "5000", SOL: "1" });
    start(hall, settings(hall, actions, "ETH"), ...flags);
    await hall.until("nine rungs", () => hall.open(eth).length === 9);
    await hall.pass(500);
    expect(hall.balance("backpack", "SOL")).toBe("1");
  });

  it("S1.28 Ctrl+C: nine rungs cancelled and verified, the report printed, holdings kept and said, exit 0 in 10 s", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    const bot = start(hall, settings(hall, {}));
    await hall.until("nine rungs", () => rungs(hall).length === 9);
    hall.take(sol, "sell", "0.08", "150.00");
    await hall.until("a fill", () => Number(hall.balance("backpack", "SOL")) > 0.07);
    await bot.says(/0\.08 SOL/);
    const before = hall.requests("backpack").length;
    const askedAt = Date.now();
    bot.child.kill("SIGINT");
    await bot.says("stopping: asked to stop");
    const heardAt = Date.now();
    expect(heardAt - askedAt).toBeLessThan(30_000); // at once, on a machine that does nothing else
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    expect(Date.now() - heardAt).toBeLessThan(10_000);
    expect(hall.resting(sol)).toEqual([]);
    const ending = hall.requests("backpack").slice(before);
    const lastCancel = ending.findLastIndex(({ method }) => method === "DELETE");
    expect(
      ending.slice(lastCancel).some(({ method, path }) => method === "GET" && path.startsWith("/api/v1/orders")),
    ).toBe(true);
    expect(Number(hall.balance("backpack", "SOL"))).toBeGreaterThan(0.07);
    expect(stdout).toMatch(/Run time/);
    expect(stdout).toMatch(/Position stays +long 0\.0[78]\d* SOL/);
  });
});
