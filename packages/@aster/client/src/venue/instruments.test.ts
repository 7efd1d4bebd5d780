import { Big, type BpError, fits, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { leverageBracketAnswer } from "../rest/futures/account/leverageBracket.ts";
import { exchangeInfoAnswer } from "../rest/futures/market/exchangeInfo.ts";
import { exchangeInfoAnswer as spotInfoAnswer } from "../rest/spot/market/exchangeInfo.ts";
import { assumedFees, instrumentOf, isPerpetual, isRealSpot, readable } from "./instruments.ts";
import { marginOf } from "./margin.ts";

const futures = exchangeInfoAnswer.parse(fixture("futures-rest-exchangeInfo.json"));
const spot = spotInfoAnswer.parse(fixture("spot-rest-exchangeInfo.json"));
const terms = { fees: assumedFees.futures, fundingIntervalMs: 4 * 3_600_000, margin: undefined };
const perp = (symbol: string) => {
  const market = futures.symbols.find((each) => each.symbol === symbol);
  if (market === undefined) throw new Error(symbol);
  return { market, made: instrumentOf(market, "perp", "aster-futures", terms) };
};

describe("instrumentOf", () => {
  it("takes tick and step from the filters and never from the precisions", () => {
    for (const market of futures.symbols.filter(isPerpetual)) {
      const { tickSize, lotSize } = instrumentOf(market, "perp", "aster-futures", terms);
      const filter = (type: string) => market.filters.find(({ filterType }) => filterType === type);
      expect(new Big(tickSize).eq(String(filter("PRICE_FILTER")?.["tickSize"]))).toBe(true);
      expect(new Big(lotSize).eq(String(filter("LOT_SIZE")?.["stepSize"]))).toBe(true);
    }
    const { market, made } = perp("ETHUSDT");
    expect([market.pricePrecision, made.tickSize]).toEqual([2, "0.10"]);
  });

  it("has minimum value, band, funding interval and state", () => {
    const { made } = perp("BTCUSDT");
    expect(made).toMatchObject({ id: "aster-futures:BTCUSDT", kind: "perp", quote: "USDT", state: "open" });
    expect(made.minNotional).toBe("5");
    expect(made.band).toEqual({ min: 0.98, max: 1.02 });
    expect(made.fundingIntervalMs).toBe(14_400_000);
    const order = {
      side: "buy",
      price: ticks(made.minPrice + 1),
      size: made.minSize,
      postOnly: true,
      reduceOnly: false,
    } as const;
    expect(fits(made, order)?.reason).toBe("below-minimum");
  });

  it("closes what does not trade, and what takes no orders", () => {
    const { market } = perp("BTCUSDT");
    expect(instrumentOf({ ...market, status: "SETTLING" }, "perp", "a", terms).state).toBe("closed");
    const filters = [
      ...market.filters.filter(({ filterType }) => filterType !== "MAX_NUM_ORDERS"),
      { filterType: "MAX_NUM_ORDERS", limit: 0 },
    ];
    expect(instrumentOf({ ...market, filters }, "perp", "a", terms).state).toBe("closed");
  });

  it("reads spot markets, whose filters have other names", () => {
    const found = readable(
      spot.symbols.filter(isRealSpot),
      (each) => instrumentOf(each, "spot", "aster-spot", { ...terms, fundingIntervalMs: undefined }),
      () => undefined,
    );
    expect(found.size).toBeGreaterThan(0);
    for (const { id, minNotional, fundingIntervalMs } of found.values()) {
      expect(id).not.toContain(":TEST");
      expect([/[1-9]/.test(minNotional), fundingIntervalMs]).toEqual([true, undefined]);
    }
  });
});

describe("isRealSpot", () => {
  it("knows markets that are open and mean nothing", () => {
    const [market] = spot.symbols;
    if (market === undefined) throw new Error("no market");
    expect(isRealSpot({ ...market, symbol: "TESTUSDT" })).toBe(false);
    expect(isRealSpot({ ...market, symbol: "BTCUSDT" })).toBe(true);
  });
});

describe("readable", () => {
  it("tells a market without a grid and leaves it out", () => {
    const { market } = perp("BTCUSDT");
    const troubles: BpError[] = [];
    const make = (each: typeof market) => instrumentOf(each, "perp", "a", terms);
    const found = readable([{ ...market, filters: [] }, market], make, (error) => troubles.push(error));
    expect([...found.keys()]).toEqual(["BTCUSDT"]);
    expect(troubles.map(({ code, message }) => [code, message.includes("PRICE_FILTER")])).toEqual([
      ["wire/schema", true],
    ]);
  });
});

describe("marginOf", () => {
  const tables = leverageBracketAnswer.array().parse(fixture("futures-rest-leverageBracket-all.json"));
  const table = leverageBracketAnswer.parse({
    symbol: "BTCUSDT",
    brackets: [
      { bracket: 1, initialLeverage: 125, notionalFloor: 0, notionalCap: 50_000, maintMarginRatio: 0.004, cum: 0 },
      {
        bracket: 2,
        initialLeverage: 100,
        notionalFloor: 50_000,
        notionalCap: 250_000,
        maintMarginRatio: 0.005,
        cum: 50,
      },
      {
        bracket: 3,
        initialLeverage: 50,
        notionalFloor: 250_000,
        notionalCap: 1_000_000,
        maintMarginRatio: 0.01,
        cum: 1_300,
      },
      {
        bracket: 4,
        initialLeverage: 20,
        notionalFloor: 1_000_000,
        notionalCap: 10_000_000,
        maintMarginRatio: 0.025,
        cum: 16_300,
      },
    ],
  });
  const of = (margin: { base: string; factor: string }, notional: number) =>
    Math.max(Number(margin.base), Number(margin.factor) * Math.sqrt(notional));

  it("is never below the venue's own, at any size", () => {
    for (const each of [...tables, table]) {
      const margin = marginOf(each, undefined);
      if (margin === undefined) throw new Error(each.symbol);
      const most = Math.max(...each.brackets.map(({ notionalCap }) => Number(notionalCap)));
      fc.assert(
        fc.property(fc.double({ min: 1, max: most - 1, noNaN: true }), (notional) => {
          const row = each.brackets.find(
            ({ notionalFloor, notionalCap }) => notional >= Number(notionalFloor) && notional < Number(notionalCap),
          );
          if (row === undefined) return;
          expect(of(margin.initial, notional)).toBeGreaterThanOrEqual(1 / row.initialLeverage - 1e-9);
          const maintenance = Number(row.maintMarginRatio) - Number(row.cum) / notional;
          expect(of(margin.maintenance, notional)).toBeGreaterThanOrEqual(maintenance - 1e-9);
        }),
      );
    }
  });

  it("begins with the account's own leverage where that is lower", () => {
    expect(marginOf(table, 10)?.initial.base).toBe("0.100000000000");
    expect(marginOf(table, 125)?.initial.base).toBe("0.008000000000");
  });
});
