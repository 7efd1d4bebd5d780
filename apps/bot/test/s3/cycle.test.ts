// One cycle after the other, in the order of the original: S3.4 to S3.6, S3.13, S3.14, S3.29.
import { describe, expect, it } from "vitest";
import { type Desk, futures, layDesk, lead, spot } from "./desk.ts";

/** When each kind of command was sent, in whole seconds since the start. */
const seconds = (desk: Desk) => desk.actions().map(({ at, what }) => `${Math.floor(at / 1_000)} s ${what}`);

describe("S3, the cycle", () => {
  it("S3.4 sell 10, buy 10 on Aster, 60 s, buy 10, sell 10 on Aster, 60 s, next cycle; the log in that order", () => {
    const desk = layDesk();
    desk.run(3_000);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.held()).toEqual(["-10", "10"]);
    desk.run(62_000);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.held()).toEqual(["0", "0"]);
    desk.run(61_000);
    expect(desk.placed()).toEqual([
      "sell 10 @ 1.7234 gtx",
      "buy 10 @ 1.7287 ioc", // 1.7201 and half a percent
      "buy 10 @ 1.7166 gtx reduce-only",
      "sell 10 @ 1.7114 ioc reduce-only",
      "sell 10 @ 1.7234 gtx",
    ]);
    expect(seconds(desk)).toEqual([
      "0 s sell leg1",
      "3 s buy hold:aster-futures:ASTERUSDT",
      "64 s buy leg2", // 3.015 + 60, at the next beat
      "66 s sell hold:aster-futures:ASTERUSDT",
      "127 s sell leg1",
    ]);
    expect(desk.memory().cycle).toBe(2);
    const lines = desk.lines();
    const inOrder = [
      "[Cycle 1] begins",
      "119 min to the funding stamp at 16:00 UTC",
      "[Leg1] sell 10 @ 1.7234 (from 1.7200, ASTER_USDC_PERP)",
      "[Leg1] rests, watching order",
      "[Leg1] filled: sell 10 @ 1.7234",
      "[Leg1] hedging: Aster ASTERUSDT buy",
      "[Leg1] hedged: Aster ASTERUSDT buy 10 @ 1.7201",
      "pauses for 60 s ...",
      "[Leg2] buy 10 @ 1.7166 (from 1.7200, ASTER_USDC_PERP)",
      "[Leg2] rests, watching order",
      "[Leg2] filled: buy 10 @ 1.7166",
      "[Leg2] hedging: Aster ASTERUSDT sell",
      "[Leg2] hedged: Aster ASTERUSDT sell 10 @ 1.7199",
      "[Cycle 1] done",
      "pauses for 60 s ...",
      "[Cycle 2] begins",
    ];
    let from = 0;
    for (const part of inOrder) {
      const at = lines.findIndex((line, index) => index >= from && line.includes(part));
      expect(at, `${part} in\n${lines.join("\n")}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
    expect(desk.lines("en", true)).toContain("[Leg1] waited 2 s");
    const original = desk.lines("zh").join("\n");
    expect(original).toContain("[Leg1] 卖出 10 @ 1.7234 (基准价 1.7200, ASTER_USDC_PERP)");
    expect(original.split("休眠 60 秒...")).toHaveLength(3);
    expect(original).toContain("距离资金费率时间 16:00 UTC 还有 119分钟");
  });

  it("S3.4 and S3.5 the spot file waits 20 s, and 30 s if it says so", () => {
    const pauseOf = (betweenLegsMs: number) => {
      const desk = layDesk({ hedge: spot, params: { betweenLegsMs } });
      desk.run(2_000);
      desk.fill("10");
      desk.until("leg 2", () => desk.memory().phase === "leg2");
      const [, hedged, second] = desk.actions();
      return Math.floor(((second?.at ?? 0) - (hedged?.at ?? 0)) / 1_000);
    };
    expect(pauseOf(20_000)).toBe(20);
    expect(pauseOf(30_000)).toBe(30);
  });

  it("S3.6 unfilled for 10 s at a last price of 1.73 now: cancelled, ended, placed anew at 1.7335; 15 s if told so", () => {
    for (const [legWaitMs, at] of [
      [10_000, 11],
      [15_000, 16],
    ] as const) {
      const desk = layDesk({ params: { legWaitMs } });
      desk.run(2_000);
      desk.book(lead.id, "1.7230", "1.7310");
      desk.last(lead.id, "1.7300");
      desk.run(20_000);
      expect(desk.placed()).toEqual(["sell 10 @ 1.7234 gtx", "sell 10 @ 1.7335 gtx"]); // 1.73346
      expect(seconds(desk)).toEqual(["0 s sell leg1", `${at} s cancel`, `${at} s sell leg1`]);
      const [, cancel, anew] = desk.actions();
      expect((anew?.at ?? 0) - (cancel?.at ?? 0)).toBeGreaterThanOrEqual(10); // there and back: it had ended
      expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7335"]);
      expect(desk.lines().join("\n")).toContain("[Leg1] not filled in time, moves 1.7234 → 1.7335");
    }
  });

  it("S3.6 a price that has not changed keeps the order and its place in the queue", () => {
    const desk = layDesk();
    desk.run(60_000);
    expect(desk.actions()).toHaveLength(1);
  });

  it("S3.13 a first leg unfilled for 300 s is cancelled, the second skipped; the next cycle follows, flat", () => {
    const desk = layDesk();
    desk.run(330_000);
    expect([desk.memory().phase, desk.open(lead.id), desk.held()]).toEqual(["sleep", [], ["0", "0"]]);
    expect(desk.placed()).toEqual(["sell 10 @ 1.7234 gtx"]);
    expect(desk.memory().totals).toMatchObject({ cycles: 1, skipped: 1, fees: "0" });
    expect(desk.lines().join("\n")).toContain("[Cycle 1] the first leg was not filled, the cycle is skipped");
    desk.run(40_000);
    expect([desk.memory().cycle, desk.open(lead.id)]).toEqual([2, ["sell 10 @ 1.7234"]]);
    expect(desk.placed(futures.id)).toEqual([]);
  });

  it("S3.14 a second leg unfilled for 300 s: both sides are closed reduce-only, and it is flat", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("10");
    desk.run(62_000);
    expect(desk.open(lead.id)).toEqual(["buy 10 @ 1.7166"]);
    desk.run(302_000);
    expect(desk.placed().slice(3)).toEqual(["buy 10 @ 1.7287 ioc reduce-only", "sell 10 @ 1.7114 ioc reduce-only"]);
    expect([desk.held(), desk.memory().phase, desk.open(lead.id)]).toEqual([["0", "0"], "sleep", []]);
    expect(desk.memory().last).toMatchObject({ cycle: 1, end: "closed" });
  });

  it("S3.14 closes what is left of a second leg that was filled in part", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("10");
    desk.run(62_000);
    desk.fill("4");
    desk.run(1_000);
    expect(desk.held()).toEqual(["-6", "6"]);
    desk.run(302_000);
    expect(desk.placed().slice(-2)).toEqual(["buy 6 @ 1.7287 ioc reduce-only", "sell 6 @ 1.7114 ioc reduce-only"]);
    expect(desk.held()).toEqual(["0", "0"]);
  });

  it("S3.29 sold at 1.7234, bought at 1.7166, Aster both times at 1.7200: 0.0680 less 0.0189 is 0.0491; totals outlive a restart", () => {
    const desk = layDesk({ params: { betweenLegsMs: 5_000 } });
    desk.run(1_000);
    desk.book(futures.id, "1.7199", "1.7200");
    desk.fill("10");
    desk.run(8_000);
    desk.book(futures.id, "1.7200", "1.7201");
    desk.run(100);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.memory().last).toMatchObject({ gross: "0.068", fees: "0.01892", net: "0.04908" });
    const lines = desk.lines().filter((line) => line.startsWith("[Cycle 1]"));
    expect(lines.slice(-2)).toEqual([
      "[Cycle 1] done: BP sold 10 @ 1.7234, BP bought 10 @ 1.7166, Aster bought 10 @ 1.7200, Aster sold 10 @ 1.7200",
      "[Cycle 1] gross 0.0680  fees 0.0189  net 0.0491 USDT",
    ]);
    const before = desk.memory().totals;
    desk.restart(10_000);
    desk.run(5_000);
    expect(desk.memory().totals).toEqual(before);
    expect(before).toMatchObject({ cycles: 1, gross: "0.068", fees: "0.01892", net: "0.04908" });
  });

  it("is done after so many cycles as were asked for", () => {
    const desk = layDesk({ params: { betweenLegsMs: 1_000, cycles: 1 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    desk.fill("10");
    desk.run(120_000);
    expect(desk.engine.done).toBe("1 cycles");
    expect(desk.placed()).toHaveLength(4);
  });
});
