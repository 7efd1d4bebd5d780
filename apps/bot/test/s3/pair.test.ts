// The pair is watched all the time: after a restart, while it rests, when a side disappears: S3.25, S3.26.
import { lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type Desk, futures, layDesk, lead } from "./desk.ts";

/** Sold 10, and only 4 of the hedge were there to buy when the bot was killed. */
const halfHedged = (params: Readonly<Record<string, unknown>> = {}): Desk => {
  const desk = layDesk({ params });
  desk.run(1_000);
  desk.book(futures.id, "1.7199", [["1.7201", "4"]]);
  desk.fill("10");
  desk.run(200);
  desk.book(futures.id, "1.7199", undefined);
  desk.run(1_000);
  expect(desk.held()).toEqual(["-10", "4"]);
  return desk;
};

/** The venue takes it away, as a liquidation or the user's own hand does: no order of ours. */
const takeAway = (desk: Desk, venue: "backpack" | "aster-futures", size: number) => {
  const side = venue === "backpack" ? "buy" : "sell";
  const instrument = venue === "backpack" ? lead.id : futures.id;
  const order = { instrument, side, size: lots(size), tif: "ioc", postOnly: false, reduceOnly: true } as const;
  const result = desk.exchange(venue).place(venue, { ...order, type: "market", selfTradePrevention: "reject-taker" });
  expect(result.ok).toBe(true);
};

describe("S3, a restart", () => {
  it("S3.25 -10 on Backpack and +4 on Aster: 6 are corrected before anything else", () => {
    const desk = halfHedged();
    const placed = desk.placed().length;
    desk.restart(5_000);
    desk.price("1.7200");
    desk.run(5_000);
    expect(desk.placed().slice(placed)).toEqual(["buy 6 @ 1.7287 ioc"]);
    expect([desk.held(), desk.memory().phase]).toEqual([["-10", "10"], "between"]);
  });

  it("S3.25 reconcile manual: halts instead, and says what is held", () => {
    const desk = halfHedged({ reconcile: "manual" });
    desk.restart(2_000);
    desk.price("1.7200");
    desk.run(2_000);
    expect(desk.engine.view.halted).toContain("the pair is unequal");
    expect(desk.said("-10")).not.toEqual([]);
    expect(desk.placed(futures.id).slice(-1)).not.toEqual(["buy 6 @ 1.7287 ioc"]);
    desk.run(5_000);
    expect(desk.held()).toEqual(["-4", "4"]); // down to what is hedged, never up
  });

  it("S3.25 manual with an equal pair goes on where it was", () => {
    const desk = layDesk({ params: { reconcile: "manual" } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(5_000);
    desk.restart(5_000);
    desk.run(60_000);
    expect([desk.engine.view.halted, desk.memory().phase]).toEqual([undefined, "leg2"]);
  });

  it("a position that was taken over is a pair: what is missing is hedged, then its second leg", () => {
    const desk = layDesk({ existing: "adopt", params: { betweenLegsMs: 2_000 } });
    const order = { instrument: lead.id, side: "sell", size: lots(10), tif: "ioc", postOnly: false } as const;
    desk
      .exchange("backpack")
      .place("backpack", { ...order, reduceOnly: false, type: "market", selfTradePrevention: "reject-taker" });
    desk.run(5_000);
    expect(desk.held()).toEqual(["-10", "10"]);
    expect(desk.open(lead.id)[0]).toContain("buy 10 @ ");
  });
});

describe("S3, a side that disappears", () => {
  it("S3.26 during the pause Aster's 10 are gone: Backpack's 10 are closed within 5 s, everything halts, with an alert", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("10");
    desk.run(5_000);
    expect(desk.memory().phase).toBe("between");
    takeAway(desk, "aster-futures", 10);
    desk.run(5_000);
    expect(desk.held()).toEqual(["0", "0"]);
    expect(desk.placed().slice(2)).toEqual(["buy 10 @ 1.7287 ioc reduce-only"]);
    expect(desk.engine.view.halted).toBeDefined();
    expect(
      desk.notes.some(
        ({ rule, why }) => rule === "alert" && why.includes("10 ASTER of aster-futures:ASTERUSDT are gone"),
      ),
    ).toBe(true);
    desk.run(600_000);
    expect([desk.held(), desk.placed().length]).toEqual([["0", "0"], 3]);
  });

  it("S3.26 a part that is gone takes as much from the other side, in any phase", () => {
    const desk = layDesk({ params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(5_000);
    expect(desk.memory().phase).toBe("leg2");
    takeAway(desk, "aster-futures", 4);
    desk.run(5_000);
    expect([desk.held(), desk.open(lead.id)]).toEqual([["-6", "6"], []]);
  });

  it("S3.26 the lead's side is watched as well", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("10");
    desk.run(5_000);
    takeAway(desk, "backpack", 10);
    desk.run(5_000);
    expect(desk.held()).toEqual(["0", "0"]);
    expect(desk.placed(futures.id).at(-1)).toBe("sell 10 @ 1.7114 ioc reduce-only");
  });

  it("S3.26 what only the positions show is acted on within 5 s of being known", () => {
    const desk = layDesk({ engine: { unexplainedLots: 100 } }); // an engine that would let it pass
    desk.run(1_000);
    desk.fill("10");
    desk.run(5_000);
    takeAway(desk, "aster-futures", 10);
    desk.run(5_000);
    expect(desk.held()).toEqual(["0", "0"]);
    expect(desk.engine.view.halted).toContain("are gone without an order of ours");
  });

  it("a position of the user's own beside ours is left alone", () => {
    const desk = layDesk();
    const order = { instrument: futures.id, side: "sell", size: lots(50), tif: "ioc", postOnly: false } as const;
    desk
      .exchange("aster-futures")
      .place("aster-futures", { ...order, reduceOnly: false, type: "market", selfTradePrevention: "reject-taker" });
    desk.run(2_000);
    desk.fill("10");
    desk.run(5_000);
    expect([desk.held(), desk.memory().phase]).toEqual([["-10", "-40"], "between"]);
    desk.run(62_000);
    desk.fill("10");
    desk.run(2_000);
    expect([desk.held(), desk.memory().totals.cycles]).toEqual([["0", "-50"], 1]);
  });
});
