import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { byShare } from "../models/queue.ts";
import { order, perp, spot, taken, trial } from "../trial.fixture.ts";

const filled = (stage: ReturnType<typeof trial>, who = "alice") =>
  stage.exchange.fills(who).reduce((sum, fill) => sum + fill.size, 0);

/** A recorded bid of 100 lots with our 10 behind it. */
function queued(options: Parameters<typeof trial>[0] = {}) {
  const stage = trial(options);
  const { hands } = stage.market;
  hands.level(spot.id, "bid", ticks(15_000), lots(100));
  hands.level(spot.id, "ask", ticks(15_002), lots(100));
  taken(stage.limit("alice", "buy", 15_000, 10));
  return { ...stage, hands };
}

describe("recorded levels", () => {
  it("show as they are told, our own size beside them", () => {
    const { exchange, hands, facts } = queued();
    expect(exchange.book(spot.id)).toMatchObject({ bids: [[15_000, 110]], asks: [[15_002, 100]] });
    hands.level(spot.id, "bid", ticks(15_000), lots(250));
    expect(exchange.book(spot.id).bids).toEqual([[15_000, 260]]);
    hands.level(spot.id, "bid", ticks(15_000), lots(0));
    expect(exchange.book(spot.id).bids).toEqual([[15_000, 10]]);
    const count = facts.length;
    hands.level(spot.id, "bid", ticks(15_000), lots(0));
    expect(facts).toHaveLength(count); // nothing changed, nothing said
  });

  it("can be taken like any other order", () => {
    const { exchange, limit } = queued();
    expect(taken(limit("bob", "buy", 15_002, 30))).toMatchObject({ status: "filled", filledQuote: "45.006" });
    expect(exchange.book(spot.id).asks).toEqual([[15_002, 70]]);
  });

  it("that cross an order of ours trade with it at its price", () => {
    const stage = queued();
    stage.hands.level(spot.id, "ask", ticks(14_999), lots(4));
    expect(filled(stage)).toBe(4);
    expect(stage.exchange.fills("alice")).toMatchObject([{ price: 15_000, liquidity: "maker" }]);
    expect(stage.exchange.book(spot.id)).toMatchObject({ bids: [[15_000, 6]], asks: [[15_002, 100]] }); // its bid of 100 was out of date
    stage.hands.level(spot.id, "ask", ticks(14_998), lots(20));
    expect(filled(stage)).toBe(10);
    expect(stage.exchange.book(spot.id)).toMatchObject({
      bids: [],
      asks: [
        [14_998, 14],
        [15_002, 100],
      ],
    });
  });

  it("that cross other recorded levels replace them", () => {
    const stage = trial();
    const { hands } = stage.market;
    hands.level(spot.id, "bid", ticks(15_000), lots(5));
    hands.level(spot.id, "bid", ticks(14_990), lots(5));
    hands.level(spot.id, "ask", ticks(14_995), lots(7));
    expect(stage.exchange.book(spot.id)).toMatchObject({ bids: [[14_990, 5]], asks: [[14_995, 7]] });
    expect(stage.facts.filter((fact) => fact.type === "trade")).toEqual([]);
  });
});

describe("our place in a recorded queue", () => {
  it("is behind what was there: prints eat that first", () => {
    const stage = queued();
    stage.hands.print(spot.id, ticks(15_000), lots(99), "sell");
    expect(filled(stage)).toBe(0);
    expect(stage.exchange.book(spot.id).bids).toEqual([[15_000, 110]]); // the next level tells what is left, not the print
    stage.hands.print(spot.id, ticks(15_000), lots(4), "sell");
    expect(filled(stage)).toBe(3);
    stage.hands.print(spot.id, ticks(15_000), lots(100), "sell");
    expect(filled(stage)).toBe(10);
  });

  it("is not helped by a level that shrinks, until it is smaller than what was in front", () => {
    const stage = queued();
    stage.hands.level(spot.id, "bid", ticks(15_000), lots(160)); // 60 behind us
    stage.hands.level(spot.id, "bid", ticks(15_000), lots(100)); // they leave first
    stage.hands.print(spot.id, ticks(15_000), lots(99), "sell");
    expect(filled(stage)).toBe(0);
    const second = queued();
    second.hands.level(spot.id, "bid", ticks(15_000), lots(30));
    second.hands.print(spot.id, ticks(15_000), lots(31), "sell");
    expect(filled(second)).toBe(1);
  });

  it("counts a print and the smaller level after it once", () => {
    const stage = queued();
    stage.hands.print(spot.id, ticks(15_000), lots(60), "sell"); // 40 left in front
    stage.hands.level(spot.id, "bid", ticks(15_000), lots(40));
    stage.hands.print(spot.id, ticks(15_000), lots(40), "sell");
    expect(filled(stage)).toBe(0);
    stage.hands.print(spot.id, ticks(15_000), lots(1), "sell");
    expect(filled(stage)).toBe(1);
  });

  it("shares a decrease by the model it was given", () => {
    const stage = queued({ queue: byShare(1) });
    stage.hands.level(spot.id, "bid", ticks(15_000), lots(200)); // 100 in front, 100 behind
    stage.hands.level(spot.id, "bid", ticks(15_000), lots(100)); // half of the 100 left from in front
    stage.hands.print(spot.id, ticks(15_000), lots(53), "sell");
    expect(filled(stage)).toBe(3);
  });

  it("is first at a price of its own", () => {
    const stage = queued();
    taken(stage.limit("bob", "buy", 15_001, 5));
    stage.hands.print(spot.id, ticks(15_001), lots(2), "sell");
    expect(filled(stage, "bob")).toBe(2);
  });
});

describe("prints", () => {
  it("through our price fill us first, with no more than their size", () => {
    const stage = queued();
    taken(stage.limit("bob", "buy", 15_001, 5));
    stage.hands.print(spot.id, ticks(14_990), lots(12), "sell");
    expect([filled(stage, "bob"), filled(stage)]).toEqual([5, 7]);
    expect(stage.exchange.fills("alice")).toMatchObject([{ price: 15_000 }]);
  });

  it("are public in full: what filled us and the rest", () => {
    const stage = queued();
    stage.facts.length = 0;
    stage.hands.print(spot.id, ticks(15_000), lots(104), "sell");
    const trades = stage.facts.flatMap((fact) => (fact.type === "trade" ? [[fact.price, fact.size, fact.taker]] : []));
    expect(trades).toEqual([
      [15_000, 4, "sell"],
      [15_000, 100, "sell"],
    ]);
  });

  it("on the other side do not touch us", () => {
    const stage = queued();
    stage.hands.print(spot.id, ticks(15_000), lots(500), "buy");
    expect(filled(stage)).toBe(0);
  });

  it("that end one reduce-only order do not stumble over its neighbour", () => {
    const stage = trial();
    const { hands } = stage.market;
    hands.level(perp.id, "ask", ticks(15_000), lots(50));
    taken(stage.exchange.place("alice", order(perp.id, "buy", 15_000, 10)));
    for (let count = 0; count < 3; count++)
      taken(stage.exchange.place("alice", order(perp.id, "sell", 15_100, 10, { reduceOnly: true })));
    hands.print(perp.id, ticks(15_200), lots(40), "buy");
    expect(stage.exchange.positions("alice")).toEqual([]);
    expect(stage.exchange.openOrders("alice")).toEqual([]);
  });
});
