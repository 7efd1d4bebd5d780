// What is wished while everything of ours is to be closed.
import { type News, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createAccount } from "./account.ts";
import { flattening } from "./flatten.ts";
import { book, fill, listed, nth, perp, spot, start } from "./scene.fixture.ts";
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
