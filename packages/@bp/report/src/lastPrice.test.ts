// What a position is worth while its market's book is not known.
import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createAnalyst } from "./analysis/analyst.ts";
import { createLastPrice } from "./lastPrice.ts";
import { perp, type Scene, scene, spot } from "./scene.fixture.ts";
import { createTally } from "./tally.ts";

/** Bought 5 at 100; the mid went to 150, then the book is lost. */
function lost(): Scene {
  const log = scene();
  log.book("99.9", "100.1");
  log.trade("buy", "100", "5");
  log.now += 5_000;
  log.book("149.9", "150.1");
  log.now += 10_000;
  log.event({ type: "book.lost", instrument: perp.id, why: "a gap" });
  return log;
}

function both(log: Scene) {
  const tally = createTally({ instruments: [perp] });
  const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
  for (const entry of log.entries) {
    tally.entry(entry);
    analyst.entry(entry);
  }
  const analysis = analyst.analysis({ run: "r", mode: "memory" });
  return {
    net: tally.net().toNumber(),
    equityChange: Number(analysis.profit.equityChange),
    value: (key: string) => analysis.metrics.find((each) => each.key === key)?.value,
  };
}

describe("a book that is lost", () => {
  it("leaves the last mid: no drawdown of a price that never fell, nor of the first market held", () => {
    const log = lost();
    log.now += 3_000;
    log.book("149.9", "150.1");
    log.now += 5_000;
    log.book("150", "150.2");
    const { value } = both(log);
    expect(value("max-drawdown")).toBe(0);
    expect(value("benchmark-return")).toBeCloseTo(0.501, 9);
  });

  it("is the end of some logs, which are worth what they were before it", () => {
    const { net, equityChange, value } = both(lost());
    expect([net, equityChange]).toEqual([250, 250]);
    expect(value("total-return")).toBeCloseTo(0.25, 12);
  });

  it("lets newer prints and fills say the price, and no older ones", () => {
    const log = lost();
    const print = (price: number, venueAt: number) =>
      log.event(
        { type: "trade.printed", instrument: perp.id, price: ticks(price), size: lots(1), taker: "sell" },
        { venueAt },
      );
    print(90_000, log.now - 2_000);
    expect(both(log).net).toBe(250);
    print(140_000, log.now + 1_000);
    expect(both(log)).toMatchObject({ net: 200, equityChange: 200 });
    log.now += 2_000;
    log.trade("buy", "130", "1");
    expect(both(log)).toMatchObject({ net: 150, equityChange: 150 });
    log.trade("sell", "90", "1", { dates: { venueAt: log.now - 60_000 } });
    expect(both(log)).toMatchObject({ net: 110, equityChange: 110 }); // 4 from 100 and 1 from 130 at 130, and 10 lost
  });
});

describe("createLastPrice", () => {
  it("keeps a price over a change of the tick, to the last digit", () => {
    const last = createLastPrice();
    expect([last.in(perp), last.exact()]).toEqual([undefined, undefined]);
    last.tell(100_001, 5, perp);
    last.tell(1, 4, perp);
    expect(last.in(spot)).toBe(10_000.1);
    expect(last.exact()?.toFixed()).toBe("100.001");
  });
});
