import { decimal, lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { basisOf, hasLeftBand, type Leg, legOf, quoteOf, restOf } from "./legs.ts";
import { noWallet } from "./pair.ts";
import { futures, lead, spot, stage } from "./stage.fixture.ts";

const first = { slot: "leg1", side: "sell" } as const;
const second = { slot: "leg2", side: "buy" } as const;

/** The order of a leg on a stage, as it should rest now: side, price, lots. */
function priced(made: ReturnType<typeof stage>, leg: Leg = first, rest = 10) {
  const quote = quoteOf(leg, rest, made.view, made.params, made.scale, made.touches());
  return quote && [quote.side, quote.price, quote.size];
}

describe("legOf", () => {
  it("sells first and buys back, or the other way about", () => {
    const { params } = stage();
    expect([legOf("leg1", params), legOf("leg2", params)]).toEqual([first, second]);
    const turned = { ...params, sideFirst: "buy" } as const;
    expect([legOf("leg1", turned).side, legOf("leg2", turned).side]).toEqual(["buy", "sell"]);
  });
});

describe("restOf", () => {
  const { memory, scale } = stage();
  const held = (atoms: number) => ({ ...memory(), pair: { lead: atoms, hedge: 0 } });

  it("is what the first leg has not opened yet, and what the second has not closed", () => {
    expect([restOf(first, held(0), scale), restOf(first, held(-4), scale)]).toEqual([10, 6]);
    expect([restOf(second, held(-4), scale), restOf(second, held(4), scale)]).toEqual([4, 4]);
  });

  it("is nothing when more is open than was asked for", () => {
    expect(restOf(first, held(-14), scale)).toBe(0);
  });

  it("is smaller by what fees in coins have taken, in whole lots of the lead", () => {
    const coins = stage(spot);
    const fees = { ...noWallet, fees: decimal("0.2") }; // an atom of 0.5 is begun
    const after = { ...coins.memory(), wallets: { lead: noWallet, hedge: fees } };
    expect(restOf(first, after, coins.scale)).toBe(9);
    expect(restOf(second, { ...after, pair: { lead: -20, hedge: 20 } }, coins.scale)).toBe(10);
  });
});

describe("basisOf", () => {
  it("is the lead's last price, or the middle of its book, or nothing", () => {
    const made = stage();
    made.lead.last = 17_300;
    expect(basisOf(made.view, made.params)).toBe(17_300);
    made.lead.last = undefined;
    made.lead.ask = 17_202;
    expect(basisOf(made.view, made.params)).toBe(17_200.5);
    made.lead.bid = undefined;
    expect(basisOf(made.view, made.params)).toBeUndefined();
  });
});

describe("quoteOf", () => {
  it("rests an offset away from the last price", () => {
    const made = stage();
    expect([priced(made), priced(made, second)]).toEqual([
      ["sell", 17_234, 10],
      ["buy", 17_166, 10],
    ]);
    expect(quoteOf(first, 10, made.view, made.params, made.scale, made.touches())).toEqual({
      kind: "quote",
      instrument: lead.id,
      slot: "leg1",
      side: "sell",
      price: 17_234,
      size: 10,
      postOnly: true,
    });
  });

  it("is none without a price, without both markets, and for less than the lead takes", () => {
    const made = stage();
    expect([priced(made, first, 1), priced(made, first, 2)]).toEqual([undefined, ["sell", 17_234, 2]]);
    made.hedge.bid = undefined;
    expect(priced(made)).toBeUndefined();
    made.hedge.bid = 17_199;
    made.lead.ask = undefined;
    expect(priced(made)).toBeUndefined();
    made.lead.last = undefined;
    expect(priced(made)).toBeUndefined();
  });

  it("only closes with its second leg, as long as the user holds nothing on the other side", () => {
    const made = stage();
    const flag = (leg: Leg) => quoteOf(leg, 10, made.view, made.params, made.scale, made.touches())?.reduceOnly;
    expect([flag(first), flag(second)]).toEqual([undefined, true]);
    made.lead.external = 5;
    expect(flag(second)).toBeUndefined();
  });

  it("stays a tick away from the market where it may only make", () => {
    const made = stage();
    made.lead.bid = 17_300;
    made.lead.ask = 17_301;
    expect(priced(made)).toEqual(["sell", 17_301, 10]);
    made.lead.bid = 17_099;
    made.lead.ask = 17_100;
    expect(priced(made, second)).toEqual(["buy", 17_099, 10]);
    const takes = stage(futures, { postOnly: false });
    takes.lead.bid = 17_300;
    takes.lead.ask = 17_301;
    expect(priced(takes)).toEqual(["sell", 17_234, 10]);
  });

  it("keeps its edge over what the hedge costs with the first leg, and not with the second", () => {
    const made = stage(futures, { minEdgePct: "0.01" });
    made.hedge.ask = 17_300;
    made.hedge.bid = 17_298;
    expect(priced(made)).toEqual(["sell", 17_312, 10]); // 1.73 · 1.00035 / 0.9998 · 1.0001 = 1.731125
    made.hedge.ask = 17_100;
    made.hedge.bid = 17_098;
    expect([priced(made), priced(made, second)]).toEqual([
      ["sell", 17_234, 10],
      ["buy", 17_166, 10],
    ]);
    const buys = stage(futures, { minEdgePct: "0.01", sideFirst: "buy" });
    buys.hedge.ask = 17_102;
    buys.hedge.bid = 17_100;
    expect(priced(buys, { slot: "leg1", side: "buy" })).toEqual(["buy", 17_088, 10]); // 1.71 · 0.99965 / 1.0002 / 1.0001
    buys.hedge.ask = 17_302;
    buys.hedge.bid = 17_300;
    expect(priced(buys, { slot: "leg1", side: "buy" })).toEqual(["buy", 17_166, 10]);
  });
});

describe("a margin over the hedge's book", () => {
  const xemm = { enabled: true, marginPct: "0.3", minMarginPct: "0.1", maxMarginPct: "0.5", slippagePct: "0.05" };
  const made = () => {
    const of = stage(futures, { xemm });
    of.hedge.depth = [3, 100];
    return of;
  };

  it("prices both legs off what the whole rest costs to take, after fees and slippage", () => {
    // 5 lots of the hedge: 3 at the touch and 2 a tick behind, 1.72014 or 1.71986; costs 0.02 + 0.035 + 0.05 %
    expect(priced(made())).toEqual(["sell", 17_272, 10]); // 17201.4 / (1 - 0.003 - 0.00105) = 17271.3
    expect(priced(made(), second)).toEqual(["buy", 17_129, 10]); // 17198.6 / 1.00405 = 17129.2
    expect(priced(made(), first, 7)).toEqual(["sell", 17_272, 7]); // 4 lots, what is begun counts
  });

  it("takes as many lots of the hedge as the rest is worth", () => {
    const coins = stage(spot, { xemm });
    coins.hedge.depth = [5, 100]; // 10 are 20 lots of a half: 15 of them a tick behind
    expect(priced(coins)).toEqual(["sell", 17_275, 10]); // 17201.75 / (1 - 0.003 - 0.0002 - 0.0005 - 0.0005) = 17274.3
  });

  it("has no price where the hedge has not so much, and reads a hedge with other ticks", () => {
    const thin = made();
    thin.hedge.depth = [4];
    expect(priced(thin)).toBeUndefined();
    const finer = { ...futures, tickSize: decimal("0.00001") };
    const fine = stage(finer, { xemm });
    fine.hedge.bid = 171_990;
    fine.hedge.ask = 172_014;
    expect(priced(fine)).toEqual(["sell", 17_272, 10]);
  });

  it("moves the order when its margin has left the band, on either side", () => {
    const of = made();
    const left = (price: number, side: "sell" | "buy" = "sell", { view, params, scale } = of) => {
      const order = { slot: "leg1", side, price: ticks(price), size: lots(10), postOnly: true };
      return hasLeftBand({ kind: "quote", instrument: lead.id, ...order }, view, params, scale);
    };
    // after costs of 0.105 %: 0.3 % at 17271.3, 0.1 % at 17236.7, 0.5 % at 17306.1
    expect([17_236, 17_237, 17_271, 17_306, 17_307].map((price) => left(price))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    // bought: 0.1 % at 17163.4, 0.5 % at 17095.1
    expect([17_164, 17_163, 17_096, 17_095].map((price) => left(price, "buy"))).toEqual([true, false, false, true]);
    of.hedge.depth = [1];
    expect(left(17_000)).toBe(false); // no margin is known
    expect(left(1, "sell", stage())).toBe(false); // no margin is asked for
  });
});
