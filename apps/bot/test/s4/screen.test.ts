// What the users of a grid see and what their files hold.
import { Big, instrument } from "@bp/core";
import { createTally } from "@bp/report";
import {
  breakEvens,
  checkGrid,
  type GridMemory,
  gridParams,
  payoutOf,
  pointsOf,
  roundTrip,
  weekOf,
} from "@bp/strategies";
import { describe, expect, it } from "vitest";
import type { FileLine, Line } from "../../src/face/system.ts";
import { summaryColumns } from "../../src/face/systems/grid/summary.ts";
import { gridFace } from "../../src/face/systems/grid.ts";
import { eth, layBench, readme } from "./bench.ts";

const second = 1_000;
const params = gridParams.parse({ ...readme, instrument: eth.id });

/** A bench whose grid is watched after every event, as the bot does it. */
const watched = (lang: "en" | "zh" = "zh", options: Parameters<typeof layBench>[0] = {}) => {
  const news: Line[] = [];
  const files: FileLine[] = [];
  let before: GridMemory | undefined;
  const bench = layBench({
    ...options,
    watch: (event, notes, engine) => {
      const memory = engine.memoryOf("grid") as GridMemory; // the only strategy
      const now = { ...moment(bench, lang), event, notes, memory, before: before ?? memory };
      news.push(...gridFace.news(now));
      files.push(...(gridFace.files?.(now) ?? []));
      before = memory;
    },
  });
  return { bench, news, files };
};

const moment = (bench: ReturnType<typeof layBench>, lang: "en" | "zh") => {
  const event = bench.events.at(-1);
  if (event === undefined) throw new Error("nothing has happened yet");
  const memory = bench.memory();
  return {
    view: bench.engine.viewOf("grid"),
    params,
    memory,
    before: memory,
    event,
    notes: [],
    instruments: [eth],
    startedAt: event.at,
    lang,
    figures: () => createTally({ instruments: [eth] }).figures(),
  };
};

describe("S4, before the start", () => {
  const check = (outWant: string) =>
    checkGrid(gridParams.parse({ ...readme, instrument: eth.id, takeProfitPct: outWant }), eth, "4012");

  it("S4.7 a target of 0.29 % is well, 0.28 % is warned of, 0.19 % is refused", () => {
    expect(check("0.29")).toEqual([]);
    expect(check("0.28")).toMatchObject([{ level: "warn", code: "thin-edge" }]);
    expect(check("0.28")[0]?.say).toContain("0.190181 %");
    expect(check("0.28")[0]?.say).toContain("0.29 %");
    expect(check("0.19")).toMatchObject([{ level: "refuse", code: "negative-edge" }]);
  });

  it("S4.7 the break-even moves are 0.170145, 0.180171 and 0.190181 %", () => {
    const { makerMaker, makerTaker, takerTaker } = breakEvens(eth);
    expect([makerMaker, makerTaker, takerTaker].map((each) => each.toFixed(6))).toEqual([
      "0.170145",
      "0.180171",
      "0.190181",
    ]);
  });

  it("S4.6 the README's turn: gross 0.2000, 0.11483 net as maker, 0.10481 as taker", () => {
    const prices = { buy: "4000", sell: "4016" };
    const maker = roundTrip(prices, "0.0125", { buy: "0.00085", sell: "0.00085" });
    const taker = roundTrip(prices, "0.0125", { buy: "0.00095", sell: "0.00095" });
    expect(maker.gross.toFixed(4)).toBe("0.2000");
    expect(maker.net.toFixed(5)).toBe("0.11483");
    expect(taker.net.toFixed(5)).toBe("0.10481");
  });

  it("S4.7 what cannot work is refused too: too little for an order, a lattice below 0, a spot market sold short", () => {
    const market = instrument({
      id: eth.id,
      kind: "spot",
      base: "ETH",
      quote: "USDC",
      tickSize: "0.01",
      lotSize: "0.0001",
      minSize: "0.1",
      maker: "0.00085",
      taker: "0.00095",
    });
    const codes = (raw: object, on = eth) =>
      checkGrid(gridParams.parse({ ...readme, instrument: eth.id, ...raw }), on, "4012").map(({ code }) => code);
    expect(codes({}, market)).toEqual(["too-small"]);
    expect(codes({ cells: 200 })).toEqual(["lattice"]);
    expect(codes({ side: "short" })).toEqual(["side"]);
  });
});

describe("S4, points", () => {
  it("S4.29 100 USDC bring 120 as maker and 80 as taker, 9 bring none", () => {
    const points = (notional: string, liquidity: "maker" | "taker") => pointsOf(new Big(notional), liquidity).toFixed();
    expect([points("100", "maker"), points("100", "taker"), points("9", "maker")]).toEqual(["120", "80", "0"]);
  });

  it("S4.29 a week begins on Thursday 00:00 UTC and is paid on Friday 02:00 UTC after its end; the screen says estimate", () => {
    const thursday = Date.UTC(2026, 0, 1);
    expect(weekOf(eventAt(thursday))).toBe(thursday);
    expect(weekOf(eventAt(thursday - 1))).toBe(thursday - 7 * 86_400_000);
    expect(payoutOf(weekOf(eventAt(thursday)))).toBe(Date.UTC(2026, 0, 9, 2));
    const { bench } = watched("en");
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    const panel = gridFace.panel(moment(bench, "en")).join("\n");
    expect(panel).toContain("points (estimate) 60.0"); // 50 as maker
    expect(panel).toContain("paid out 2026-01-09 02:00 UTC");
  });

  const eventAt = (ms: number) => ms as Parameters<typeof weekOf>[0]; // whole milliseconds
});

describe("S4, screen and files", () => {
  it("S4.24 the summary has its columns, a row a loop, and nothing of it is ever cut", () => {
    const { bench, files } = watched();
    bench.run(31 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(30 * second);
    const summary = files.filter(({ file }) => file === "trade_summary_log.txt").map(({ text }) => text);
    expect(summary[0]).toBe(
      "时间,总买入次数,总卖出次数,累计手续费,USDC可用,币可用,币价值,币价,活跃网格状态,积分(估计),周交易量,Maker比例,总盈亏,日盈亏,最大回撤,波动率,成功率,平均利润",
    );
    const rows = summary.slice(1);
    expect(rows.length).toBe(7);
    for (const row of rows) expect(row.split(",")).toHaveLength(summaryColumns.length);
    const last = rows.at(-1)?.split(",") ?? [];
    expect(last.slice(0, 4)).toEqual(["2026-01-01 14:01:01", "1", "0", "0.042500"]); // 0.000010625 ETH at 4000
    expect(last[8]).toMatch(
      /^99:BUY_RESTING:3960\.00:0\.0126:\d+\|100:HOLDING:4000\.00:0\.0125:\d+\|101:IDLE:4040\.00:0:-$/,
    );
  });

  it("S4.24 a fee paid in ETH is shown at the price of its trade, and lines of success carry 成功", () => {
    const { bench, news, files } = watched();
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    bench.take(eth.id, "buy", "0.0124", "4016.00");
    bench.run(5 * second);
    const lines = news.map(({ text }) => text).filter((text) => text.includes("成功"));
    expect(lines).toEqual([
      "✅ 买入成功: 0.0125 ETH @ 4000.00 = 50.00 USDC, 手续费 0.0425 USDC (0.000010625 ETH), maker, 网格 cell.100.buy",
      "✅ 卖出成功: 0.0124 ETH @ 4016.00 = 49.80 USDC, 手续费 0.04232864 USDC, maker, 网格 cell.100.sell",
    ]);
    expect(news.some(({ text }) => text.startsWith("💰 网格 100 完成"))).toBe(true);
    expect(files.filter(({ file }) => file === "performance.log")).toHaveLength(1);
  });

  it("S4.30 the status shows cells, orders, balances, fees and counts, the current cell, and when the price is outside lattice", () => {
    const { bench } = watched("en", { balances: { USDC: "1000", ETH: "1" } });
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    const panel = gridFace.panel(moment(bench, "en"));
    const text = panel.join("\n");
    expect(text).toContain("🟢   99 3960.00-4000.00 BUY_RESTING: buy 0.0126 @ 3960.00");
    expect(text).toContain("🔴 ▶ 100 4000.00-4040.00 HOLDING cost 4000.00: sell 0.0124 @ 4016.00");
    expect(text).toContain("⏳   101 4040.00-4080.00 IDLE: waits for the price");
    expect(text).toContain("已买入成功 (bought) 1 | 已卖出成功 (sold) 0 | fees so far 0.042500 USDC");
    expect(text).toContain("free 900.10 USDC, 1.0001 ETH | held 0.0125 ETH = 50.11 USDC | price 4011.99");
    expect(text).toContain("current cell 100");
    expect(text).not.toContain("outside lattice");
    bench.price("4081");
    bench.run(2 * second);
    expect(gridFace.panel(moment(bench, "en")).join("\n")).toContain("price is outside lattice");
    expect(gridFace.panel(moment(bench, "zh")).join("\n")).toContain("价格在网格外");
  });

  it("a cell whose sell is cancelled at the end holds, and sells no more", () => {
    const { bench } = watched("en");
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    const before = gridFace.panel(moment(bench, "en"));
    expect(before.at(-1)).toContain("🟢 buying 1 | 🔴 selling 1 | ⏳ pending 1 | in all 3");
    bench.ask("stop");
    bench.run(5 * second);
    expect(bench.open(eth.id)).toEqual([]);
    const [en, zh] = (["en", "zh"] as const).map((lang) => gridFace.final(moment(bench, lang)).join("\n"));
    expect(en).toContain("🟢 buying 0 | 🔴 selling 0 | 🟡 holds 1 | ⏳ pending 2 | in all 3");
    expect(en).toContain("🟡 ▶ 100 4000.00-4040.00 HOLDING cost 4000.00\n");
    expect(zh).toContain("🟢 买入中 0 | 🔴 卖出中 0 | 🟡 持有 1 | ⏳ 等待 2 | 共 3");
  });

  it("S4.22 the end shows the statistics of the run", () => {
    const { bench } = watched("en");
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    bench.take(eth.id, "buy", "0.0124", "4016.00");
    bench.run(5 * second);
    const text = gridFace.final(moment(bench, "en")).join("\n");
    expect(text).toContain("cycles closed 1 | success rate 100.0%");
    expect(text).toContain("grid profit 0.19840 - fees 0.08483 = 0.11357 USDC");
  });

  it("S4.15 changes of the risk level go into the risk log", () => {
    const bad = { interval: "2198.3", cells: 1, perCell: "549.575", maxLossPct: "5", takeProfitPct: "20" };
    const { bench, files, news } = watched("zh", { price: "2200", balances: { USDC: "1000" }, params: bad });
    bench.run(10 * second);
    bench.price("2190");
    bench.run(5 * second);
    bench.price("2000");
    bench.run(5 * second);
    expect(files.filter(({ file }) => file === "risk_log.txt").at(-1)?.text).toContain("🚨 紧急停止: largest loss");
    expect(news.some(({ level, text }) => level === "warn" && text.includes("紧急停止"))).toBe(true);
  });
});
