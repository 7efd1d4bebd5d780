import type { Intent } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maker } from "./maker.ts";
import { lines, perp, scene, spot } from "./scene.fixture.ts";

const quiet = { rebalance: { enabled: false } };
const onSpot = (params: object = {}) => scene(maker, spot, { spreadPct: 0.5, quantity: "0.5", ...quiet, ...params });
const onPerp = (params: object = {}) =>
  scene(maker, perp, {
    spreadPct: 0.5,
    quantity: "0.1",
    maxOrders: 1,
    maxPosition: 5,
    positionThreshold: 5,
    ...params,
  });
const said = (intents: readonly Intent[], market = perp) => lines(market, intents);
const holds = (intents: readonly Intent[]) => intents.filter((each) => each.kind === "hold");

describe("maker: quotes", () => {
  it("S2.1 spot quotes three levels a side, post-only, buys floored and sells ceiled", () => {
    const intents = onSpot().beat();
    expect(said(intents, spot)).toEqual([
      "buy 149.62 x 0.50",
      "buy 149.60 x 0.50",
      "buy 149.58 x 0.50",
      "sell 150.38 x 0.50",
      "sell 150.40 x 0.50",
      "sell 150.42 x 0.50",
    ]);
    expect(intents.every((each) => each.kind === "quote" && each.postOnly)).toBe(true);
  });

  it("S2.2 quotes about the mid of one book on a grid of 0.001", () => {
    const fine = { ...perp, tickSize: spot.tickSize.replace("0.01", "0.001") as typeof spot.tickSize };
    const prices = (bid: string, ask: string) =>
      scene(maker, fine, { spreadPct: 0.5, quantity: 0.1, maxOrders: 1 })
        .book(bid, ask)
        .map((each) => (each.kind === "quote" ? each.price : 0));
    expect(prices("239.379", "239.447")).toEqual([238_814, 240_012]);
    expect(prices("239.397", "239.399")).toEqual([238_799, 239_997]);
  });

  it("S2.3 sizes itself from the balances: 5 % a level, or less when there are many", () => {
    const sizes = (maxOrders: number) => {
      const all = onSpot({ quantity: "auto", maxOrders }).beat();
      return [...new Set(all.map((each) => (each.kind === "quote" ? `${each.side} ${each.size}` : "")))];
    };
    expect(sizes(3)).toEqual(["buy 33", "sell 25"]);
    expect(sizes(10)).toEqual(["buy 16", "sell 12"]);
  });

  it("S2.3 sizes a perpetual from its margin, and never beyond what the cap lets fill", () => {
    const sizeOf = (params: object) => {
      const all = onPerp({ quantity: "auto", maxOrders: 3, ...params }).beat();
      return [...new Set(all.map((each) => (each.kind === "quote" ? each.size : 0)))];
    };
    expect(sizeOf({ maxPosition: 5 })).toEqual([33]); // 5 % of 1000 at 149.60
    expect(sizeOf({ maxPosition: "0.5" })).toEqual([16]); // a third of the cap
  });

  it("keeps an automatic size that has hardly changed, so that a fill does not cost every place in the queue", () => {
    const s = onSpot({ quantity: "auto" });
    const first = s.beat();
    s.balance("USDC", "951");
    s.balance("SOL", "5.32");
    expect(s.hold(33)).toBe(first); // 0.31 and 0.26 would be 5 %
    s.balance("USDC", "700");
    expect(said(s.hold(34), spot)[0]).toBe("buy 149.62 x 0.23");
  });

  it("S2.4 offers six orders of 0.5 when asked to", () => {
    const s = onSpot({ maxOrders: 3 });
    expect(s.beat()).toHaveLength(6);
  });

  it("sells no more base than the wallet holds", () => {
    const s = onSpot();
    s.balance("SOL", "0.7");
    expect(said(s.beat(), spot).slice(3)).toEqual(["sell 150.38 x 0.50", "sell 150.40 x 0.20"]);
    const poor = onSpot();
    poor.balance("SOL", "0");
    expect(poor.beat()).toHaveLength(3);
  });

  it("wishes nothing on spot while a balance is unknown", () => {
    const s = onSpot();
    s.balance("SOL", undefined);
    expect(s.beat()).toEqual([]);
  });

  it("S2.16 leans against inventory by a share of the half-spread", () => {
    const prices = (held: number) => {
      const s = onPerp({ inventorySkew: 0.3 });
      return said(s.hold(held));
    };
    expect(prices(250)).toEqual(["buy 149.56 x 0.10", "sell 150.32 x 0.10"]);
    expect(prices(-250)).toEqual(["buy 149.68 x 0.10", "sell 150.44 x 0.10"]);
    expect(prices(0)).toEqual(["buy 149.62 x 0.10", "sell 150.38 x 0.10"]);
  });

  it("S2.17 does not lean without skew, nor for less than the minimum size", () => {
    const plain = ["buy 149.62 x 0.10", "sell 150.38 x 0.10"];
    expect(said(onPerp({ inventorySkew: 0 }).hold(250))).toEqual(plain);
    const coarse = { ...perp, minSize: 10 as typeof perp.minSize };
    const s = scene(maker, coarse, {
      spreadPct: 0.5,
      quantity: "0.1",
      maxOrders: 1,
      maxPosition: 5,
      positionThreshold: 5,
      inventorySkew: 1,
    });
    expect(said(s.hold(9))).toEqual(plain);
    expect(said(s.hold(10))).not.toEqual(plain);
  });

  it("S2.19 moves beyond the touch at once when the venue says that a quote would take", () => {
    const s = onPerp({ spreadPct: "0.0001" });
    expect(said(s.book("149.98", "150.01"))).toEqual(["buy 149.99 x 0.10", "sell 150.00 x 0.10"]);
    expect(said(s.book("150.02", "150.05"))).toEqual(["buy 150.03 x 0.10", "sell 150.04 x 0.10"]);
    const t = onPerp({ spreadPct: "0.0001" });
    t.book("149.99", "150.01");
    expect(said(t.book("150.02", "150.03"))[1]).toBe("sell 150.03 x 0.10");
  });

  it("S2.31 leaves the wish byte-equal while nothing is due, and keeps what stands right when it moves", () => {
    const s = onPerp({ maxOrders: 3, intervalMs: 10_000 });
    const first = s.beat();
    s.later(1_000);
    expect(s.book("149.98", "150.00")).toBe(first);
    s.book("149.99", "150.01");
    s.later(9_000);
    s.book("149.99", "150.01");
    expect(s.beat()).toBe(first);

    s.later(10_000);
    const moved = s.book("149.99", "150.02"); // the mid moves by half a tick: buys stay
    const stay = moved.filter((each) => first.some((old) => JSON.stringify(old) === JSON.stringify(each)));
    expect(said(stay).filter((line) => line.startsWith("buy"))).toHaveLength(3);

    s.later(10_000);
    const slots = (intents: readonly Intent[]) =>
      intents.map((each) => (each.kind === "quote" ? `${each.slot} ${each.side} ${each.price}` : ""));
    const before = slots(moved);
    const after = slots(s.book("150.01", "150.04")); // two ticks up: two of three levels of each side stand already
    expect(after.filter((each) => before.includes(each))).toHaveLength(4);
    expect(new Set(after.map((each) => each.split(" ")[0])).size).toBe(6);
  });

  it("moves at its interval, after an own fill, and when a quote would reach the touch", () => {
    const s = onPerp({ intervalMs: 60_000 });
    const first = s.beat();
    expect(s.book("149.90", "149.92")).toBe(first);
    expect(said(s.book("149.60", "149.62"))[0]).toBe("buy 149.23 x 0.10"); // the ask has come down to our buy
    s.later(60_000);
    expect(said(s.book("149.99", "150.01"))[0]).toBe("buy 149.62 x 0.10");
    s.book("149.89", "149.91");
    expect(said(s.hold(10))[0]).toBe("buy 149.52 x 0.10");
  });

  it("can lean on the thinner side of the touch", () => {
    const s = onPerp({ fair: "microprice", spreadPct: "0.02" });
    expect(said(s.book("149.90", "150.10", [300, 100]))).toEqual(["buy 150.03 x 0.10", "sell 150.07 x 0.10"]); // fair 150.05, half 0.015005
  });

  it("wishes nothing without a position, a fresh book or a link, and quotes at once when they are back", () => {
    const s = onPerp();
    expect(s.beat()).toHaveLength(2);
    expect(s.hold(undefined)).toEqual([]);
    expect(s.hold(0)).toHaveLength(2);
    s.link("down");
    expect(s.beat()).toEqual([]);
    s.link("up");
    expect(s.beat()).toHaveLength(2);
    expect(s.loseBook()).toEqual([]);
    expect(s.book("149.99", "150.01")).toHaveLength(2);
    s.later(5_000);
    expect(s.beat()).toHaveLength(2);
    s.later(1);
    expect(s.beat()).toEqual([]);
  });
});

describe("maker: position of a perpetual", () => {
  const table = (params: object, held: number) =>
    lines(perp, holds(onPerp({ maxPosition: 0.4, positionThreshold: 0.2, ...params }).hold(held)));

  it("S2.5 leaves 0.1 alone", () => expect(table({}, 10)).toEqual([]));

  it("S2.6 reduces to the line: 0.05 of 0.25, either way", () => {
    expect(table({}, 25)).toEqual(["hold 0.20 at 149.25"]); // 149.99 * 0.995 = 149.24005, up
    expect(table({}, -25)).toEqual(["hold -0.20 at 150.76"]); // 150.01 * 1.005 = 150.76005, down
  });

  it("S2.7 reduces to the cap first, then to the line", () => {
    expect(table({}, 50)).toEqual(["hold 0.40 at 149.25"]);
    expect(table({}, 40)).toEqual(["hold 0.20 at 149.25"]);
  });

  it("S2.8 takes neither the line nor the cap itself for too much", () => {
    expect(table({}, 20)).toEqual([]);
    expect(table({ positionThreshold: 0.4 }, 40)).toEqual([]);
  });

  it("S2.9 never opens towards its target", () => {
    const target = { targetPosition: 1, positionThreshold: 0.1, maxPosition: 2 };
    expect(table(target, 30)).toEqual([]);
    expect(table(target, 105)).toEqual([]);
    expect(table(target, 115)).toEqual(["hold 1.10 at 149.25"]);
    expect(table(target, 230)).toEqual(["hold 2.00 at 149.25"]);
  });

  it("S2.33 closes 5 of a short of 6 with a cap of 1, at once", () => {
    const intents = onPerp({ maxPosition: 1, positionThreshold: 0.1 }).hold(-600);
    expect(lines(perp, intents)).toEqual(["hold -1.00 at 150.76"]);
    expect(holds(intents)[0]?.why).toBe("over cap: -6.00 SOL held, 1.00 allowed");
  });

  it("keeps only the quotes of the reducing side beside a reduction to the line, and none beside one to the cap", () => {
    const s = onPerp({ maxPosition: 0.4, positionThreshold: 0.2 });
    expect(lines(perp, s.hold(25))).toEqual(["hold 0.20 at 149.25", "sell 150.38 x 0.10"]);
    expect(lines(perp, s.hold(50))).toEqual(["hold 0.40 at 149.25"]);
  });

  it("waits with an excess that is smaller than the venue's minimum", () => {
    const coarse = { ...perp, minSize: 10 as typeof perp.minSize };
    const s = scene(maker, coarse, { spreadPct: 0.5, quantity: "0.1", maxPosition: 1, positionThreshold: 0.2 });
    expect(holds(s.hold(29))).toEqual([]);
    expect(lines(coarse, holds(s.hold(30)))).toEqual(["hold 0.20 at 149.25"]);
  });
});

describe("maker: stops of a perpetual", () => {
  const stopping = (params: object = {}) => {
    const s = onPerp({ stopLoss: -25, intervalMs: 60_000, ...params });
    s.hold(80, "150");
    return s;
  };

  it("S2.10 closes everything at a loss of the limit exactly, and not a cent before", () => {
    const s = stopping();
    expect(s.mark("118.76")).toHaveLength(2); // -24.992
    expect(lines(perp, s.mark("118.75"))).toEqual(["hold 0.00 at 149.25"]); // -25.00
    const t = stopping();
    const [hold] = holds(t.mark("116.25"));
    expect(hold?.why).toBe("stop loss (止損觸發): unrealized -27 USDC, limit -25");
  });

  it("S2.10 quotes again after the close and its cool-down", () => {
    const s = stopping({ coolDownMs: 60_000 });
    s.mark("116.25");
    expect(s.hold(0)).toEqual([]);
    s.later(59_999);
    expect(s.book("149.99", "150.01")).toEqual([]);
    s.later(1);
    expect(s.beat()).toHaveLength(2);
    const imported = stopping({ coolDownMs: 0 });
    imported.mark("116.25");
    expect(imported.hold(0)).toHaveLength(2);
  });

  it("S2.11 takes profit at the goal exactly, and goes on at once", () => {
    const s = stopping({ stopLoss: 0, takeProfit: 50 });
    expect(s.mark("212.49")).toHaveLength(2);
    expect(lines(perp, s.mark("212.50"))).toEqual(["hold 0.00 at 149.25"]);
    expect(s.hold(0)).toHaveLength(2);
  });

  it("S2.12 reads 25 and -25 alike, 0 as off, and refuses a negative goal", () => {
    expect(holds(stopping({ stopLoss: 25 }).mark("118.75"))).toHaveLength(1);
    expect(holds(stopping({ stopLoss: 0 }).mark("100"))).toHaveLength(0);
    expect(() => stopping({ takeProfit: -5 })).toThrow("must be above 0");
    expect(() => stopping({ takeProfit: 0 })).not.toThrow();
  });

  it("S2.13 goes on closing, without quotes, until it is flat, even if the price comes back", () => {
    const s = stopping({ coolDownMs: 0 });
    s.mark("116.25");
    for (let tried = 0; tried < 4; tried++) {
      s.later(1_000);
      s.book("149.99", "150.01");
      expect(lines(perp, s.event({ type: "order.rejected", clientId: 1, reason: "other", text: "503" }))).toEqual([
        "hold 0.00 at 149.25",
      ]);
    }
    s.mark("150");
    expect(lines(perp, s.hold(30))).toEqual(["hold 0.00 at 149.25"]);
    expect(s.hold(0)).toHaveLength(2);
  });

  it("S2.15 does not wait for its interval", () => {
    const s = stopping();
    s.later(5_000);
    s.book("149.99", "150.01");
    expect(lines(perp, s.mark("116.25"))).toEqual(["hold 0.00 at 149.25"]);
  });

  it("measures with the mid while the venue has told no mark", () => {
    expect(lines(perp, stopping().book("118.74", "118.76"))).toEqual(["hold 0.00 at 118.15"]);
  });

  it("resumes the close after the book was away, and does nothing without one", () => {
    const s = stopping();
    s.mark("116.25");
    expect(s.loseBook()).toEqual([]);
    expect(lines(perp, s.book("149.99", "150.01"))).toEqual(["hold 0.00 at 149.25"]);
  });

  it("mirrors for a short", () => {
    const s = onPerp({ stopLoss: 25 });
    s.hold(-80, "150");
    expect(lines(perp, s.mark("181.25"))).toEqual(["hold 0.00 at 150.76"]);
  });
});

describe("maker: rebalancing of spot", () => {
  const wallet = (base: string, quote: string, params: object = {}) => {
    const s = scene(maker, spot, { spreadPct: 0.5, quantity: "0.5", ...params });
    s.balance("SOL", base);
    s.balance("USDC", quote);
    return s;
  };

  it("S2.20 sells 1.20 at 149.85 or better", () => {
    expect(lines(spot, wallet("3.2", "520").beat())).toEqual(["hold -1.20 at 149.85"]);
  });

  it("S2.21 buys 1.10 at 150.16 or better", () => {
    expect(lines(spot, wallet("0.9", "865").beat())).toEqual(["hold 1.10 at 150.16"]);
  });

  it("S2.22 starts strictly beyond the threshold", () => {
    const trades = (value: string) => {
      const base = String(Number(value) / 150);
      return holds(wallet(base, String(1000 - Number(value))).beat()).length;
    };
    // At 150 a value of 450.01 is no finite amount of SOL; a tenth of a millionth more stands for the cent.
    expect(trades("450")).toBe(0);
    expect(holds(wallet("3.0000667", "549.989995").beat())).toHaveLength(1);
    expect(trades("150")).toBe(0);
    expect(holds(wallet("0.9999333", "850.010005").beat())).toHaveLength(1);
    expect(trades("300")).toBe(0);
  });

  it("S2.23 leaves less than ten minimum orders alone", () => {
    expect(holds(wallet("0.0933333333", "0.000000005").beat())).toEqual([]); // 14 USDC in all
    expect(holds(wallet("0.11", "0").beat())).toHaveLength(1);
  });

  it("S2.24 looks again after a part of it filled, and stops when that is enough", () => {
    const s = wallet("3.2", "520");
    s.beat();
    s.balance("SOL", "2.5");
    s.balance("USDC", "625");
    const after = s.hold(-70);
    expect(holds(after)).toEqual([]);
    expect(after).toHaveLength(6);
    const t = wallet("6", "100");
    t.beat(); // 900 of 1000: sells 4.00
    t.balance("SOL", "5.3");
    t.balance("USDC", "205");
    expect(lines(spot, t.hold(-70))).toEqual(["hold -4.00 at 149.85"]);
  });

  it("uses at most 95 % of a balance", () => {
    expect(lines(spot, wallet("0", "1000", { rebalance: { baseTargetPct: 100 } }).beat())).toEqual([
      "hold 6.33 at 150.16",
    ]);
  });

  it("S2.25 can be off, and is not for perpetuals", () => {
    expect(holds(wallet("3.2", "520", quiet).beat())).toEqual([]);
    expect(holds(onPerp().beat())).toEqual([]);
  });
});

describe("maker: parameters", () => {
  const parse = (raw: object) => maker.params.parse({ instrument: perp.id, spreadPct: 0.5, ...raw });

  it("keeps decimals as text and knows the defaults of the flags", () => {
    expect(parse({})).toMatchObject({
      spreadPct: "0.5",
      quantity: "auto",
      maxOrders: 3,
      intervalMs: 60_000,
      targetPosition: "0",
      maxPosition: "1",
      positionThreshold: "0.1",
      inventorySkew: "0",
      coolDownMs: 60_000,
      rebalance: { enabled: true, baseTargetPct: "30", thresholdPct: "15" },
      fair: "mid",
      slippageCapPct: "0.5",
      staleMs: 5_000,
    });
  });

  it.each([
    [{ spreadPct: 0 }, "above 0"],
    [{ spreadPct: "1e-7" }, "plain decimal"],
    [{ quantity: "-1" }, "above 0"],
    [{ maxOrders: 0 }, ">=1"],
    [{ inventorySkew: 1.1 }, "0 to 1"],
    [{ rebalance: { baseTargetPct: 101 } }, "0 to 100"],
    [{ rebalance: { thresholdPct: 0 } }, "above 0"],
    [{ fair: "best" }, "mid"],
    [{ sprad: 1 }, "sprad"],
  ])("refuses %j", (raw, why) => {
    expect(() => parse(raw)).toThrow(why);
  });
});

describe("maker: laws", () => {
  const world = fc.record({
    bid: fc.integer({ min: 1_000, max: 30_000 }),
    width: fc.integer({ min: 1, max: 300 }),
    held: fc.integer({ min: -800, max: 800 }),
    spreadPct: fc.integer({ min: 1, max: 300 }).map((hundredths) => (hundredths / 100).toFixed(2)),
    inventorySkew: fc.integer({ min: 0, max: 100 }).map((hundredths) => (hundredths / 100).toFixed(2)),
    quantity: fc.integer({ min: 1, max: 300 }).map((count) => (count / 100).toFixed(2)),
    maxOrders: fc.integer({ min: 1, max: 20 }),
    maxPosition: fc.integer({ min: 1, max: 500 }).map((count) => (count / 100).toFixed(2)),
    positionThreshold: fc.integer({ min: 1, max: 300 }).map((count) => (count / 100).toFixed(2)),
  });
  const asked = ({ bid, width, held, ...params }: typeof world extends fc.Arbitrary<infer T> ? T : never) => {
    const s = scene(maker, perp, params);
    s.hold(held);
    return s.book((bid / 100).toFixed(2), ((bid + width) / 100).toFixed(2));
  };

  it("never reaches the opposite touch with a quote, and never quotes a price twice", () => {
    fc.assert(
      fc.property(world, (given) => {
        const quotes = asked(given).filter((each) => each.kind === "quote");
        const reach = quotes.filter(({ side, price }) =>
          side === "buy" ? price >= given.bid + given.width : price <= given.bid,
        );
        expect(reach).toEqual([]);
        expect(new Set(quotes.map(({ side, price }) => `${side} ${price}`)).size).toBe(quotes.length);
        expect(new Set(quotes.map(({ slot }) => slot)).size).toBe(quotes.length);
      }),
    );
  });

  it("never goes beyond the cap when all of a side fills, unless it is there already", () => {
    fc.assert(
      fc.property(world, (given) => {
        const cap = Math.round(Number(given.maxPosition) * 100);
        const intents = asked(given);
        const sum = (side: "buy" | "sell") =>
          intents.reduce((total, each) => total + (each.kind === "quote" && each.side === side ? each.size : 0), 0);
        const hold = intents.find((each) => each.kind === "hold");
        const change = hold === undefined ? 0 : hold.position - given.held;
        expect(given.held + Math.max(0, change) + sum("buy")).toBeLessThanOrEqual(Math.max(cap, given.held));
        expect(given.held + Math.min(0, change) - sum("sell")).toBeGreaterThanOrEqual(Math.min(-cap, given.held));
      }),
    );
  });

  it("never flips or grows a position by a reduction, and never beside a quote that it could meet", () => {
    fc.assert(
      fc.property(world, (given) => {
        const intents = asked(given);
        const hold = intents.find((each) => each.kind === "hold");
        if (hold === undefined || hold.kind !== "hold") return;
        expect(Math.sign(hold.position) * Math.sign(given.held)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(hold.position)).toBeLessThan(Math.abs(given.held));
        const sells = given.held > 0;
        expect(intents.filter((each) => each.kind === "quote" && each.side !== (sells ? "sell" : "buy"))).toEqual([]);
        expect(sells ? hold.worst : -hold.worst).toBeLessThanOrEqual(sells ? given.bid : -(given.bid + given.width));
      }),
    );
  });
});
