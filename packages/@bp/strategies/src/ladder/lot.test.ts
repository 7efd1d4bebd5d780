// What a ladder holds: real costs, the prices that follow, and what is left after a part was sold.
import { Big, decimal, type Instrument, instrument, lots, type OwnFill, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { perp, spot } from "../scene.fixture.ts";
import { averageCostOf, boughtMore, breakEvenOf, type Lot, resultOf, soldOff, targetsOf } from "./lot.ts";
import { ladderParams } from "./params.ts";

const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "1",
  lotSize: "0.00001",
  maker: "0.00085",
  taker: "0.00095",
});
const params = (raw: object = {}) =>
  ladderParams.parse({
    instrument: btc.id,
    totalAmount: "1000",
    orderCount: 9,
    maxDropPct: "7",
    incrementPct: "50",
    takeProfitPct: "0.2",
    ...raw,
  });
/** A maker's buy with its fee: in base on a spot market, in quote on a perpetual. */
const buy = (market: Instrument, price: number, size: number): OwnFill => {
  const base = new Big(size).times(market.lotSize).times(market.fees.maker);
  const fee = market.kind === "spot" ? base : base.times(price).times(market.tickSize);
  const feeAsset = market.kind === "spot" ? market.base : market.quote;
  // a test names the fields that are read
  return { price: ticks(price), size: lots(size), fee: decimal(fee.toFixed()), feeAsset, side: "buy" } as OwnFill;
};
const holding = (market: Instrument, ...buys: readonly (readonly [price: number, size: number])[]): Lot => {
  const lot = buys.reduce<Lot | undefined>(
    (held, [price, size]) => boughtMore(held, market, buy(market, price, size)),
    undefined,
  );
  if (lot === undefined) throw new Error("nothing was bought");
  return lot;
};
const rungs = [
  [60_000, 22],
  [59_475, 33],
  [58_950, 50],
] as const;
const three = () => holding(btc, ...rungs);
/** The same market with fees in quote. */
const btcPerp: Instrument = { ...btc, kind: "perp" };

describe("a lot", () => {
  it("costs what its trades have cost", () => {
    const lot = three();
    expect([lot.cost.toFixed(), lot.size.toFixed(), averageCostOf(lot).toFixed(2)]).toEqual([
      "62.30175",
      "0.00105",
      "59335.00",
    ]);
    expect(lot.taken.toFixed()).toBe("0.0000008925"); // fees of the buys, in BTC
    expect(lot.fees.toFixed()).toBe("0"); // none of them was paid in quote
    expect(holding(btcPerp, ...rungs).fees.toFixed(10)).toBe("0.0529564875");
  });

  it("asks for its break-even and its profit, after fees or before them", () => {
    expect(breakEvenOf(holding(btcPerp, ...rungs), btc.fees.taker).toFixed(2)).toBe("59441.90");
    expect(breakEvenOf(three(), btc.fees.taker).toFixed(2)).toBe("59441.95"); // what went in fees cannot be sold
    expect(targetsOf(three(), btc, params())).toEqual({ takeProfit: 59_561, floor: 59_442, stop: undefined });
    expect(targetsOf(three(), btc, params({ tpMode: "gross" }))).toMatchObject({ takeProfit: 59_454, floor: 59_442 });
    // A gross profit below the fees is its own floor: a person has asked for it by name.
    const thin = targetsOf(three(), btc, params({ tpMode: "gross", takeProfitPct: "0.1" }));
    expect(thin).toMatchObject({ takeProfit: 59_395, floor: 59_395 });
    expect(targetsOf(three(), btc, params({ tpSlippagePct: "0.5" })).floor).toBe(59_145); // 59441.947 · 0.995, up
    expect(targetsOf(three(), btc, params({ stopLossPct: "10" })).stop).toBe(53_401); // 59335 · 0.9, down
  });

  it("sells no lower than the profit that was asked for where that is below break-even", () => {
    const low = targetsOf(three(), btc, params({ tpMode: "gross", takeProfitPct: "0.1" }));
    expect(low).toMatchObject({ takeProfit: 59_395, floor: 59_395 });
    expect(targetsOf(three(), btc, params({ tpSlippagePct: 1 })).floor).toBe(58_848); // 58847.48…
    expect(targetsOf(three(), btc, params({ stopLossPct: 5 })).stop).toBe(56_368); // 56368.25
  });

  it("loses nothing at its floor, and would a tick below it", () => {
    const price = fc.integer({ min: 1_000, max: 100_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(price, size), { minLength: 1, maxLength: 9 }), (buys) => {
        const lot = holding(perp, ...buys);
        const { floor, takeProfit } = targetsOf(lot, perp, params());
        const netAt = (at: number) => resultOf(lot, new Big(at).times(perp.tickSize), perp.fees.taker).net;
        expect(netAt(floor).gte("-1e-9")).toBe(true);
        expect(netAt(floor - 1).lt(0)).toBe(true);
        const wanted = lot.cost.plus(lot.fees).times("0.002");
        expect(netAt(takeProfit).gte(wanted.minus("1e-9"))).toBe(true);
      }),
    );
  });

  it.each([
    { way: "base", market: { ...btc, tickSize: decimal("0.01") } },
    { way: "quote", market: { ...btcPerp, tickSize: decimal("0.01") } },
  ])(
    "brings in what was paid when all that is there is sold at its floor, with fees in $way and a fine tick",
    ({ market }) => {
      const price = fc.integer({ min: 1_000_000, max: 10_000_000 });
      const size = fc.integer({ min: 1, max: 100_000 });
      fc.assert(
        fc.property(fc.array(fc.tuple(price, size), { minLength: 1, maxLength: 9 }), (buys) => {
          const lot = holding(market, ...buys);
          const { floor, takeProfit } = targetsOf(lot, market, params());
          // Money alone: what comes in for what is there, less its fee, less all that went out.
          const cashAt = (at: number) => {
            const received = lot.size.minus(lot.taken).times(at).times(market.tickSize);
            return received.minus(received.times(market.fees.taker)).minus(lot.cost).minus(lot.fees);
          };
          expect(cashAt(floor).gte(0)).toBe(true);
          expect(cashAt(floor - 1).lt(0)).toBe(true);
          expect(cashAt(takeProfit).gte(lot.cost.times("0.002"))).toBe(true);
          const { net } = resultOf(lot, new Big(floor).times(market.tickSize), market.fees.taker);
          expect(net.toFixed(12)).toBe(cashAt(floor).toFixed(12));
        }),
      );
    },
  );

  it("sells a BTC bought at 60000 with a fee in BTC no lower than it cost", () => {
    const fine = { ...btc, tickSize: decimal("0.01") };
    const { floor } = targetsOf(holding(fine, [6_000_000, 100_000]), fine, params());
    expect(floor).toBe(6_010_815); // 60108.148…; with the fee at its price it would be 60108.10
  });

  it("keeps its average when parts are sold, and nothing of it is lost or counted twice", () => {
    const part = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const whole = holding(spot, [15_000, 1_000], [14_868, 700], [14_737, 900]);
        let lot: Lot | undefined = whole;
        let [cost, fees] = [new Big(0), new Big(0)];
        for (const each of parts) {
          const sold = soldOff(lot, new Big(each).times(spot.lotSize));
          cost = cost.plus(sold.cost);
          fees = fees.plus(sold.fees);
          lot = sold.rest;
        }
        const near = (a: Big, b: Big) =>
          expect(a.minus(b).abs().lt("1e-12"), `${a.toFixed()} and ${b.toFixed()}`).toBe(true);
        near(cost.plus(lot?.cost ?? 0), whole.cost);
        near(fees.plus(lot?.fees ?? 0), whole.fees);
        if (lot !== undefined) near(averageCostOf(lot), averageCostOf(whole));
        if (lot !== undefined) near(breakEvenOf(lot, "0.00095"), breakEvenOf(whole, "0.00095"));
      }),
    );
  });

  it("ends with what is there: a fee in base is not there to sell", () => {
    const lot = holding(spot, [15_000, 8], [14_868, 13], [14_737, 7]);
    expect(lot.size.minus(lot.taken).toFixed()).toBe("0.279762");
    const { rest } = soldOff(lot, new Big("0.27"));
    expect(rest?.size.minus(rest.taken).toFixed(6)).toBe("0.009762");
    expect(soldOff(lot, new Big("0.28")).rest).toBeUndefined();
    expect(soldOff(undefined, new Big(1)).rest).toBeUndefined();
  });
});

describe("resultOf", () => {
  it("is the loss of a full ladder at 54000, before and after fees", () => {
    const lot = {
      size: new Big("0.01759"),
      taken: new Big(0),
      cost: new Big("997.39275"),
      fees: new Big("0.8477838375"),
    };
    const { gross, net } = resultOf(lot, new Big(54_000), btc.fees.taker);
    expect(gross.toFixed(2)).toBe("-47.53");
    expect(net.toFixed(4)).toBe("-49.2829"); // 0.8478 and 949.86 · 0.095 %
  });
});
