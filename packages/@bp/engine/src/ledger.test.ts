// Balances against trades, fees and funding.
import { Big, decimal, lots, type OrderFilled, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLedger, type Ledger } from "./ledger.ts";
import { fill, listed, nth, perp, snapshot, spot, start } from "./scene.fixture.ts";

const markets = new Map([perp, spot].map((each) => [each.id, each] as const));
const none: ReadonlySet<string> = new Set();
const minute = 60_000;
const trade = (side: "buy" | "sell", price: number, size: number, ms: number, more: Partial<OrderFilled> = {}) =>
  listed(fill(nth(1), side, price, size, more), start + ms);
/** A ledger that has seen 10,000 USDC. */
function begun(): Ledger {
  const ledger = createLedger();
  ledger.snapshot(snapshot({ asOf: start }), none, markets, 0);
  return ledger;
}
const gapsOf = (ledger: Ledger, truth: Parameters<typeof snapshot>[0], settleMs = 0) =>
  ledger.snapshot(snapshot(truth), none, markets, settleMs).map(({ asset, by }) => `${asset} ${by.toFixed()}`);

describe("createLedger", () => {
  it("takes what is there at first as it is", () => {
    expect(gapsOf(createLedger(), { asOf: start, balances: { USDC: "123", SOL: "4" } })).toEqual([]);
  });

  it("explains a perpetual's trades, fees and funding, however the venue takes its profits", () => {
    for (const [usdc, cost] of [
      ["10000.5", "15"], // bought for 30, a half sold for 15.6: the average method has taken 0.6
      ["10000.2", "14.7"], // another method, and another rest
    ] as const) {
      const ledger = begun();
      ledger.fill("v", "1", trade("buy", 15_000, 20, 1, { fee: decimal("0.05") }), perp);
      ledger.fill("v", "2", trade("sell", 15_600, 10, 2, { fee: decimal("0.06") }), perp);
      ledger.paid("v", "3", "USDC", new Big("0.01"), (start + 3) as never); // a date
      expect(gapsOf(ledger, { asOf: start + minute, position: 10, cost, balances: { USDC: usdc } })).toEqual([]);
    }
  });

  it("explains spot's, with fees in coins", () => {
    const ledger = begun();
    ledger.fill(
      "v",
      "1",
      trade("buy", 15_000, 100, 1, { instrument: spot.id, fee: decimal("0.0008"), feeAsset: "SOL" }),
      spot,
    );
    expect(gapsOf(ledger, { asOf: start + minute, balances: { USDC: "9850", SOL: "0.9992" } })).toEqual([]);
  });

  it("tells a deposit and a withdrawal once, when they have stood for a while", () => {
    const ledger = begun();
    const truth = (ms: number, usdc: string) => gapsOf(ledger, { asOf: start + ms, balances: { USDC: usdc } }, minute);
    expect(truth(1_000, "10100")).toEqual([]);
    expect(truth(30_000, "10100")).toEqual([]);
    expect(truth(61_000, "10100")).toEqual(["USDC 100"]);
    expect(truth(200_000, "10100")).toEqual([]);
    expect(truth(201_000, "9900")).toEqual([]);
    expect(truth(261_000, "9900")).toEqual(["USDC -200"]);
  });

  it("waits for funding that is listed later than it is paid, and for a trade that comes late", () => {
    const ledger = begun();
    expect(gapsOf(ledger, { asOf: start + 1_000, balances: { USDC: "9998.5" } }, minute)).toEqual([]);
    ledger.paid("v", "3", "USDC", new Big("-1.5"), (start + 500) as never); // a date
    expect(gapsOf(ledger, { asOf: start + 90_000, balances: { USDC: "9998.5" } }, minute)).toEqual([]);
  });

  it("does not take a newer trade for a part of the snapshot", () => {
    const ledger = begun();
    ledger.fill("v", "1", trade("buy", 15_000, 20, 2_000, { fee: decimal("0.05") }), perp);
    expect(gapsOf(ledger, { asOf: start + 1_000 })).toEqual([]);
    expect(gapsOf(ledger, { asOf: start + 3_000, position: 20, cost: "30", balances: { USDC: "9999.95" } })).toEqual(
      [],
    );
  });

  it("lets rounding and interest pass", () => {
    const ledger = begun();
    for (let hour = 1; hour <= 24; hour++)
      expect(
        gapsOf(ledger, {
          asOf: start + hour * 3_600_000,
          balances: { USDC: new Big(10_000).plus(hour * 0.057).toFixed() },
        }),
      ).toEqual([]);
  });

  it("finds exactly what came in and went out, whatever is traded", () => {
    const event = fc.oneof(
      fc.record({
        kind: fc.constant("trade" as const),
        side: fc.constantFrom("buy" as const, "sell" as const),
        price: fc.integer({ min: 14_000, max: 16_000 }),
        size: fc.integer({ min: 1, max: 300 }),
        fee: fc.integer({ min: -50, max: 500 }),
      }),
      fc.record({
        kind: fc.constant("transfer" as const),
        amount: fc.integer({ min: -500, max: 500 }).filter((each) => Math.abs(each) > 1),
      }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const ledger = begun();
        let cash = new Big(10_000);
        let held = 0;
        const found: string[] = [];
        const wanted: string[] = [];
        for (const [index, each] of events.entries()) {
          if (each.kind === "transfer") {
            cash = cash.plus(each.amount);
            wanted.push(`USDC ${each.amount}`);
          } else {
            const { side, price, size, fee } = each;
            const paid = new Big(fee).div(10_000);
            ledger.fill("v", `${index}`, trade(side, price, size, index, { fee: decimal(paid.toFixed()) }), perp);
            held += side === "buy" ? size : -size;
            cash = cash.minus(paid).plus(
              new Big(price)
                .times(size)
                .times(side === "buy" ? -1 : 1)
                .div(10_000),
            );
          }
          // all positions are told at a cost of 1.00, as if the venue settled at each trade
          const cost = new Big(held).div(100);
          const truth = {
            asOf: start + (index + 1) * minute,
            position: held,
            cost: cost.toFixed(),
            balances: { USDC: cash.plus(cost).toFixed() },
          };
          found.push(...gapsOf(ledger, truth));
        }
        expect(found).toEqual(wanted);
      }),
    );
  });

  it("forgets dates when a venue's clock was set, and counts what was on its way as inside", () => {
    const ledger = begun();
    ledger.fill("v", "1", trade("buy", 15_000, 20, 3_600_000, { price: ticks(15_000), size: lots(20) }), perp);
    ledger.redate("v");
    expect(gapsOf(ledger, { asOf: start + 1_000, position: 20, cost: "30" })).toEqual([]);
  });
});
