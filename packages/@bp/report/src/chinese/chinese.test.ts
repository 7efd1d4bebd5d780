// Every sentence that an analysis can hold has its Chinese.
import { describe, expect, it } from "vitest";
import { createAnalyst } from "../analysis/analyst.ts";
import { fullText } from "../page/fullText.ts";
import { reportPage } from "../page/page.ts";
import { perp, scene } from "../scene.fixture.ts";
import { chineseOf } from "./chinese.ts";
import { figureSentences } from "./figures.ts";
import { modelSentences } from "./models.ts";
import { sharedSentences } from "./shared.ts";

/** Two English words in a row, which no name of a figure in the JSON is. */
const english = /[a-z]{3,} [a-z]{2,}/i;

/** Of two markets with one coin, so that there is a group of hedging. */
function analysis() {
  const other = { ...perp, id: "aster-futures:SOLUSDT" as const };
  const log = scene();
  const analyst = createAnalyst({ instruments: [perp, other], capital: "1000" });
  log.book("99.99", "100.01");
  log.now += 1_000;
  log.trade("buy", "99.99", "2");
  for (const entry of log.entries) analyst.entry(entry);
  return analyst.analysis({
    run: "r",
    mode: "paper",
    models: ["queue: share:2.5", "latency: 20 ms there, 20 ms back"],
    lacks: [
      "our orders move no market: nobody answers to them",
      "mids after 3 of 40 fills are not known: what came of these counts as inventory, near the end as adverse",
    ],
  });
}

describe("chineseOf", () => {
  it("knows what every figure is made of", () => {
    const { metrics } = analysis();
    expect(new Set(metrics.map(({ group }) => group)).size).toBe(8);
    expect(metrics.map(({ how }) => chineseOf(how)).filter((each) => english.test(each))).toEqual([]);
  });

  it("keeps numbers and names, in the order of the language", () => {
    expect(chineseOf("equity every 60 s, 525600 periods a year (365 days), risk-free rate 0.02")).toBe(
      "每 60 秒取樣權益，一年 525600 期（365 天），無風險利率 0.02",
    );
    expect(
      chineseOf(
        "mids after 3 of 40 fills are not known: what came of these counts as inventory, near the end as adverse",
      ),
    ).toMatch(/^40 筆成交中有 3 筆/);
    expect(
      chineseOf(
        "Sharpe / penalty for autocorrelation; equity every 1 s, 2 periods a year (365 days), risk-free rate 0",
      ),
    ).toBe("夏普 ÷ 自相關懲罰；每 1 秒取樣權益，一年 2 期（365 天），無風險利率 0");
  });

  it("leaves alone what is no sentence of ours, however it is made", () => {
    for (const text of ["", "a model of mine", "queue", "$& {} {0}", "x".repeat(100_000)])
      expect(chineseOf(text)).toBe(text);
    const hostile = "funding of : of of : of of ".repeat(20);
    const from = process.threadCpuUsage();
    expect(chineseOf(hostile)).toBe(hostile);
    expect(process.threadCpuUsage(from).user).toBeLessThan(1_000_000); // µs of work: what others do meanwhile does not count
    expect(chineseOf("no snapshot of $1 {0}: the book is what has changed since the data begin")).toContain("$1 {0}");
  });

  it("puts in all that was put in", () => {
    const holes = (text: string) => (text.match(/\{\d?\}/g) ?? []).length;
    const all = [...sharedSentences, ...figureSentences, ...modelSentences];
    expect(all.filter(([en, zh]) => holes(en) !== holes(zh))).toEqual([]);
    expect(new Set(all.map(([en]) => en)).size).toBe(all.length);
  });
});

describe("a report in Chinese", () => {
  it("says in Chinese what figures are made of, models and what is left out", () => {
    const text = fullText(analysis(), { language: "zh", paint: "plain" });
    expect(text).toContain("我方訂單不影響行情：沒有人會回應");
    expect(text).toContain("排隊：依指數 2.5 的機率前移");
    expect(text.split("\n").filter((line) => english.test(line.replaceAll(/\S+:SOL\S+/g, "")))).toEqual([]);
    const page = reportPage(analysis(), { chart: { script: "", style: "" }, sha256: () => "", language: "zh" });
    expect(page).toContain(
      '<li><span lang="en">queue: share:2.5</span><span lang="zh-Hant">排隊：依指數 2.5 的機率前移</span></li>',
    );
  });
});
