import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture } from "../test/venue.ts";
import { filtersOf } from "./filters.ts";
import { exchangeInfo as futuresInfo } from "./rest/futures/market/exchangeInfo.ts";
import { exchangeInfo as spotInfo } from "./rest/spot/market/exchangeInfo.ts";

const futures = futuresInfo.answer.parse(fixture("futures-rest-exchangeInfo.json")).symbols;
const spot = spotInfo.answer.parse(fixture("spot-rest-exchangeInfo.json")).symbols;

describe("filtersOf", () => {
  it("reads a market of the futures", () => {
    expect(filtersOf(futures.find(({ symbol }) => symbol === "BTCUSDT") ?? { filters: [] })).toEqual({
      price: { min: "1", max: "1000000", step: "0.1" },
      lot: { min: "0.001", max: "1000", step: "0.001" },
      marketLot: { min: "0.001", max: "120", step: "0.001" },
      minNotional: "5",
      maxNotional: null,
      percentPrice: { up: "1.0200", down: "0.9800" },
      maxOrders: 200,
      maxAlgoOrders: 10,
    });
  });

  it("reads a spot market, whose names are others", () => {
    expect(filtersOf(spot.find(({ symbol }) => symbol === "BTCUSDT") ?? { filters: [] })).toEqual({
      price: { min: "0.01", max: "10000000", step: "0.01" },
      lot: { min: "0.00001", max: "5000", step: "0.00001" },
      marketLot: { min: "0.00001", max: "2", step: "0.00001" },
      minNotional: "5",
      maxNotional: "9000000",
      percentPrice: { up: "5", down: "0.2" },
      maxOrders: 200,
      maxAlgoOrders: null,
    });
  });

  it("finds what is needed for trading in every market of the reference", () => {
    for (const market of [...futures, ...spot]) {
      const { price, lot, minNotional } = filtersOf(market);
      expect([market.symbol, price !== null, lot !== null, minNotional]).toEqual([market.symbol, true, true, "5"]);
    }
  });

  it("takes a bound of zero for none, and never throws", () => {
    const price = { filterType: "PRICE_FILTER", minPrice: "0.00", maxPrice: "0", tickSize: "0.1" };
    expect(filtersOf({ filters: [price] }).price).toEqual({ min: null, max: null, step: "0.1" });
    const filter = fc.record({
      filterType: fc.constantFrom("PRICE_FILTER", "LOT_SIZE", "MIN_NOTIONAL", "PERCENT_PRICE", "X"),
    });
    const extra = fc.dictionary(
      fc.constantFrom("tickSize", "stepSize", "notional", "multiplierUp", "limit"),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(filter, extra)), (list) => {
        const rules = filtersOf({ filters: list.map(([name, rest]) => ({ ...rest, ...name })) });
        expect(Object.keys(rules).length).toBe(8);
      }),
    );
  });
});
