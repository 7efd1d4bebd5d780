// When the market cannot be trusted, and the ways of quoting that are off by default: one venue, and a margin over the hedge.
import { instrument, lots, millis, toTicks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { futures, layDesk, lead } from "./desk.ts";

describe("the hedge loop and its books", () => {
  it("pulls its order while the hedge's market is out of sight, and places it again", () => {
    const desk = layDesk();
    desk.run(1_000);
    expect(desk.open(lead.id)).toHaveLength(1);
    const dated = () => ({ at: millis(desk.now()), venueAt: millis(desk.now()) });
    const link = { venue: "aster-futures", stream: "market", why: "test" } as const;
    desk.tell({ type: "link.lost", ...link, ...dated() });
    desk.run(500);
    expect(desk.open(lead.id)).toEqual([]);
    const level = (text: string) => [toTicks(futures, text), lots(100)] as const;
    const book = { instrument: futures.id, bids: [level("1.7199")], asks: [level("1.7201")] };
    desk.tell({ type: "link.restored", ...link, ...dated() });
    desk.tell({ type: "book.reset", ...book, ...dated() });
    desk.run(500);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
  });

  it("trades the lead back when the hedge's streams are gone for too long", () => {
    const desk = layDesk();
    desk.run(1_000);
    const dated = () => ({ at: millis(desk.now()), venueAt: millis(desk.now()) });
    desk.tell({ type: "link.lost", venue: "aster-futures", stream: "account", why: "test", ...dated() });
    desk.fill("10"); // before the cancel arrives
    desk.run(9_900);
    expect(desk.held()).toEqual(["-10", "0"]);
    desk.run(2_000);
    expect(desk.held()).toEqual(["0", "0"]);
    desk.run(2_000);
    expect(desk.engine.view.halted).toContain("not hedged within 10 s");
  });

  it("without a last price the middle of the book is taken", () => {
    const desk = layDesk();
    expect(desk.engine.view.last(lead.id)).toBeUndefined(); // the desk's print came before anybody listened
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
  });

  it("counts in the lots of both markets: 0.1 on the lead, 1 on the hedge", () => {
    const fine = instrument({
      id: lead.id,
      kind: "perp",
      base: "ASTER",
      quote: "USDC",
      tickSize: "0.0001",
      lotSize: "0.1",
      minSize: "1",
    });
    const desk = layDesk({ lead: fine, params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("4.5");
    desk.run(500);
    expect(desk.held()).toEqual(["-4.5", "4"]);
    desk.run(12_000); // half a coin cannot be hedged, nor is it the lead's minimum: the pair goes down to 3
    expect(desk.held()).toEqual(["-3.0", "3"]);
    desk.run(3_000);
    desk.fill("7.0");
    desk.run(3_000);
    expect([desk.held(), desk.memory().phase]).toEqual([["-10.0", "10"], "leg2"]);
    expect(desk.engine.view.halted).toBeUndefined();
  });

  it("does not begin on spot without the money for the hedge", () => {
    const spotHedge = instrument({
      id: "aster-spot:ASTERUSDT",
      kind: "spot",
      base: "ASTER",
      quote: "USDT",
      tickSize: "0.0001",
      lotSize: "0.01",
      minNotional: "5",
    });
    const poor = layDesk({ hedge: spotHedge, seat: { balances: { USDC: "1000", USDT: "17", ASTER: "0" } } });
    poor.run(30_000);
    expect(poor.placed()).toEqual([]);
    const rich = layDesk({ hedge: spotHedge, seat: { balances: { USDC: "1000", USDT: "18", ASTER: "0" } } });
    rich.run(1_000);
    expect(rich.placed()).toHaveLength(1);
  });
});

describe("maker and taker on one venue", () => {
  const other = instrument({
    id: "backpack:ASTER_USDT_PERP",
    kind: "perp",
    base: "ASTER",
    quote: "USDT",
    tickSize: "0.0001",
    lotSize: "1",
  });

  it("rests on one market of an exchange and hedges on another of the same account", () => {
    const desk = layDesk({ hedge: other, params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    expect(desk.held()).toEqual(["-10", "10"]);
    desk.fill("10");
    desk.run(1_000);
    expect([desk.held(), desk.memory().totals.cycles]).toEqual([["0", "0"], 1]);
  });

  it("refuses to hedge a market with itself", () => {
    expect(() => layDesk({ hedge: { ...other, id: lead.id } })).toThrow("must be another market than lead");
  });
});

describe("a margin over the hedge's book", () => {
  const xemm = { enabled: true, marginPct: "0.3", minMarginPct: "0.2", maxMarginPct: "0.4" };

  it("prices the leg for its margin after fees, off what the whole size costs to take", () => {
    const desk = layDesk({ params: { xemm, legWaitMs: 600_000 } });
    desk.book(futures.id, "1.7199", [
      ["1.7201", "5"],
      ["1.7203", "5"],
    ]);
    desk.run(1_000);
    // 1.7202 / (1 - 0.003 - 0.00055) = 1.726329
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7264"]);
  });

  it("moves only when the margin leaves its band", () => {
    const desk = layDesk({ params: { xemm, legWaitMs: 600_000 } });
    desk.book(futures.id, "1.7200", "1.7202");
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7264"]);
    desk.book(futures.id, "1.7208", "1.7210"); // margin 0.26 %
    desk.run(5_000);
    expect(desk.cancels(lead.id)).toBe(0);
    desk.book(futures.id, "1.7228", "1.7230"); // 0.14 %
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7292"]);
    expect(desk.cancels(lead.id)).toBe(1);
  });
});
