// Where a ladder goes when the price leaves it: S1.20 and S1.21 upwards, S1.22 downwards.
import { funds } from "@bp/risk";
import { constantLatency } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { type Bench, btc, btcPerp, layBench, sol } from "./bench.ts";

const second = 1_000;
const solAt150 = ["149.99", "150.01", "150.00"] as const;

const ladderAt150 = (params: Readonly<Record<string, unknown>> = {}): Bench => {
  const bench = layBench({ price: solAt150, params });
  bench.run(2 * second);
  expect(bench.rungs()).toHaveLength(9);
  return bench;
};

describe("S1, a price that leaves the ladder upwards", () => {
  it("S1.20 after 180 s without a fill all rungs come down and a ladder hangs from 152.00", () => {
    const bench = ladderAt150();
    bench.price("151.99", "152.01", "152.00");
    bench.run(175 * second);
    expect(bench.cancels()).toBe(0);
    bench.run(8 * second);
    expect(bench.cancels()).toBe(9);
    expect(bench.rungs()).toHaveLength(9);
    expect(bench.rungs()[0]).toBe("152.00 x 0.08");
    expect(bench.memory()).toMatchObject({ cycle: 1, phase: "monitoring" });
  });

  it("S1.20 the rungs are all gone before a new one is placed", () => {
    const bench = ladderAt150();
    bench.price("151.99", "152.01", "152.00");
    bench.run(190 * second);
    const kinds = bench.sent().flatMap(({ command }) => (command.type === "account.ask" ? [] : [command.type]));
    expect(kinds).toEqual([
      ...Array.from({ length: 9 }, () => "order.place"),
      ...Array.from({ length: 9 }, () => "order.cancel"),
      ...Array.from({ length: 9 }, () => "order.place"),
    ]);
    const ended = bench.events.findLastIndex(({ type }) => type === "order.cancelled");
    const accepted = bench.events.findIndex(({ type }, at) => type === "order.accepted" && at > ended);
    expect(accepted).toBeGreaterThan(ended);
    expect(bench.events.slice(0, ended).filter(({ type }) => type === "order.accepted")).toHaveLength(9);
  });

  it("S1.20 one fill of 0.01 keeps it where it is", () => {
    const bench = ladderAt150();
    bench.run(98 * second);
    bench.take(sol.id, "sell", "0.01", "150.00");
    bench.price("151.99", "152.01", "152.00");
    bench.run(600 * second);
    expect(bench.memory().lot?.size.toFixed()).toBe("0.01");
    expect(bench.cancels()).toBe(0);
    expect(bench.rungs()[0]).toBe("150.00 x 0.07");
    expect(bench.said("are less than the market takes")).toHaveLength(1); // its fee left less than a lot of it
  });

  it("S1.20 without autoRestartNoFill it never moves", () => {
    const bench = ladderAt150({ reanchorOnNoFill: false });
    bench.price("151.99", "152.01", "152.00");
    bench.run(600 * second);
    expect(bench.cancels()).toBe(0);
  });

  it("S1.20 a rung that fills while it is being taken away keeps the ladder where it was", () => {
    const bench = layBench({ price: solAt150, seat: { latency: constantLatency(400) } });
    bench.run(5 * second);
    expect(bench.rungs()).toHaveLength(9);
    bench.price("151.99", "152.01", "152.00");
    bench.until("cancels on their way", () => bench.cancels() > 0, 200 * second);
    bench.book(sol.id, "149.00", "152.01");
    bench.take(sol.id, "sell", "0.08", "150.00");
    bench.run(10 * second);
    expect(bench.memory().ladder?.anchor).toBe(15_000);
    expect(bench.rungs()[0]).toBe("148.68 x 0.13");
    expect(bench.rungs()).toHaveLength(8);
  });

  it("S1.21 30 cents are less than a rung's step: nothing is cancelled", () => {
    const bench = ladderAt150();
    bench.price("150.29", "150.31", "150.30");
    bench.run(600 * second);
    expect(bench.cancels()).toBe(0);
    expect(bench.placed()).toHaveLength(9);
    bench.price("151.31", "151.33", "151.32"); // 1.3125 and more
    bench.run(5 * second);
    expect(bench.rungs()[0]).toBe("151.32 x 0.08");
  });
});

/** BTC's ladder full: 0.01759 at 56702.26. */
const full = (params: Readonly<Record<string, unknown>>): Bench => {
  const bench = layBench({ market: btcPerp, price: ["59999", "60001", "60000"], params });
  bench.run(2 * second);
  bench.price("55799", "55800", "55800");
  bench.run(2 * second);
  expect(bench.position(btcPerp.id)).toBe("0.01759");
  return bench;
};
const at54000 = (bench: Bench) => {
  const before = bench.placed().length;
  bench.book(btcPerp.id, undefined, undefined); // from one moment to the next
  bench.run(20);
  bench.last(btcPerp.id, "54000");
  bench.run(20);
  bench.book(btcPerp.id, "53999", "54001");
  bench.run(60 * second);
  return bench.placed().slice(before);
};
const drops = (bench: Bench) => bench.said("ladder/drop");

describe("S1, a price that falls below the ladder", () => {
  it("S1.22 10 % below 60000 is told once, with what it has cost so far: -47.53 USDC", () => {
    const bench = full({});
    expect(at54000(bench)).toEqual([]);
    expect(drops(bench)).toEqual([
      "ladder/drop: 54000 is 10.00 % below 60000 (limit 7 %): -47.53 USDC on 0.01759 BTC at 56702.26; the rungs stay",
    ]);
    expect(bench.notes.filter(({ rule, why }) => rule === "alert" && why.includes("-47.53"))).toHaveLength(1);
  });

  it("S1.22 it is told again when it falls further, by whole percents", () => {
    const bench = full({});
    for (let price = 55_790; price >= 54_000; price -= 10) {
      bench.price(String(price - 1), String(price + 1), String(price));
      bench.run(second);
    }
    expect(drops(bench)).toHaveLength(4); // 7, 8, 9 and 10
    expect(drops(bench).at(-1)).toContain("-47.53");
  });

  it("S1.22 onMaxDrop hold places nothing, and goes on waiting for the profit", () => {
    const bench = full({ onMaxDrop: "hold" });
    expect(at54000(bench)).toEqual([]);
    expect(bench.open(btcPerp.id)).toEqual([]);
    bench.price("56917", "56920", "56918");
    bench.run(2 * second);
    expect(bench.memory().phase).toBe("monitoring");
    bench.price("56924", "56926", "56925"); // 56702.26 and 0.2 % after fees are 56917.9… rounded up
    bench.run(2 * second);
    expect(bench.memory().lastCycle?.why).toBe("take profit");
  });

  it.each([
    ["alert", 3],
    ["hold", 0],
  ])("S1.22 onMaxDrop %s wishes %i of the three rungs that there was no money for", (onMaxDrop, count) => {
    const bench = layBench({
      market: btc,
      price: ["59999", "60001", "60000"],
      balances: { USDC: "300" },
      rules: [funds()],
      params: { onMaxDrop },
    });
    bench.run(2 * second);
    bench.price("57374", "57375", "57375");
    bench.run(2 * second);
    expect(bench.memory().wishes).toHaveLength(3);
    bench.price("53999", "54001", "54000");
    bench.run(2 * second);
    expect(bench.memory().drop).toBeDefined();
    expect(bench.memory().wishes).toHaveLength(count);
  });

  it("S1.22 onMaxDrop stop sells 0.01759 within the cap, once, and waits for a person", () => {
    const bench = full({ onMaxDrop: "stop" });
    expect(at54000(bench)).toEqual(["sell 0.01759 @ 53730 ioc reduce-only"]); // 53999 less 0.5 %, rounded up
    expect(bench.position(btcPerp.id)).toBe("0.00000");
    expect(bench.memory()).toMatchObject({ phase: "stopped", lastCycle: { why: "max drop" } });
    expect(bench.engine.view.halted).toMatch(/max drop: cycle 1 sold 0\.01759 BTC/);
    bench.run(600 * second);
    expect(bench.placed().filter((each) => each.startsWith("sell"))).toHaveLength(1);
    bench.ask("resume");
    bench.run(2 * second); // the sale was the last print
    expect(bench.rungs()[0]).toBe("53999 x 0.00024");
  });

  it("S1.22 onMaxDrop stop goes on until all is sold when the book is thin", () => {
    const bench = full({ onMaxDrop: "stop" });
    bench.book(btcPerp.id, [["53999", "0.01000"]], "54001");
    bench.last(btcPerp.id, "54000");
    bench.run(2 * second);
    expect(bench.memory().phase).toBe("selling");
    bench.price("53899", "53901", "53900");
    bench.run(10 * second);
    expect(bench.memory().lastCycle?.sold.toFixed()).toBe("0.01759");
  });

  it("S1.22 onMaxDrop trail sells when the price has come down by 1 % from its highest since", () => {
    const bench = full({ onMaxDrop: "trail" });
    expect(at54000(bench)).toEqual([]);
    bench.price("54999", "55001", "55000");
    bench.run(5 * second);
    bench.price("54459", "54461", "54460"); // 1 % below 55000 is 54450
    bench.run(5 * second);
    expect(bench.position(btcPerp.id)).toBe("0.01759");
    bench.price("54449", "54451", "54450");
    bench.run(5 * second);
    expect(bench.memory()).toMatchObject({ phase: "stopped", lastCycle: { why: "max drop" } });
  });
});
