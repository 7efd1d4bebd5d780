// Which trades were told before.
import { decimal, type Fill, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp } from "./scene.fixture.ts";
import { createToldTrades } from "./told.ts";

const fill = (tradeId: string, side: Fill["side"] = "buy"): Fill => ({
  type: "order.filled",
  clientId: undefined,
  venueOrderId: "v",
  tradeId,
  instrument: perp.id,
  side,
  price: ticks(1),
  size: lots(1),
  total: lots(1),
  fee: decimal("0"),
  feeAsset: "USDC",
  liquidity: "maker",
  venueAt: millis(1),
});

describe("createToldTrades", () => {
  it("tells a trade of two orders of ours apart by its side, and ids apart by their spelling", () => {
    const told = createToldTrades(100);
    expect(told.tell(fill("7"), "counted")).toBeUndefined();
    expect(told.tell(fill("7"), "counted")).toBe("counted");
    for (const other of [fill("7", "sell"), fill("07"), fill("7a"), fill(""), fill("7000000000000000")])
      expect(told.tell(other, "counted")).toBeUndefined();
    expect(told.keys()).toHaveLength(6);
  });

  it("lets a trade that was only laid count once more, and one that counts not be laid", () => {
    const told = createToldTrades(100);
    expect(told.tell(fill("a"), "laid")).toBeUndefined();
    expect(told.tell(fill("a"), "laid")).toBe("laid");
    expect(told.keys()).toEqual([]);
    expect(told.tell(fill("a"), "counted")).toBe("laid");
    expect(told.tell(fill("a"), "laid")).toBe("counted");
    expect(told.keys()).toEqual([`${perp.id}/a/buy`]);
  });

  it("knows what an earlier run counted, which was not laid in this one", () => {
    const told = createToldTrades(100, [`${perp.id}/12/buy`, `${perp.id}/x/y/sell`]);
    expect(told.tell(fill("12"), "counted")).toBe("counted");
    expect(told.tell(fill("12"), "laid")).toBeUndefined();
    expect(told.tell(fill("12"), "laid")).toBe("counted");
    expect(told.tell(fill("x/y", "sell"), "counted")).toBe("counted");
    expect(told.keys()).toEqual([`${perp.id}/12/buy`, `${perp.id}/x/y/sell`]);
  });

  it("remembers the newest ones, oldest first", () => {
    const told = createToldTrades(10);
    for (let id = 1; id <= 35; id++) told.tell(fill(String(id)), "counted");
    for (let id = 26; id <= 35; id++) expect(told.tell(fill(String(id)), "counted")).toBe("counted");
    expect(told.tell(fill("1"), "counted")).toBeUndefined();
    expect(told.keys().length).toBeLessThanOrEqual(20);
    expect(told.keys().at(-1)).toBe(`${perp.id}/1/buy`);
  });
});
