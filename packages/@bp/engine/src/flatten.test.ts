// What is wished while everything of ours is to be closed.
import { lots, type News, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createAccount } from "./account.ts";
import { flattening, isFlat } from "./flatten.ts";
import { book, fill, hold, listed, nth, perp, type Scene, scene, snapshot, spot, start } from "./scene.fixture.ts";
import { createWorld, type MarketEvent } from "./world.ts";

/** A world with so many lots of the perpetual, and a book at 150.00 / 150.02. */
function worldWith(size: number, news: News = book()) {
  const world = createWorld([perp, spot]);
  world.foldMarket({ ...news, at: world.now, venueAt: world.now, seq: 1 } as MarketEvent); // a book
  if (size !== 0)
    world.account.fill(listed(fill(nth(1), size > 0 ? "buy" : "sell", 15_000, Math.abs(size)), start), "a", perp);
  return world;
}

describe("flattening", () => {
  it("sells a long down to the cap below the bid, rounded towards the market", () => {
    expect(flattening(worldWith(10), "a", 0.005)).toEqual([
      { kind: "hold", instrument: perp.id, position: 0, worst: ticks(14_925), why: "flatten" },
    ]);
    expect(flattening(worldWith(10, book(perp.id, 15_001, 15_002)), "a", 0.005)[0]?.worst).toBe(14_926);
  });

  it("buys a short back up to the cap above the ask", () => {
    expect(flattening(worldWith(-10), "a", 0.005)[0]?.worst).toBe(15_077);
  });

  it("wishes nothing when flat, for another owner, or without a price", () => {
    expect(flattening(worldWith(0), "a", 0.005)).toEqual([]);
    expect(flattening(worldWith(10), "b", 0.005)).toEqual([]);
    expect(flattening(worldWith(10, { type: "book.lost", instrument: perp.id, why: "gap" }), "a", 0.005)).toEqual([]);
    expect(createAccount().size(perp.id)).toBe(0);
  });
});

/** The user held `user` lots before us; then `a` has `size`, and the account as a whole `venue`. */
function worldAfter(user: number, size: number, venue: number) {
  const world = createWorld([perp, spot]);
  const truth = (ms: number, position: number) =>
    world.account.snapshot(snapshot({ asOf: start + ms, position }), world.instruments);
  world.foldMarket({ ...book(), at: world.now, venueAt: world.now, seq: 1 } as MarketEvent); // a book
  truth(0, user);
  const trade = fill(nth(1), size > 0 ? "buy" : "sell", 15_000, Math.abs(size));
  world.account.fill(listed(trade, start + 1), "a", perp);
  truth(10, venue);
  return world;
}

describe("flattening: what a liquidation or another hand took", () => {
  it("is not closed once more, and counts as flat", () => {
    for (const size of [10, -10]) {
      const world = worldAfter(0, size, 0);
      expect([flattening(world, "a", 0.005), isFlat(world, "a")]).toEqual([[], true]);
      expect([world.account.size(perp.id, "a"), world.account.left(perp.id, "a")]).toEqual([size, 0]);
    }
  });

  it("leaves the rest to close", () => {
    const world = worldAfter(0, 10, 4);
    expect([world.account.left(perp.id, "a"), isFlat(world, "a")]).toEqual([4, false]);
    expect(flattening(world, "a", 0.005)).toHaveLength(1);
  });

  it("is not what the user held against us before", () => {
    for (const user of [-4, -10, -30]) {
      const world = worldAfter(user, 10, user + 10);
      expect([world.account.left(perp.id, "a"), isFlat(world, "a")]).toEqual([10, false]);
    }
    expect(worldAfter(-4, 10, 3).account.left(perp.id, "a")).toBe(7); // 3 of ours went beside the user's
  });

  it("is the user's before it is ours where both are on one side", () => {
    expect(worldAfter(30, 10, 10).account.left(perp.id, "a")).toBe(10);
    expect(worldAfter(30, 10, 3).account.left(perp.id, "a")).toBe(3);
  });

  it("is not believed flat while it may be a list that lags", () => {
    const world = worldAfter(0, 10, 0);
    world.suspects.set(perp.id, { was: world.account.size(spot.id), asOf: world.now });
    expect(isFlat(world, "a")).toBe(false);
  });

  it("never leaves more to several owners together than the account holds", () => {
    const world = worldAfter(0, 10, 10);
    world.account.fill(listed(fill(nth(2), "buy", 15_000, 10), start + 11), "b", perp);
    world.account.fill(listed(fill(nth(3), "sell", 15_000, 4), start + 12), "c", perp);
    world.account.snapshot(snapshot({ asOf: start + 20, position: 6 }), world.instruments); // 16 less 10
    const owners = ["a", "b", "c", undefined];
    expect(owners.map((owner) => world.account.left(perp.id, owner))).toEqual([6, 0, 0, 6]);
  });
});

const ask = (made: Scene) => made.tell({ type: "operator.asked", ask: "flatten", by: "test" });

describe("flatten, asked for", () => {
  const bought = (user = 0) => {
    const made = scene({ bare: true });
    made.tell(book());
    made.truth({ position: user });
    made.wants["a"] = [{ kind: "hold", instrument: perp.id, position: lots(10), worst: ticks(15_010), why: "in" }];
    made.tell({ type: "timer.fired", name: "x" });
    made.tell(fill(nth(1), "buy", 15_002, 10));
    made.now += 100;
    return made;
  };

  it("opens no short after a liquidation, told by a trade or only by the position", () => {
    const told = bought();
    told.tell(fill(undefined, "sell", 14_000, 10, { tradeId: "liquidation" }));
    expect([ask(told), told.pass(3_000)]).toEqual([[], []]);
    const shown = bought();
    shown.truth();
    expect([ask(shown), shown.pass(1_500)]).toEqual([[], []]);
    shown.truth();
    expect(shown.pass(3_000)).toEqual([]);
    expect([shown.engine.view.halted !== undefined, shown.engine.left(perp.id)]).toEqual([true, 0]);
  });

  it("sells the whole of ours beside what the user held against it", () => {
    expect(ask(bought(-4))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14925 x 10 ioc"]);
  });

  it("does not take for a loss what the user did while nothing of ours was held", () => {
    const made = scene({ unexplainedLots: 100 });
    made.now += 10;
    made.tell(fill(undefined, "sell", 15_000, 4, { tradeId: "user" }));
    made.wants["a"] = [{ kind: "hold", instrument: perp.id, position: lots(10), worst: ticks(15_010), why: "in" }];
    made.tell({ type: "timer.fired", name: "x" });
    made.tell(fill(nth(1), "buy", 15_002, 10));
    expect(ask(made)).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14925 x 10 ioc"]);
  });

  it("lets a strategy begin when what it was to close first was taken away", () => {
    const made = scene({ bare: true, existing: "flatten" });
    made.truth({ position: 10, cost: "15" });
    expect(made.tell(fill(undefined, "sell", 15_000, 10, { tradeId: "user" }), made.now + 1)).toEqual([]);
    made.tell({ type: "operator.asked", ask: "resume", by: "test" });
    made.wants["a"] = [{ kind: "hold", instrument: perp.id, position: lots(12), worst: ticks(15_010), why: "in" }];
    expect(made.tell(book())).toEqual(["place 1 a/hold:v:SOL_USDC_PERP buy 15010 x 12 ioc"]);
  });

  it("closes what the named strategies hold, and no other wishes anything", () => {
    const made = scene({ names: ["a", "b"] });
    for (const name of ["a", "b"]) made.wants[name] = [hold(10, 15_010)];
    made.tell({ type: "timer.fired", name: "x" });
    made.tell(fill(nth(1), "buy", 15_002, 10));
    made.tell({ type: "timer.fired", name: "x" });
    made.tell(fill(nth(2), "buy", 15_002, 10));
    made.now += 100;
    const closed = made.tell({ type: "operator.asked", ask: "flatten", strategies: ["b"], by: "test" });
    expect(closed).toEqual(["place 3 b/hold:v:SOL_USDC_PERP sell 14925 x 10 ioc reduce"]);
    made.tell(fill(nth(3), "sell", 15_000, 10));
    expect(made.pass(2_000).filter((each) => each.startsWith("place"))).toEqual([]);
    expect([made.engine.left(perp.id, "a"), made.engine.left(perp.id, "b")]).toEqual([10, 0]);
  });
});
