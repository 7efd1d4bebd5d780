// The plan in numbers: economics, capital, worst case, conflicts.
import { Big, type InstrumentId, instrument, type PlaceOrder, toLots, toTicks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { claimsOfOrders, claimsOfSpans, needsOf, worstOf } from "./capital.ts";
import { estimateOf } from "./economics.ts";

const common = { base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" } as const;
const spot = instrument({ ...common, id: "backpack:SOL_USDC", kind: "spot", maker: "0.00085", taker: "0.00095" });
const perp = instrument({ ...common, id: "backpack:SOL_USDC_PERP", kind: "perp" });
const aster = instrument({
  id: "aster-futures:ASTERUSDT",
  kind: "perp",
  base: "ASTER",
  quote: "USDT",
  tickSize: "0.0001",
  lotSize: "1",
  minNotional: "5",
  taker: "0.00035",
});
const price = (id: InstrumentId, text: string) => new Map([[id, new Big(text)]]);

const order = (which: typeof spot, side: "buy" | "sell", size: string, at: string): PlaceOrder => ({
  type: "order.place",
  clientId: 1 as PlaceOrder["clientId"],
  instrument: which.id,
  slot: "test/buy",
  side,
  price: toTicks(which, at),
  size: toLots(which, size),
  tif: "gtx",
  reduceOnly: false,
});

describe("economics of a plan", () => {
  it("gives the break-even moves of the grid's fees, as the reference has them", () => {
    const found = estimateOf(
      {
        name: "grid",
        use: "grid",
        params: { instrument: spot.id, interval: "1", perCell: "50", takeProfitPct: "0.4" },
      },
      [spot],
      price(spot.id, "150"),
    );
    expect(found?.breakEven).toEqual({ makerMaker: "0.170145", makerTaker: "0.180171", takerTaker: "0.190181" });
    expect(found?.loses).toBe(false);
    expect(found?.costPer10k).toBe("-11.5"); // 0.4 % less 0.17 %, over two legs: earned
  });

  it("counts what a person left out as the strategy does: 0.4 % for a grid, a cell's height, a hedge's margin after fees", () => {
    const grid = { instrument: spot.id, interval: "1", perCell: "50" };
    const of = (use: string, params: object, markets = [spot]) =>
      estimateOf({ name: use, use, params: { ...params } }, markets, price(spot.id, "150"));
    expect(of("grid", grid)).toMatchObject({ edgePct: "0.4", loses: false });
    expect(of("grid", { ...grid, takeProfitPct: "cell" })).toMatchObject({ edgePct: "0.666667", loses: false });
    const hedge = { lead: perp.id, hedge: aster.id, quantity: "1" };
    const legs = [perp, aster];
    expect(of("hedge", { ...hedge, xemm: { enabled: true } }, legs)).toMatchObject({ costPer10k: "-5", loses: false });
    expect(of("hedge", { ...hedge, minEdgePct: "0.2" }, legs)).toMatchObject({ edgePct: "0.2", loses: false });
    expect(of("hedge", hedge, legs)).toMatchObject({ edgePct: undefined, loses: true });
  });

  it("says that a single order round trip costs 3.5 of 10,000", () => {
    const found = estimateOf({ name: "single", use: "single", params: {} }, [perp], price(perp.id, "150"));
    expect(found).toMatchObject({ costPer10k: "3.5", loses: true, edgePct: undefined });
  });

  it("counts four legs of a hedge cycle, two of them taken at the other venue", () => {
    const lead = instrument({
      ...common,
      id: "backpack:ASTER_USDC_PERP",
      kind: "perp",
      tickSize: "0.0001",
      lotSize: "1",
    });
    const found = estimateOf(
      { name: "hedge", use: "hedge", params: { lead: lead.id, hedge: aster.id, quantity: "40" } },
      [lead, aster],
      price(lead.id, "1.72"),
    );
    expect(found?.costPer10k).toBe("2.75"); // (2 + 2 + 3.5 + 3.5) bp over four legs: 0.0189 of 68.8
  });
});

describe("capital of a plan", () => {
  const markets = new Map([spot, perp].map((each) => [each.id, each]));

  it("spends quote, sells base, and takes margin for the larger side of a perpetual", () => {
    const orders = [
      order(spot, "buy", "1.00", "100.00"),
      order(spot, "sell", "2.00", "110.00"),
      order(perp, "buy", "1.00", "100.00"),
      order(perp, "sell", "3.00", "110.00"),
    ];
    const leverage = new Map([[perp.id, 10]]);
    expect(needsOf(claimsOfOrders(orders, markets), markets, new Map(), leverage)).toEqual([
      { venue: "backpack", asset: "USDC", what: "spent", needed: "100", free: undefined },
      { venue: "backpack", asset: "SOL", what: "sold", needed: "2", free: undefined },
      { venue: "backpack", asset: "USDC", what: "margin", needed: "33", free: undefined },
    ]);
  });

  it("takes the worse side of what is held and planned, up to the limit", () => {
    const orders = [order(perp, "buy", "1.00", "100.00"), order(perp, "sell", "3.00", "110.00")];
    const held = new Map([[perp.id, new Big(1)]]);
    const worst = (most?: string) =>
      worstOf(
        claimsOfOrders(orders, markets),
        new Map([[perp.id, perp]]),
        held,
        price(perp.id, "100"),
        new Map(most === undefined ? [] : [[perp.id, new Big(most)]]),
        10,
      );
    expect(worst()).toEqual([{ instrument: perp.id, position: "2", notional: "200.00", loss: "20.00", movePct: "10" }]);
    expect(worst("1.5")[0]).toMatchObject({ position: "1.5", loss: "15.00" });
    held.set(perp.id, new Big(100));
    expect(worst("1.5")[0]).toMatchObject({ position: "100", loss: "1000.00" }); // what is held is held
  });

  it("counts what a strategy may come to hold, on the side where it may", () => {
    const spans = [
      { instrument: perp.id, in: "base", long: new Big(5), short: new Big(5) },
      { instrument: spot.id, in: "quote", long: new Big(500), short: new Big(0) },
    ] as const;
    const prices = new Map([...price(perp.id, "100"), ...price(spot.id, "100")]);
    const claims = claimsOfSpans(spans, prices);
    expect(worstOf(claims, markets, new Map(), prices, new Map(), 10)).toMatchObject([
      { instrument: spot.id, position: "5", loss: "50.00" },
      { instrument: perp.id, position: "5", loss: "50.00" },
    ]);
    expect(worstOf(claims, markets, new Map([[perp.id, new Big(-2)]]), prices, new Map(), 10)[1]?.position).toBe("-7");
    expect(needsOf(claims, markets, new Map(), new Map([[perp.id, 10]]))).toMatchObject([
      { asset: "USDC", what: "spent", needed: "500" },
      { asset: "USDC", what: "margin", needed: "50" },
    ]);
  });
});
