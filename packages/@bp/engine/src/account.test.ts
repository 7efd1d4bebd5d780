// Positions, profit, fees and funding; at the end always the venue's figures.
import {
  Big,
  decimal,
  type Fill,
  type InstrumentId,
  lots,
  millis,
  notionalOf,
  type OrderFilled,
  sizeToBig,
  ticks,
  unrealizedAt,
} from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Account, createAccount, external } from "./account.ts";
import { fill, listed, nth, perp, snapshot, spot, start } from "./scene.fixture.ts";

const markets = new Map([perp, spot].map((each) => [each.id, each] as const));
const trade = (
  id: string,
  side: "buy" | "sell",
  price: number,
  size: number,
  ms: number,
  more: Partial<OrderFilled> = {},
): Fill => listed(fill(nth(1), side, price, size, { tradeId: id, ...more }), start + ms);
const funding = (amount: string, ms: number) =>
  ({
    type: "funding.paid",
    instrument: perp.id,
    amount: decimal(amount),
    asset: "USDC",
    venueAt: millis(start + ms),
    at: millis(start + ms),
    seq: 1,
  }) as const;

/** An account that knows itself flat with 10,000 USDC. */
function known(): Account {
  const account = createAccount();
  account.know("v");
  account.snapshot(snapshot({ asOf: start }), markets);
  return account;
}

describe("createAccount: trades", () => {
  it("counts a trade once, and both sides of one between two orders of ours", () => {
    const account = known();
    expect(account.fill(trade("t1", "buy", 15_000, 10, 1), "a", perp)).toBe(true);
    expect(account.fill(trade("t1", "buy", 15_000, 10, 1), "a", perp)).toBe(false);
    expect(account.size(perp.id)).toBe(10);
    expect(account.fill(trade("t1", "sell", 15_000, 10, 1), "b", perp)).toBe(true);
    expect([account.size(perp.id), account.size(perp.id, "a"), account.size(perp.id, "b")]).toEqual([0, 10, -10]);
  });

  it("takes profit by average cost, with fees apart", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 100, 1, { fee: decimal("0.03") }), "a", perp);
    account.fill(trade("t2", "sell", 15_100, 40, 2, { fee: decimal("0.0604") }), "a", perp);
    const { size, cost, realized, fees } = account.holding(perp, "a");
    expect([size, cost.toFixed(), realized.toFixed(), fees.toFixed()]).toEqual([60, "90", "0.4", "0.0904"]);
    expect(account.profit({ price: () => 15_200, instrument: () => perp }).toFixed()).toBe("1.5096"); // 0.4 + 60 x 0.02 - 0.0904
    expect(account.money("v", "USDC")?.total.toFixed()).toBe("10000.3096");
  });

  it("keeps what others trade out of our inventory and profit", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 10, 1), "a", perp);
    account.fill(trade("t2", "sell", 15_000, 30, 2), external, perp);
    expect([account.size(perp.id), account.external(perp.id)]).toEqual([10, -30]);
    expect(account.profit({ price: () => 15_100, instrument: () => perp }).toFixed()).toBe("0.1");
  });
});

describe("createAccount: fees in base", () => {
  const buy = (id: string, size: number, ms: number) =>
    trade(id, "buy", 15_000, size, ms, {
      instrument: spot.id,
      fee: decimal(sizeToBig(spot, lots(size)).times("0.0008").toFixed()),
      feeAsset: "SOL",
    });

  it("makes what can be sold smaller by a whole lot as soon as a part of it is gone", () => {
    const account = known();
    account.fill(buy("t1", 100, 1), "a", spot); // 0.0008 SOL are gone
    expect([account.holding(spot).size, account.size(spot.id)]).toEqual([100, 99]);
  });

  it("takes whole lots out of the position, for what they were booked as fees", () => {
    const account = known();
    account.fill(buy("t1", 2_000, 1), "a", spot); // 0.016 SOL are gone: 1.6 lots
    const { size, cost, realized, fees } = account.holding(spot);
    expect([size, account.size(spot.id), cost.toFixed(), realized.toFixed(), fees.toFixed()]).toEqual([
      1_999,
      1_998,
      "2998.5",
      "0",
      "2.4",
    ]);
  });

  it("keeps profit equal to what the wallet is worth, but for less than a lot", () => {
    const account = known();
    let price = 15_000;
    for (let round = 0; round < 500; round++) {
      price += ((round * 7919) % 41) - 20;
      const size = 100 + ((round * 104_729) % 400);
      const fee = decimal(sizeToBig(spot, lots(size)).times("0.0008").toFixed());
      account.fill(
        trade(`b${round}`, "buy", price, size, round, { instrument: spot.id, fee, feeAsset: "SOL" }),
        "a",
        spot,
      );
      const sold = account.size(spot.id);
      account.fill(trade(`s${round}`, "sell", price + 5, sold, round, { instrument: spot.id }), "a", spot);
    }
    const wallet = (asset: string) => account.money("v", asset)?.total ?? new Big(0);
    const worth = wallet("USDC").minus(10_000).plus(wallet("SOL").times(price).times("0.01"));
    const profit = account.profit({ price: () => price, instrument: () => spot });
    expect(worth.minus(profit).abs().toNumber()).toBeLessThan(0.1); // a lot is worth 1.5, its drift since it was booked far less
    expect(wallet("SOL").gte(sizeToBig(spot, account.size(spot.id)))).toBe(true);
  });
});

describe("createAccount: funding", () => {
  it("is counted once per stamp and shared by position, the user's own part included", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 30, 1), "a", perp);
    account.fill(trade("t2", "sell", 15_000, 10, 1), "b", perp);
    account.fill(trade("t3", "buy", 15_000, 20, 1), external, perp);
    account.funding(funding("-4", 10), perp); // for 40 lots long
    account.funding(funding("-4", 10), perp);
    expect(["a", "b"].map((owner) => account.holding(perp, owner).funding.toFixed())).toEqual(["-3", "1"]);
    expect(account.money("v", "USDC")?.total.toFixed()).toBe("9996");
  });

  it("is exact for the only owner", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 7, 1), "a", perp);
    account.funding(funding("-0.123456789", 10), perp);
    expect(account.holding(perp).funding.toFixed()).toBe("-0.123456789");
  });
});

describe("createAccount: snapshots", () => {
  it("finds nothing that is not ours when the venue has counted the same trades", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 10, 1), "a", perp);
    expect(account.snapshot(snapshot({ asOf: start + 5, position: 10 }), markets).changes).toEqual([]);
    expect(account.external(perp.id)).toBe(0);
  });

  it("lays newer trades on top of an older snapshot", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 10, 100), "a", perp);
    expect(account.snapshot(snapshot({ asOf: start + 50, position: 0 }), markets).changes).toEqual([]);
    expect(account.size(perp.id)).toBe(10);
  });

  it("knows by its list that a snapshot contains a trade, whatever the clocks say", () => {
    const account = known();
    const early = trade("t1", "buy", 15_000, 10, 100);
    account.fill(early, "a", perp);
    expect(account.snapshot(snapshot({ asOf: start + 50, position: 10, fills: [early] }), markets).changes).toEqual([]);
  });

  it("takes a trade of the very moment of the snapshot for newer unless the list has it", () => {
    const account = known();
    account.fill(trade("t1", "buy", 15_000, 10, 50), "a", perp);
    expect(account.snapshot(snapshot({ asOf: start + 50, position: 0 }), markets).changes).toEqual([]);
    const other = known();
    other.snapshot(snapshot({ asOf: start + 50, position: 0 }), markets);
    other.fill(trade("t1", "buy", 15_000, 10, 50), "a", perp);
    expect(other.external(perp.id)).toBe(0);
  });

  it("reports what the account holds beyond ours, and takes it back when the late trade comes", () => {
    const account = known();
    expect(account.snapshot(snapshot({ asOf: start + 50, position: 10 }), markets).changes).toEqual([
      { instrument: perp.id, was: 0, is: 10 },
    ]);
    account.fill(trade("t1", "buy", 15_000, 10, 20), "a", perp);
    expect(account.external(perp.id)).toBe(0);
  });

  it("gives a position that was there to a strategy, at the venue's cost", () => {
    const account = createAccount();
    account.know("v");
    account.snapshot(snapshot({ asOf: start, position: 80, cost: "120" }), markets);
    account.adopt(perp, "a");
    expect([account.size(perp.id, "a"), account.external(perp.id)]).toEqual([80, 0]);
    expect(unrealizedAt(perp, account.holding(perp, "a"), 11_625).toFixed()).toBe("-27");
  });

  it("says nothing of what it does not know", () => {
    const account = createAccount();
    expect([account.known("v"), account.money("v", "USDC"), account.external(perp.id)]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    account.know("v");
    account.forget("v");
    expect([account.known("v"), account.money("v", "USDC")]).toEqual([false, undefined]);
  });
});

describe("createAccount: laws", () => {
  /** Trades of a venue, oldest first, a few in the same millisecond. */
  const history = fc
    .array(
      fc.record({
        id: fc.constantFrom<InstrumentId>(perp.id, spot.id),
        side: fc.constantFrom("buy" as const, "sell" as const),
        price: fc.integer({ min: 14_000, max: 16_000 }),
        size: fc.integer({ min: 1, max: 500 }),
        fee: fc.integer({ min: -50, max: 500 }),
        gap: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((rows) => {
      let at = 1;
      return rows.map(({ id, side, price, size, fee, gap }, index) => {
        at += gap;
        const feeAsset = id === spot.id && side === "buy" ? "SOL" : "USDC";
        return trade(`t${index}`, side, price, size, at, {
          instrument: id,
          fee: decimal(new Big(fee).div(10_000).toFixed()),
          feeAsset,
        });
      });
    });

  it("ends at the venue's figures, with trades in any order, twice, and snapshots between them", () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (trades, order, cuts) => {
          const account = known();
          const shuffled = [...trades.keys(), ...order.map((each) => each % trades.length)].toSorted(
            (a, b) => (((a + 7) * 7919) % 31) - (((b + 7) * 7919) % 31),
          );
          for (const [count, index] of shuffled.entries()) {
            const cut = cuts[count % Math.max(1, cuts.length)];
            if (cut !== undefined && count % 4 === 1) {
              const inside = trades.slice(0, cut % (trades.length + 1));
              for (const each of inside) account.fill(each, "a", each.instrument === perp.id ? perp : spot);
              const truth = truthOf(inside, inside.at(-1)?.venueAt ?? start);
              if (account.isNews(truth)) account.snapshot(truth, markets);
            }
            const each = trades[index];
            if (each !== undefined) account.fill(each, "a", each.instrument === perp.id ? perp : spot);
          }
          const end = truthOf(trades, start + 1_000);
          const position = end.positions[0]?.size ?? 0;
          expect([account.size(perp.id) as number, account.external(perp.id)]).toEqual([position, 0]);
          expect(account.snapshot(end, markets)).toEqual({ changes: [], gaps: [] });
          expect(account.external(perp.id)).toBe(0);
          for (const { asset, total } of end.balances)
            expect(account.money("v", asset)?.total.toFixed()).toBe(new Big(total).toFixed());
          const fees = trades.reduce((sum, each) => sum.plus(quoteFee(each)), new Big(0));
          expect(account.holding(perp).fees.plus(account.holding(spot).fees).toFixed()).toBe(fees.toFixed());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("needs no snapshot at all when every trade comes once, in any order", () => {
    fc.assert(
      fc.property(history, fc.nat(), (trades, turn) => {
        const account = known();
        const turned = [...trades.slice(turn % trades.length), ...trades.slice(0, turn % trades.length)];
        for (const each of turned) account.fill(each, "a", each.instrument === perp.id ? perp : spot);
        const end = truthOf(
          trades.filter((each) => each.instrument === spot.id),
          start + 1_000,
        );
        const sol = end.balances.find(({ asset }) => asset === "SOL");
        expect(account.money("v", "SOL")?.total.toFixed()).toBe(new Big(sol?.total ?? 0).toFixed());
        const cost = account.holding(perp);
        const paid = trades
          .filter((each) => each.instrument === perp.id)
          .reduce(
            (sum, each) => sum.plus(notionalOf(perp, each.price, lots(each.side === "buy" ? each.size : -each.size))),
            new Big(0),
          );
        // What came in less what went out is what was realized less what the open part cost: to a hair, since averages are divided.
        expect(cost.cost.minus(cost.realized).minus(paid).abs().lt("1e-12")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

function quoteFee(each: Fill): Big {
  return each.feeAsset === "SOL" ? new Big(each.fee).times(each.price).times("0.01") : new Big(each.fee);
}

/** What a venue says after these trades, worked out by plain sums. Balances of the perpetual count as never closed. */
function truthOf(trades: readonly Fill[], asOf: number) {
  let position = 0;
  let sol = new Big(0);
  let usdc = new Big(10_000);
  const account = createAccount();
  for (const each of trades) {
    const signed = each.side === "buy" ? each.size : -each.size;
    if (each.feeAsset === "SOL") sol = sol.minus(each.fee);
    else usdc = usdc.minus(each.fee);
    if (each.instrument === perp.id) {
      position += signed;
      const before = account.holding(perp).realized;
      account.fill(each, "a", perp);
      usdc = usdc.plus(account.holding(perp).realized).minus(before);
    } else {
      sol = sol.plus(sizeToBig(spot, lots(signed)));
      usdc = usdc.minus(notionalOf(spot, ticks(each.price), lots(signed)));
    }
  }
  return snapshot({ asOf, position, fills: trades, balances: { SOL: sol.toFixed(), USDC: usdc.toFixed() } });
}
