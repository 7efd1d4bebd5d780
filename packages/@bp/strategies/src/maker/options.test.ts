// What the maker can do beyond S2, all of it off unless asked for.
import { type Quote, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { maker } from "../maker.ts";
import { lines, perp, type Scene, scene, spot } from "../scene.fixture.ts";
import { avellanedaStoikov } from "../signals/avellanedaStoikov.ts";
import { glft } from "../signals/glft.ts";
import { makerParams } from "./params.ts";
import { pricingOf } from "./pricing.ts";

const raw = {
  instrument: perp.id,
  spreadPct: 0.5,
  quantity: 0.5,
  maxOrders: 1,
  maxPosition: 5,
  positionThreshold: 5,
  intervalMs: 1_000,
};
const params = (more: object) => makerParams.parse({ ...raw, ...more });
const quotes = (market: Scene<unknown>, intents = market.beat()) => lines(perp, intents);

/** Lets seconds pass in which the mid goes up and down by so many ticks. */
function swing(market: Scene<unknown>, seconds: number, by: number): void {
  for (let at = 0; at < seconds; at++) {
    market.later(1_000);
    const mid = 15_000 + (at % 2 === 0 ? by : 0);
    market.book(((mid - 1) / 100).toFixed(2), ((mid + 1) / 100).toFixed(2));
  }
}

describe("the fair price", () => {
  const at = (fair: unknown) =>
    quotes(
      scene(maker, perp, { ...raw, fair }),
      scene(maker, perp, { ...raw, fair }).book("149.96", "150.04", [300, 100]),
    );

  it("is the mid unless another is named, and a name with figures works as well as one alone", () => {
    expect(at("mid")).toEqual(["buy 149.62 x 0.50", "sell 150.38 x 0.50"]);
    for (const fair of ["weighted", "microprice", { name: "vamp", reachTicks: 10 }])
      expect(at(fair)).toEqual(["buy 149.64 x 0.50", "sell 150.40 x 0.50"]); // about 150.02
    expect(at({ name: "imbalance", reachTicks: 10 })).toEqual(["buy 149.63 x 0.50", "sell 150.39 x 0.50"]); // 150.01
    const table = { imbalances: 2, spreads: 2, adjustments: [-0.4, 0.4, -3, 3] };
    expect(at({ name: "stoikov", ...table })).toEqual(["buy 149.65 x 0.50", "sell 150.41 x 0.50"]); // 150.03
  });

  it("must be one that is known, and whole", () => {
    for (const fair of ["median", { name: "vamp" }, { name: "stoikov", imbalances: 2, spreads: 2, adjustments: [1] }])
      expect(makerParams.safeParse({ ...raw, fair }).success).toBe(false);
  });
});

describe("a spread model", () => {
  const model = { name: "avellaneda-stoikov", riskAversion: "0.01", decay: 0.05, horizonMs: 10_000, warmUpMs: 20_000 };
  const wide = { ...raw, spreadPct: 0.01 };

  it("is measured before it quotes, and says so", () => {
    const market = scene(maker, perp, { ...wide, spreadModel: model });
    expect(market.beat()).toEqual([]);
    const told = maker.remarks?.(market.view, market.memory(), params({ spreadModel: model }));
    expect(told).toEqual([
      { topic: "spread", say: "avellaneda-stoikov: the market is watched for 20 s before the first quote" },
    ]);
    swing(market, 19, 10);
    expect(market.beat()).toEqual([]);
    swing(market, 2, 10);
    expect(market.beat()).toHaveLength(2);
    expect(maker.remarks?.(market.view, market.memory(), params({ spreadModel: model }))).toEqual([]);
  });

  it("avellaneda-stoikov: stands and leans as the formula says, in clips of one order", () => {
    const market = scene(maker, perp, { ...wide, spreadModel: model });
    swing(market, 40, 10); // a deviation of 10 ticks a second
    const ask = { mid: 15_000, riskAversion: 0.01, volatility: 10, horizon: 10, decay: 0.05 };
    for (const held of [0, 100, -50]) {
      const { reservation, half } = avellanedaStoikov({ ...ask, inventory: held / 50 });
      const found = market.hold(held).filter((each): each is Quote => each.kind === "quote");
      expect(found.map(({ price }) => price)).toEqual([
        ticks(Math.floor(reservation - half)),
        ticks(Math.ceil(reservation + half)),
      ]);
    }
  });

  it("glft: the same, with A and k as they were given", () => {
    const given = { riskAversion: 0.05, arrivals: 2.98, decay: 0.0423 };
    const spreadModel = { name: "glft", ...given, leanFactor: 0.5, warmUpMs: 20_000 };
    const market = scene(maker, perp, { ...wide, spreadModel });
    swing(market, 40, 10);
    const { half, skew } = glft({ ...given, volatility: 10 });
    const found = market.hold(100).filter((each): each is Quote => each.kind === "quote"); // two clips
    expect(found.map(({ price }) => price)).toEqual([
      ticks(Math.floor(15_000 - half - skew)),
      ticks(Math.ceil(15_000 + half - skew)),
    ]);
    const { sense } = market.memory();
    expect(pricingOf(market.view, params({ ...wide, spreadModel }), sense)?.raw.sell).toBeCloseTo(15_000 + half, 3);
    expect(pricingOf(market.view, params({ ...wide, spreadModel }))).toBeUndefined();
  });

  it("stands no nearer than the spread that was asked for", () => {
    const market = scene(maker, perp, { ...raw, spreadPct: 2, spreadModel: model });
    swing(market, 40, 2);
    expect(quotes(market)).toEqual(["buy 148.50 x 0.50", "sell 151.50 x 0.50"]);
  });

  it("glft: learns A and k from prints, and keeps the old ones where a fit is refused", () => {
    const refit = { enabled: true, depths: 5, windowMs: 60_000 };
    const spreadModel = { name: "glft", riskAversion: 0.05, arrivals: 1, decay: 1, refit, warmUpMs: 1_000 };
    const market = scene(maker, perp, { ...wide, spreadModel });
    const print = (depth: number) =>
      market.event({ type: "trade.printed", instrument: perp.id, taker: "buy", price: ticks(15_000 + depth), size: 1 });
    const step = (depth: number | undefined) => {
      if (depth !== undefined) print(depth);
      market.later(100);
      market.book("149.99", "150.01");
    };
    market.book("149.99", "150.01");
    // Of 31 steps with a print: 16 beyond no more than 0 ticks, 8 beyond 1, 4, 2, 1: halved with each tick.
    const depths = [1, 2, 3, 4, 5].flatMap((depth) => Array.from({ length: 2 ** (5 - depth) }, () => depth));
    for (let round = 0; round < 4; round++) {
      for (const depth of depths) step(depth);
      for (let quiet = 0; quiet < 69; quiet++) step(undefined);
    }
    const fitted = market.memory().sense?.prints?.fitted;
    expect(fitted?.decay).toBeGreaterThan(0.6);
    expect(fitted?.decay).toBeLessThan(1); // ln 2 and a little, as deep prints are the rarer
    for (let at = 0; at < 3_000; at++) step(at % 2 === 0 ? undefined : at % 4 === 1 ? 1 : 60); // near or far, nothing between
    expect(market.memory().sense?.prints?.refused).toBe(true);
    expect(market.memory().sense?.prints?.fitted?.decay).toBeGreaterThan(0);
    const told = maker.remarks?.(market.view, market.memory(), params({ ...wide, spreadModel }));
    expect(told?.map(({ topic }) => topic)).toEqual(["fit"]);
  });

  it("measures nothing, and remembers nothing, with a fixed spread", () => {
    const market = scene(maker, perp, raw);
    swing(market, 5, 10);
    expect(market.memory().sense).toBeUndefined();
  });
});

describe("sizes that lean", () => {
  const sizeSkew = { enabled: true };

  it("perpetuals: more is offered and less bid for, until at the cap one side is gone", () => {
    const market = scene(maker, perp, { ...raw, sizeSkew });
    expect(quotes(market)).toEqual(["buy 149.62 x 0.50", "sell 150.38 x 0.50"]);
    expect(quotes(market, market.hold(250))).toEqual(["buy 149.62 x 0.25", "sell 150.38 x 0.75"]);
    expect(quotes(market, market.hold(-500))).toEqual(["buy 149.62 x 1.00"]);
  });

  it("spot: about the target share of base", () => {
    const market = scene(maker, spot, { ...raw, instrument: spot.id, sizeSkew });
    market.balance("SOL", "2"); // 300 of 1000 at 150
    market.balance("USDC", "700");
    expect(lines(spot, market.beat())).toEqual(["buy 149.62 x 0.50", "sell 150.38 x 0.49"]); // balances at the bid's price
    market.balance("SOL", "1.4");
    market.balance("USDC", "790");
    market.later(1_000);
    expect(lines(spot, market.beat())).toEqual(["buy 149.62 x 0.65", "sell 150.38 x 0.34"]);
  });
});

describe("a tolerance", () => {
  it("leaves the quotes where they are until one would move by more", () => {
    const market = scene(maker, perp, { ...raw, tolerancePct: 0.02 });
    expect(quotes(market)).toEqual(["buy 149.62 x 0.50", "sell 150.38 x 0.50"]);
    const stood = market.memory().quotes;
    market.later(1_000);
    market.book("150.00", "150.02");
    expect(market.memory().quotes).toBe(stood); // a tick is 0.0067 %
    market.later(1_000);
    expect(quotes(market, market.book("150.04", "150.06"))).toEqual(["buy 149.67 x 0.50", "sell 150.43 x 0.50"]);
  });

  it("leaves none that the market has come to", () => {
    const market = scene(maker, perp, { ...raw, spreadPct: 0.02, tolerancePct: 10 });
    expect(quotes(market)).toEqual(["buy 149.98 x 0.50", "sell 150.02 x 0.50"]);
    expect(quotes(market, market.book("150.02", "150.04"))).toEqual(["buy 150.01 x 0.50", "sell 150.05 x 0.50"]);
  });
});

describe("hanging orders", () => {
  const hanging = { ...raw, maxOrders: 2, hanging: { enabled: true, cancelPct: 1 } };

  it("the other side of a level that has filled stays where it is, beside a new ladder", () => {
    const market = scene(maker, perp, hanging);
    expect(quotes(market)).toEqual([
      "buy 149.62 x 0.50",
      "buy 149.60 x 0.50",
      "sell 150.38 x 0.50",
      "sell 150.40 x 0.50",
    ]);
    market.book("149.61", "149.63");
    const left = "sell 150.38 x 0.50";
    const ladder = ["buy 149.24 x 0.50", "buy 149.22 x 0.50", "sell 150.00 x 0.50", "sell 150.02 x 0.50"];
    const wish = market.fill("buy.0", 50, 50);
    expect(lines(perp, wish)).toEqual([...ladder, left]);
    const slots = wish.flatMap((each) => (each.kind === "quote" ? [each.slot] : []));
    expect(slots).toEqual(["buy.0", "buy.1", "sell.1", "sell.2", "sell.0"]); // it keeps its slot, and so its place in the queue
  });

  it("goes when it has filled, when it is too far away, and when nothing may be quoted", () => {
    const fell = () => {
      const market = scene(maker, perp, hanging);
      market.beat();
      market.book("149.61", "149.63");
      expect(market.fill("buy.0", 50, 50)).toHaveLength(5);
      return market;
    };
    expect(fell().fill("sell.0", 50, 0)).toHaveLength(4);
    const far = fell();
    far.later(1_000);
    expect(far.book("148.80", "148.82")).toHaveLength(4); // 1.06 % away
    const lost = fell();
    expect(lost.loseBook()).toEqual([]);
    expect(lost.book("149.61", "149.63")).toHaveLength(4);
  });

  it("needs room below the cap like any other", () => {
    const market = scene(maker, perp, { ...hanging, maxOrders: 1, maxPosition: 1 });
    market.beat();
    market.book("149.61", "149.63");
    expect(quotes(market, market.fill("buy.0", 50, 50))).toEqual([
      "buy 149.24 x 0.50",
      "sell 150.00 x 0.50",
      "sell 150.38 x 0.50",
    ]);
    expect(quotes(market, market.fill("sell.1", 50, 0))).toEqual([
      "buy 149.24 x 0.50",
      "sell 150.00 x 0.50",
      "sell 150.38 x 0.50", // these two hang
      "buy 149.24 x 0.50",
    ]);
    expect(quotes(market, market.fill("buy.1", 50, 50))).toEqual([
      "sell 150.00 x 0.50", // no bid beside what hangs: 0.50 held and 0.50 bid for make 1
      "sell 150.38 x 0.50",
      "buy 149.24 x 0.50",
      "sell 150.00 x 0.50",
    ]);
  });
});
