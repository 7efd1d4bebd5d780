// What the legs rest at, what the hedge may cost, and what is refused before any order: S3.1 to S3.3, S3.21, S3.27, S3.28.
import { checkHedge, hedgeParams, legPrice } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { futures, layDesk, lead } from "./desk.ts";

/** Prices of both legs at a last price, as the desk's orders show them. */
function legs(price: string, params: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const desk = layDesk({ price, params: { quantity: "100", betweenLegsMs: 1_000, ...params } });
  desk.run(1_000);
  const first = desk.open(lead.id);
  desk.fill("100");
  desk.run(3_000);
  return [...first, ...desk.open(lead.id)];
}

describe("S3, prices of the legs", () => {
  it("S3.1 last 0.1234 and an offset of 0.2 % sell at 0.1236 and buy at 0.1232", () => {
    expect(legs("0.1234")).toEqual(["sell 100 @ 0.1236", "buy 100 @ 0.1232"]);
  });

  it("S3.2 last 1.72 sells at 1.7234 and buys at 1.7166", () => {
    expect(legs("1.7200")).toEqual(["sell 100 @ 1.7234", "buy 100 @ 1.7166"]);
  });

  it("S3.3 passive rounds away from the market, floor rounds down, nearest is what you get unasked", () => {
    expect(legs("0.1234", { rounding: "passive" })).toEqual(["sell 100 @ 0.1237", "buy 100 @ 0.1231"]);
    expect(legs("1.7200", { rounding: "passive" })).toEqual(["sell 100 @ 1.7235", "buy 100 @ 1.7165"]);
    expect(legs("0.1234", { rounding: "floor" })).toEqual(["sell 100 @ 0.1236", "buy 100 @ 0.1231"]);
    expect(legs("1.7200", { rounding: "floor" })).toEqual(["sell 100 @ 1.7234", "buy 100 @ 1.7165"]);
    expect(hedgeParams.parse({ lead: lead.id, hedge: futures.id, quantity: "10" }).rounding).toBe("nearest");
    expect(legPrice(17_200, "sell", { top: 2n, bottom: 1_000n }, "nearest")).toBe(17_234);
  });

  it("buys first where the file says so", () => {
    expect(legs("1.7200", { sideFirst: "buy" })).toEqual(["buy 100 @ 1.7166", "sell 100 @ 1.7234"]);
  });
});

describe("S3, before the first order", () => {
  const params = hedgeParams.parse({ lead: lead.id, hedge: futures.id, quantity: "10" });

  it("S3.21 10 at 0.1234 are 1.234, below 5 USDT: refused, 41 would do", () => {
    const [finding, ...others] = checkHedge(params, lead, futures, "0.1234");
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ level: "refuse", code: "too-small", least: "41" });
    expect(finding?.say).toContain("1.234");
    expect(finding?.say).toContain("use 41 or more (5.0594)");
    expect(
      checkHedge({ ...params, quantity: hedgeParams.shape.quantity.parse("41") }, lead, futures, "0.1234"),
    ).toEqual([]);
    expect(checkHedge(params, lead, futures, "1.72")).toEqual([]);
  });

  it("S3.21 the strategy wishes nothing and says why", () => {
    const desk = layDesk({ price: "0.1234" });
    desk.run(600_000);
    expect(desk.placed()).toEqual([]);
    expect(desk.said("use 41 or more")).toHaveLength(1);
    desk.price("0.6000"); // 10 are worth 6 now
    desk.run(2_000);
    expect(desk.placed()).toEqual(["sell 10 @ 0.6012 gtx"]);
  });
});

describe("S3, the edge guard", () => {
  const guarded = { minEdgePct: "0.01", betweenLegsMs: 0, cycleMs: 0, negativeEdgeLimit: 3 };

  it("S3.27 at an Aster ask of 1.7200 the first leg needs 1.7212", () => {
    const desk = layDesk({ params: { ...guarded, offsetPct: "0.01" } });
    desk.book(futures.id, "1.7199", "1.7200");
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7212"]); // 1.720172 would be the offset's
  });

  it("S3.27 an offset price that is high enough stays", () => {
    const desk = layDesk({ params: guarded });
    desk.book(futures.id, "1.7199", "1.7200");
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
  });

  it("S3.27 a fill while Aster asks 1.7300 is a negative edge; three in a row make a pause", () => {
    const desk = layDesk({ params: guarded });
    const cycle = () => {
      desk.price("1.7200");
      desk.until("leg 1 rests", () => desk.open(lead.id)[0] === "sell 10 @ 1.7234", 30_000);
      desk.book(futures.id, "1.7299", "1.7300");
      desk.run(50);
      desk.fill("10");
      desk.until("leg 2 rests", () => desk.open(lead.id)[0] === "buy 10 @ 1.7166", 30_000);
      desk.fill("10");
      desk.until("flat", () => desk.memory().totals.cycles === cycles + 1, 30_000);
      cycles += 1;
    };
    let cycles = 0;
    cycle();
    expect(desk.memory().last).toMatchObject({ negativeEdge: true });
    cycle();
    expect(desk.said("cost more than they brought")).toEqual([]);
    cycle();
    expect(desk.memory().totals).toMatchObject({ cycles: 3, negativeEdges: 3 });
    desk.price("1.7200");
    const sent = desk.placed().length;
    desk.run(600_000);
    expect(desk.said("cost more than they brought")).toHaveLength(1);
    expect(desk.notes.some(({ rule, why }) => rule === "alert" && why.includes("3 cycles in a row"))).toBe(true);
    expect(desk.placed()).toHaveLength(sent);
    desk.run(310_000);
    expect(desk.placed().length).toBeGreaterThan(sent); // after a quarter of an hour
  });
});

describe("S3, the cap of a hedge", () => {
  it("S3.28 at an ask of 1.7240 it buys at no more than 1.7326, and the rest at the next book's cap", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.book(
      futures.id,
      [["1.7239", "100"]],
      [
        ["1.7240", "4"],
        ["1.7400", "100"],
      ],
    );
    desk.run(50);
    desk.fill("10");
    desk.run(100);
    expect(desk.placed(futures.id)).toEqual(["buy 10 @ 1.7326 ioc"]); // 1.73262
    expect(desk.held()).toEqual(["-10", "4"]);
    desk.book(futures.id, "1.7259", "1.7260");
    desk.run(1_000);
    expect(desk.placed(futures.id).slice(1)).toEqual(["buy 6 @ 1.7346 ioc"]); // 1.73463
    expect(desk.held()).toEqual(["-10", "10"]);
  });
});
