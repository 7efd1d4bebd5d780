// Funding: when it comes, what is done before it, who pays it: S3.15 to S3.17, S3.19, and the carry that is off by default.
import { fundingText } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { clock, type Desk, futures, layDesk, lead } from "./desk.ts";

const stamp = clock(16);
/** A desk whose pair is open, sold and hedged, a second after its start. */
const opened = (options: Parameters<typeof layDesk>[0]): Desk => {
  const desk = layDesk(options);
  desk.run(500);
  desk.fill("10");
  desk.run(500);
  expect(desk.held()).toEqual(["-10", "10"]);
  return desk;
};

describe("S3, the funding window", () => {
  it("S3.15 at 14:00:00 with the next stamp at 16:00 it says 120 minutes, and trades", () => {
    expect(fundingText(stamp, clock(14), 300_000)).toBe("距离资金费率时间 16:00 UTC 还有 120分钟");
    const desk = layDesk({ stamp });
    desk.run(1_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
    expect(desk.lines("zh")).toContainEqual("距离资金费率时间 16:00 UTC 还有 119分钟"); // 15 ms after 14:00
  });

  it("S3.16 at 15:54:59, 301 s before it, a cycle begins", () => {
    expect(fundingText(stamp, clock(15, 54, 59), 300_000)).toBe("距离资金费率时间 16:00 UTC 还有 5分钟");
    const desk = layDesk({ stamp, start: clock(15, 54, 58) + 900 });
    desk.run(90);
    expect(desk.placed()).toEqual(["sell 10 @ 1.7234 gtx"]);
  });

  it("S3.16 at 15:55:00 none does; each minute is told, and at 16:00:00 it goes on", () => {
    expect(fundingText(stamp, clock(15, 55), 300_000)).toBe("距离资金费率时间 16:00 UTC 还有 5分0秒");
    const desk = layDesk({ stamp, start: clock(15, 55) });
    desk.run(299_900);
    expect(desk.placed()).toEqual([]);
    expect(desk.lines("zh").filter((line) => line.startsWith("距离"))).toEqual([
      "距离资金费率时间 16:00 UTC 还有 4分59秒", // when all streams had come up
      "距离资金费率时间 16:00 UTC 还有 4分0秒",
      "距离资金费率时间 16:00 UTC 还有 3分0秒",
      "距离资金费率时间 16:00 UTC 还有 2分0秒",
      "距离资金费率时间 16:00 UTC 还有 1分0秒",
    ]);
    desk.run(1_100);
    expect(desk.placed()).toEqual(["sell 10 @ 1.7234 gtx"]);
    expect(desk.actions()[0]?.at).toBe(300_000);
    expect(desk.lines()).toContain("the funding stamp has passed, on we go");
    expect(desk.lines("zh")).toContain("资金费率时间已到，继续");
  });

  it("S3.16 an unfilled first leg is pulled when the window begins, and the cycle is begun again after the stamp", () => {
    const desk = layDesk({ stamp, start: clock(15, 54, 30) });
    desk.run(25_000);
    expect(desk.open(lead.id)).toHaveLength(1);
    desk.run(10_000);
    expect([desk.open(lead.id), desk.memory().phase]).toEqual([[], "idle"]);
    desk.run(300_000);
    expect([desk.open(lead.id), desk.memory().cycle]).toEqual([["sell 10 @ 1.7234"], 1]);
  });

  it("S3.16 the stamps of both venues count, as they are told now: from 8 to 4 to 1 hours without a restart", () => {
    const desk = layDesk({ start: clock(11, 50), params: { legLimitMs: 60_000, cycleMs: 1_000 } });
    const isOpen = () => desk.memory().phase === "leg1";
    const tell = (hours: readonly [onLead: number, onHedge: number]) => {
      desk.mark(lead.id, "1.7200", { rate: 0, at: clock(hours[0]) });
      desk.mark(futures.id, "1.7200", { rate: 0, at: clock(hours[1]) });
      desk.run(3_000);
    };
    tell([16, 16]); // eight hours: nothing near
    desk.run(420_000); // 11:57:03
    expect(isOpen()).toBe(true);
    tell([16, 12]); // Aster goes to four hours: 12:00 it is
    expect(isOpen()).toBe(false);
    desk.run(180_000); // past 12:00
    tell([16, 16]);
    expect(isOpen()).toBe(true);
    desk.run(3_360_000); // 12:56
    expect(isOpen()).toBe(true);
    tell([13, 16]); // Backpack goes to one hour
    expect(isOpen()).toBe(false);
    desk.run(300_000);
    expect(isOpen()).toBe(true); // 13:01
  });

  it("begins nothing while a perpetual has not told when it pays, unless the window is off", () => {
    const desk = layDesk({ marks: false });
    desk.run(30_000);
    expect(desk.placed()).toEqual([]);
    desk.funding(stamp);
    desk.run(1_000);
    expect(desk.placed()).toHaveLength(1);
    const off = layDesk({ marks: false, params: { stopBeforeFundingMs: 0 } });
    off.run(1_000);
    expect(off.placed()).toHaveLength(1);
  });
});

describe("S3, who pays", () => {
  const across = (rates: readonly [number, number]) => {
    const desk = opened({ start: clock(14, 59, 30), stamp: clock(15), params: { stopBeforeFundingMs: 0 } });
    desk.funding(clock(15), ...rates);
    desk.run(64_000);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.held()).toEqual(["0", "0"]);
    return desk;
  };

  it("S3.17 short on Backpack receives 0.00172 of +0.01 %, long on Aster pays 0.00516 of +0.03 %: -0.00344", () => {
    const desk = across([0.0001, 0.0003]);
    const { last, totals } = desk.memory();
    expect(last?.funding).toEqual({ lead: "0.00172", hedge: "-0.00516", net: "-0.00344" });
    expect(last?.net).toBe("0.04364"); // 0.066 - 0.01892 - 0.00344
    expect(totals.funding).toBe("-0.00344");
    expect(desk.lines()).toContain("[Cycle 1] funding BP +0.00172  Aster -0.00516  together -0.00344");
  });

  it("S3.17 negative rates turn the signs", () => {
    const { last } = across([-0.0001, -0.0003]).memory();
    expect(last?.funding).toEqual({ lead: "-0.00172", hedge: "0.00516", net: "0.00344" });
  });
});

describe("S3, a pair that is open when the window begins", () => {
  const start = clock(15, 54, 50);

  it("S3.19 avoid: both legs are closed before the stamp, reduce-only and alike", () => {
    const desk = opened({ start, stamp, params: { betweenLegsMs: 600_000 } });
    desk.run(12_000);
    expect(desk.placed().slice(2)).toEqual(["buy 10 @ 1.7287 ioc reduce-only", "sell 10 @ 1.7114 ioc reduce-only"]);
    expect(desk.held()).toEqual(["0", "0"]);
    expect(desk.memory().last).toMatchObject({ end: "closed", funding: { net: "0" } });
  });

  it("S3.19 avoid: a second leg that rests is pulled first", () => {
    const desk = opened({ start, stamp, params: { betweenLegsMs: 2_000 } });
    desk.run(4_000);
    expect(desk.open(lead.id)).toEqual(["buy 10 @ 1.7166"]);
    desk.run(10_000);
    expect([desk.open(lead.id), desk.held()]).toEqual([[], ["0", "0"]]);
  });

  it("S3.19 collect: held where both venues pay more than closing costs, and what came is booked", () => {
    const desk = opened({ start, stamp, params: { betweenLegsMs: 2_000, fundingPolicy: "collect" } });
    desk.funding(stamp, 0.002, -0.0001); // 0.0344 and 0.00172; closing costs 0.00946
    desk.run(15_000);
    expect([desk.memory().phase, desk.held(), desk.open(lead.id)]).toEqual(["hold", ["-10", "10"], []]);
    desk.run(300_000);
    expect([desk.memory().phase, desk.open(lead.id)]).toEqual(["leg2", ["buy 10 @ 1.7166"]]);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.memory().last?.funding).toEqual({ lead: "0.0344", hedge: "0.00172", net: "0.03612" });
  });

  it("S3.19 collect: closed where it does not pay enough, or no longer does", () => {
    const poor = opened({ start, stamp, params: { betweenLegsMs: 2_000, fundingPolicy: "collect" } });
    poor.funding(stamp, 0.0004, 0); // 0.00688
    poor.run(15_000);
    expect(poor.held()).toEqual(["0", "0"]);

    const turned = opened({ start, stamp, params: { betweenLegsMs: 2_000, fundingPolicy: "collect" } });
    turned.funding(stamp, 0.002, 0);
    turned.run(60_000);
    expect(turned.held()).toEqual(["-10", "10"]);
    turned.funding(stamp, -0.002, 0);
    turned.run(5_000);
    expect(turned.held()).toEqual(["0", "0"]);
  });
});

describe("the carry", () => {
  it("keeps the pair through settlements while they pay, and goes on to the second leg when they do not", () => {
    const desk = opened({
      start: clock(14, 40),
      stamp: clock(15),
      params: { betweenLegsMs: 5_000, carry: { enabled: true, minNet: "0.001" } },
    });
    desk.funding(clock(15), 0.0003, 0.0001); // nets 0.00344
    desk.run(8_000);
    expect(desk.memory().phase).toBe("hold");
    desk.run(1_100_000); // 14:58:29, in the window: still held
    expect([desk.memory().phase, desk.held()]).toEqual(["hold", ["-10", "10"]]);
    desk.run(120_000); // past 15:00
    desk.funding(clock(16), 0.0003, 0.0001);
    desk.run(600_000);
    expect(desk.memory().phase).toBe("hold");
    desk.funding(clock(16), 0.00012, 0.0001); // nets 0.000344
    desk.run(3_000);
    expect(desk.open(lead.id)).toEqual(["buy 10 @ 1.7166"]);
    desk.fill("10");
    desk.run(1_000);
    expect(desk.memory().last?.funding).toEqual({ lead: "0.00516", hedge: "-0.00172", net: "0.00344" });
  });

  it("is off unless it is asked for", () => {
    const desk = opened({ start: clock(14, 40), stamp: clock(15), params: { betweenLegsMs: 5_000 } });
    desk.funding(clock(15), 0.01, 0);
    desk.run(8_000);
    expect(desk.memory().phase).toBe("leg2");
  });
});
