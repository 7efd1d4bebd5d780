// What the users of a ladder see and what their files hold: S1.29, S1.30.
import { createTally } from "@bp/report";
import { type LadderMemory, ladderParams } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import type { FileLine, Line } from "../../src/face/system.ts";
import { ladderFace } from "../../src/face/systems/ladder.ts";
import { type Bench, btc, layBench, sample } from "./bench.ts";

const second = 1_000;

const params = ladderParams.parse({ ...sample, instrument: btc.id });

const moment = (bench: Bench, lang: "en" | "zh") => {
  const event = bench.events.at(-1);
  const first = bench.events[0];
  if (event === undefined || first === undefined) throw new Error("nothing has happened yet");
  const memory = bench.memory();
  return {
    view: bench.engine.viewOf("ladder"),
    params,
    memory,
    before: memory,
    event,
    notes: [],
    instruments: [btc],
    startedAt: first.at,
    lang,
    figures: () => createTally({ instruments: [btc] }).figures(),
  };
};

/** A bench whose ladder is watched after every event, as the bot does it. */
const watched = (lang: "en" | "zh" = "zh") => {
  const news: Line[] = [];
  const files: FileLine[] = [];
  let before: LadderMemory | undefined;
  const bench: Bench = layBench({
    market: btc,
    price: ["59999", "60001", "60000"],
    watch: (event, notes, engine) => {
      const memory = engine.memoryOf("ladder") as LadderMemory; // the only strategy
      const now = { ...moment(bench, lang), event, notes, memory, before: before ?? memory };
      news.push(...ladderFace.news(now));
      files.push(...(ladderFace.files?.(now) ?? []));
      before = memory;
    },
  });
  return { bench, news, files, texts: () => news.map(({ text }) => text) };
};

/** S1.13's fills. */
const threeFills = (bench: Bench) => {
  bench.run(2 * second);
  bench.price("58949", "58950", "58950");
  bench.run(2 * second);
};

describe("S1, the dashboard", () => {
  it("S1.29 three fills at a price of 59400 in the original's words and digits", () => {
    const { bench } = watched();
    threeFills(bench);
    bench.price("59399", "59401", "59400");
    bench.run(second);
    const panel = ladderFace.panel(moment(bench, "zh"));
    for (const line of [
      "交易对: BTC_USDC",
      "WebSocket 状态: 已连接",
      "当前价格: 59400.0 USDC",
      "涨跌幅: ↑ 0.11 %",
      "止盈目标: 0.2 % (59561 USDC)",
      "完成进度: 55 %",
      "总订单数: 9",
      "已成交订单: 3",
      "成交总金额: 62.30 USDC",
      "成交总数量: 0.001050 BTC",
      "平均成交价: 59335.00 USDC",
      "保本价: 59441.95 USDC",
      "当前持仓价值: 62.37 USDC",
      "盈亏金额: ↑ 0.07 USDC | 扣除手续费后: ↓ 0.04 USDC",
      "盈亏百分比: ↑ 0.11 %",
      "价格数据来源: 最新成交 (WebSocket)",
      "脚本启动时间: 2026-01-01 14:00:00 UTC",
      "运行时间: 00:00:04",
    ])
      expect(panel).toContain(line);
    expect(panel.join("\n")).toMatch(/当前时间: 2026-01-01 14:00:05 UTC[\s\S]*市场信息[\s\S]*订单统计[\s\S]*最后更新/);
  });

  it("S1.29 the same in English", () => {
    const { bench } = watched("en");
    threeFills(bench);
    bench.price("59399", "59401", "59400");
    bench.run(second);
    const panel = ladderFace.panel(moment(bench, "en"));
    for (const line of [
      "orders: 9",
      "filled: 3",
      "amount: 62.30 USDC",
      "quantity: 0.001050 BTC",
      "average: 59335.00 USDC",
      "rise: ↑ 0.11 %",
      "progress: 55 %",
      "value: 62.37 USDC",
      "P&L: ↑ 0.07 USDC | after fees: ↓ 0.04 USDC",
      "P&L %: ↑ 0.11 %",
    ])
      expect(panel).toContain(line);
  });

  it("shows what is not known as that, and full progress as 100", () => {
    const { bench } = watched();
    bench.run(2 * second);
    expect(ladderFace.panel(moment(bench, "zh"))).toEqual(
      expect.arrayContaining(["涨跌幅: -", "完成进度: -", "成交总数量: 0.000000 BTC", "盈亏金额: - | 扣除手续费后: -"]),
    );
    bench.price("58949", "58950", "58950");
    bench.run(2 * second);
    bench.book(btc.id, "57000", "62001");
    bench.last(btc.id, "62000");
    bench.run(second);
    expect(ladderFace.panel(moment(bench, "zh"))).toContain("完成进度: 100 %");
  });

  it("tells the plan, the orders, the trades, the sale and the cycle as they come", () => {
    const { bench, texts, news } = watched();
    threeFills(bench);
    bench.run(20 * second);
    bench.price("59700", "59702", "59701");
    bench.run(20 * second);
    const said = texts().join("\n");
    expect(said).toContain("计划总金额 1000.00 USDC, 实际总金额 997.39 USDC, 9 个订单");
    expect(said).toContain("计划订单 1: 60000 × 0.00022 = 13.20 USDC");
    expect(said).toMatch(/USDC: 总额 100000, 可用 100000, 锁定 0, 价值 100000\.00 USDC/);
    expect(said).toMatch(/订单已创建: \S+ 买入 0\.00022 @ 60000, 挂单 9/);
    expect(
      texts().filter((each) => each.startsWith("订单已创建") && each.includes("买入 0.00022 @ 60000")),
    ).toHaveLength(1);
    expect(said).toMatch(/买入成交: 0\.00022 BTC @ 60000, 手续费 0\.01122000 USDC, rung\.0/);
    expect(said).toContain("统计更新: 已成交 3/9, 62.30 USDC, 0.001050 BTC, 均价 59335.00");
    expect(news.filter(({ level }) => level === "debug")[0]?.text).toMatch(
      /^止盈检查: 当前价 58950\.00, 均价 59335\.00, 涨幅 -0\.65 %, 目标 0\.2 % \(59561\)$/,
    );
    expect(said).toMatch(/卖出 \(止盈\): 当前价 59700\.00.*撤销 6 个买单/);
    expect(said).toMatch(/第 1 轮完成 \(止盈\): 卖出 0\.00104 BTC/);
    expect(said).toContain("5 秒后重新建立");
    expect(texts().filter((each) => each.startsWith("计划总金额"))).toHaveLength(2);
  });

  it("S1.30 the cycle file gets one line for each finished cycle, and none for others", () => {
    const { bench, files } = watched();
    threeFills(bench);
    expect(files).toEqual([]);
    bench.price("59700", "59702", "59701");
    bench.run(20 * second);
    expect(files).toHaveLength(1);
    expect(files[0]?.file).toBe("auto_trading_cycle_{date}.log");
    expect(files[0]?.text).toMatch(
      /^2026-01-01 14:00:0\d cycle=1 market=BTC_USDC why=take-profit started=2026-01-01T14:00:00 ended=2026-01-01T14:00:0\d lasted=00:00:0\d from=60000 rungs=3\/9 bought=0\.00105 spent=62\.30175 sold=0\.00104 received=62\.088 fees=0\.11\d+ net=0\.\d+ dust=0\.0000091075 dustCost=0\.5\d+$/,
    );
    bench.run(2 * second);
    bench.price("59600", "59602", "59601");
    bench.run(2 * second);
    bench.price("61000", "61002", "61001");
    bench.run(20 * second);
    expect(files.map(({ text }) => /cycle=\d/.exec(text)?.[0])).toEqual(["cycle=1", "cycle=2"]);
  });

  it("says at the end what it has made and what it holds", () => {
    const { bench } = watched();
    threeFills(bench);
    const [totals, held] = ladderFace.final(moment(bench, "en"));
    expect(totals).toBe("cycles 0 (won 0)  sold for 0.0000 - its cost 0.0000 - fees 0.0000 = net 0.0000 USDC");
    expect(held).toMatch(
      /^held 0\.0010491 BTC, cost 62\.2488, average 59335\.00, break-even 59441\.95, take profit 59561, P&L -0\.40/,
    );
    expect(ladderFace.final(moment(bench, "zh"))[1]).toMatch(/^持仓 0\.0010491 BTC, 成本 62\.2488, 均价 59335\.00/);
  });

  it("the end adds up: what was sold, its cost, the fees of both sides and the net, without what is still held", () => {
    const { bench } = watched();
    threeFills(bench);
    bench.price("59700", "59702", "59701");
    bench.run(20 * second); // 0.00104 of 0.00105 sold at 59700: 62.0880; they cost 59335 each, 61.7084
    bench.price("59600", "59602", "59601");
    bench.run(2 * second);
    bench.fillRungs(1); // the next cycle holds: nothing of it is in the first line
    const [totals, held] = ladderFace.final(moment(bench, "en"));
    expect(totals).toBe("cycles 1 (won 1)  sold for 62.0880 - its cost 61.7084 - fees 0.1115 = net 0.2681 USDC");
    const [made = 0, cost = 0, fees = 0, net = 0] = (totals?.match(/\d+\.\d{4}/g) ?? []).map(Number);
    expect((made - cost - fees - net).toFixed(6)).toBe("0.000000");
    expect(ladderFace.final(moment(bench, "zh"))[0]).toBe(
      "完成轮数 1 (盈利 1)  卖出收入 62.0880 - 其成本 61.7084 - 手续费 0.1115 = 净利 0.2681 USDC",
    );
    const there = bench.balance("backpack", "BTC"); // the bench begins with 2
    expect(Number(/^held (\S+) BTC/.exec(held ?? "")?.[1])).toBeCloseTo(Number(there) - 2, 8);
    expect(/^held (\S+) BTC/.exec(held ?? "")?.[1]).toMatch(/^0\.\d{1,8}$/);
  });
});
