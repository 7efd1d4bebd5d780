// Spot: the share of base in the wallet is brought back to its target: S2.20 to S2.24.
import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = { spread: "0.5", quantity: "0.01", maxOrders: 1 }; // rebalancing is on unless it is said otherwise: 30 and 15

const trades = (table: Table) => table.sent().filter(({ postOnly }) => !postOnly);
const words = (table: Table) => trades(table).map(({ side, size, price, tif }) => `${side} ${size} @ ${price} ${tif}`);

/** Base and quote of our account, and what the base is worth at 150. */
const wallet = (SOL: string, USDC: string) => ({ symbol: "SOL_USDC", balances: { SOL, USDC } }) as const;

describe.concurrent("S2, rebalancing", () => {
  it("S2.20 480 of 1000 in SOL: sells 1.20 at no less than 149.85, to about 300 and 700", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, wallet("3.2", "520"));
    const bot = await table.start(flags);
    await table.until("the sale", () => Number(table.balance("SOL")) < 2.1);
    await table.until("quotes", () => table.open().length === 2);
    expect(words(table)).toEqual(["sell 1.20 @ 149.85 IOC"]);
    expect(table.balance("SOL")).toBe("2"); // 300 at 150
    expect(Number(table.balance("USDC"))).toBeCloseTo(700, 0); // 520 + 1.2 · 149.99, less 0.095 %
    await bot.stop();
  });

  it("S2.21 135 of 1000 in SOL: buys 1.10 at no more than 150.16", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, wallet("0.9", "865"));
    const bot = await table.start(flags);
    await table.until("quotes", () => table.open().length === 2);
    await table.pass(300); // the fee is taken in SOL; nothing is bought for it
    expect(words(table)).toEqual(["buy 1.10 @ 150.16 IOC"]);
    expect(Number(table.balance("SOL"))).toBeCloseTo(2, 2);
    await bot.stop();
  });

  it.for([
    { value: "450.00", sol: "3", usdc: "550", side: undefined },
    { value: "450.01", sol: "3.00006667", usdc: "549.9899995", side: "sell" },
    { value: "150.00", sol: "1", usdc: "850", side: undefined },
    { value: "149.99", sol: "0.99993333", usdc: "850.0100005", side: "buy" },
    { value: "300.00", sol: "2", usdc: "700", side: undefined },
  ])("S2.22 $value of 1000 in SOL: $side", async ({ sol, usdc, side }, { onTestFinished }) => {
    const table = await layTable(onTestFinished, wallet(sol, usdc));
    const bot = await table.start(flags);
    await table.until("quotes", () => table.open().length === 2);
    expect(trades(table).map((each) => each.side)).toEqual(side === undefined ? [] : [side]);
    await bot.stop();
  });

  it("S2.23 14 USDC in all are not worth it: ten minimum orders are 15", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, wallet("0.08", "2")); // 86 % in SOL
    const bot = await table.start(flags);
    await table.until("a quote", () => table.open().length > 0);
    await table.pass(300);
    expect(trades(table)).toEqual([]);
    await bot.stop();
  });

  it("S2.23 what is locked in orders, the user's own too, counts in the total", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, wallet("3.2", "520"));
    const manual = table.exchange.place("alice", {
      instrument: table.id,
      side: "sell",
      type: "limit",
      price: ticks(20_000),
      size: lots(200),
      tif: "gtc",
      postOnly: true,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    });
    const bot = await table.start(flags);
    await table.until("the sale", () => trades(table).length > 0);
    expect(words(table)).toEqual(["sell 1.20 @ 149.85 IOC"]); // without the 2 that are locked 180 of 700 were in SOL, and nothing to do
    await bot.stop();
    expect(table.exchange.openOrders("alice").map(({ id }) => id)).toEqual([manual.ok ? manual.order.id : ""]);
  });

  it("S2.24 a partial fill of 0.70 of 1.20 leaves the share within the tolerance: the rest is not tried", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, wallet("3.2", "520"));
    table.setLevels(
      [
        ["149.99", "0.70"],
        ["149.00", "1000"],
      ],
      [["150.01", "1000"]],
    );
    const bot = await table.start(flags);
    await table.until("the sale", () => trades(table).length > 0);
    await table.until("quotes", () => table.open().length === 2);
    await table.pass(500);
    expect(words(table)).toEqual(["sell 1.20 @ 149.85 IOC"]);
    expect(table.balance("SOL")).toBe("2.5"); // 375 of 1000
    await bot.stop();
  });

  it("S2.24 a partial fill that leaves it beyond the tolerance is followed by a new order for what is then too much", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, wallet("5", "250"));
    table.setLevels(
      [
        ["149.99", "0.70"],
        ["149.00", "1000"],
      ],
      [["150.01", "1000"]],
    );
    const bot = await table.start(flags);
    await table.until("the first sale", () => trades(table).length > 0);
    expect(words(table)).toEqual(["sell 3.00 @ 149.85 IOC"]);
    await table.until("its fill", () => table.balance("SOL") === "4.3");
    table.setBook("149.99", "150.01");
    await table.until("the second", () => trades(table).length > 1);
    expect(trades(table)[1]).toMatchObject({ side: "sell", tif: "IOC", postOnly: false });
    await table.until("quotes", () => table.open().length === 2);
    expect(Number(table.balance("SOL"))).toBeCloseTo(2, 1);
    await bot.stop();
  });

  it("S2.24 own quotes that the sale could meet are cancelled first", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, wallet("2", "700"));
    const bot = await table.start({ ...flags, spread: "0.1", quantity: "0.5", maxOrders: 2, interval: "0.2" });
    await table.until("four quotes", () => table.open().length === 4); // the buys at 149.92 and 149.90
    table.exchange.credit("alice", "SOL", "2"); // 600 of 1300 in SOL: 46 %
    await table.until("the sale", () => trades(table).length > 0);
    const at = table.requests.indexOf(trades(table)[0]?.passed ?? fail());
    const cancels = table.requests.slice(0, at).filter(({ method }) => method === "DELETE");
    expect(cancels).toHaveLength(4);
    const sentAt = trades(table)[0]?.passed.sentAt ?? 0;
    expect(cancels.every(({ answeredAt }) => (answeredAt ?? Number.POSITIVE_INFINITY) <= sentAt)).toBe(true);
    await table.until("quotes again", () => table.open().length === 4);
    expect(table.exchange.fills("alice").every(({ price }) => price === 14_999)).toBe(true); // with the market, not with our buys
    await bot.stop();
  });
});

function fail(): never {
  throw new Error("no sale was sent");
}
