// Aster through the bot, perpetuals and spot: S2.36, S2.37.
import { describe, expect, it } from "vitest";
import { layHall } from "../hall.ts";

const perp = "aster-futures:SOLUSDT";
const spot = "aster-spot:SOLUSDT";
const maker = (instrument: string, params: Readonly<Record<string, unknown>>) => ({
  system: "maker",
  strategies: [{ use: "maker", params: { instrument, intervalMs: 1_000, ...params } }],
});

describe.concurrent("S2 on Aster", () => {
  it("S2.36 perpetual: all quotes are GTX, one that is refused is repriced and never becomes GTC", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [perp]: ["149.99", "150.01"] } });
    const file = hall.config(["aster-futures"], maker(perp, { spreadPct: "0.5", quantity: "0.1", maxOrders: 2 }));
    // The first purchase is answered as the venue answers what would take.
    hall.sandbox.aster?.futures.faults.request(
      { method: "POST", path: "/fapi/v3/order" },
      { do: "answer", status: 400, json: { code: -5022, msg: "Due to the order could not be executed as maker" } },
      1,
    );
    const bot = hall.start([file, "--disable-db"]);
    await hall.until("four quotes", () => hall.open(perp).length === 4);
    hall.book(perp, "150.19", "150.21");
    await hall.until(
      "quotes that followed",
      () => hall.open(perp).length === 4 && hall.open(perp)[0] === "buy 0.10 @ 149.82",
    );
    const sent = hall.placed("aster-futures");
    expect(sent.length).toBeGreaterThanOrEqual(9); // four, the refused one, four after the move
    for (const { type, timeInForce } of sent) expect([type, timeInForce]).toEqual(["LIMIT", "GTX"]);
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("trouble");
    expect(hall.open(perp)).toEqual([]);
    expect(hall.requests("aster-spot")).toEqual([]);
  });

  it("S2.36 0.02 SOL at 150 is below the minimum of 5 USDT: refused at the start with 0.04", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [perp]: ["149.99", "150.01"] } });
    const file = hall.config(["aster-futures"], maker(perp, { spreadPct: "0.5", quantity: "0.02" }));
    const { code, stderr } = await hall.start([file, "--disable-db"]).ended;
    expect(stderr).toContain("0.04 SOL or more");
    expect(code).toBe(2);
    expect(hall.placed("aster-futures")).toEqual([]);
  });

  it("S2.37 spot: spot host, spot balances, and the wallet is brought back to its target", async ({
    onTestFinished,
  }) => {
    // 700 in SOL of 1000 in all, target 30 %: 400 too much at 100.
    const hall = await layHall(onTestFinished, {
      books: { [spot]: ["99.99", "100.01"] },
      asterSpot: [{ name: "alice", balances: { USDT: "300", SOL: "7" } }],
    });
    const params = { spreadPct: "1", quantity: "0.1", maxOrders: 1 };
    const bot = hall.start([hall.config(["aster-spot"], maker(spot, params)), "--disable-db"]);
    await hall.until("a wallet with 3 SOL", () => Number(hall.balance("aster-spot", "SOL")) < 3.01);
    await hall.until("two quotes", () => hall.open(spot).length === 2);
    const [sale] = hall.placed("aster-spot");
    expect(sale).toMatchObject({ side: "SELL", type: "LIMIT", timeInForce: "IOC", symbol: "SOLUSDT" });
    expect(Number(sale?.["price"])).toBeCloseTo(99.9, 1); // bid less 0.1 %
    expect(Number(sale?.["quantity"])).toBeCloseTo(4, 1);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(hall.open(spot)).toEqual([]);
    expect(hall.requests("aster-futures")).toEqual([]);
    expect(hall.requests("backpack")).toEqual([]);
  });
});
