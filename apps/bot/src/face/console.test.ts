// What the console says of every run, by runs in memory; what it says in the end of a run that nobody has kept.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { example } from "../../test/files.ts";
import { runBot } from "../../test/process.ts";
import type { Finished } from "../../test/table.ts";

const short = ["--memory", "--duration", "90"];
const maker = ["start", example("s2.env"), "--exchange", "backpack", "--symbol", "SOL_USDC_PERP", "--spread", "0.2"];

/** The output of a run in a folder of its own. */
const run = async (finished: Finished, args: readonly string[]): Promise<string> => {
  const cwd = mkdtempSync(join(tmpdir(), "bp-console-"));
  finished(() => rmSync(cwd, { recursive: true, force: true }));
  const { code, stdout, stderr } = await runBot(finished, [...args, ...short], { cwd });
  expect([code, stderr.includes("ended with code")]).toEqual([0, false]);
  return stdout;
};
/** Characters that only one of both scripts writes. */
const onlyTraditional =
  /[執總買賣價盤庫資費實現單當時長這為來備續應認種區選雙兩對過還發與個們狀態計點間倉頭無報調後淨係數虧訂絕幣漲權變佔筆換損潤邊掛帳誌]/u;
const onlySimplified =
  /[执总买卖价盘库资费实现单当时长这为来备续应认种区选双两对过还发与个们状态计点间仓头无报调净数亏订绝币涨权变占笔换损润边挂帐]/u;

describe("the console", () => {
  it("leaves out what cannot be read again when nothing is kept", async ({ onTestFinished }) => {
    const kept = await run(onTestFinished, [...maker, "--lang", "en"]);
    expect(kept).toMatch(/\nreplay {3}bot replay \S+\nreport {3}bot report \S+\n/);
    expect(kept).toMatch(/\njournal {2}\S+journal\.sqlite\n/);
    const gone = await run(onTestFinished, [...maker, "--lang", "en", "--disable-db"]);
    expect(gone).not.toMatch(/bot replay|bot report|:memory:/);
    expect(gone).toMatch(/\njournal {2}in memory alone: nothing is kept\n/);
  });

  it("says how a run is read again whose journal is not the usual one", async ({ onTestFinished }) => {
    const said = await run(onTestFinished, [...maker, "--lang", "en", "--journal", "my runs.sqlite"]);
    const [, verb, id, file] = /\nreplay {3}bot (replay) (\S+) --journal '(\/.*\/my runs\.sqlite)'\n/.exec(said) ?? [];
    expect(verb).toBe("replay");
    expect(said).toContain(`\nreport   bot report ${id} --journal '${file}'\n`);
  });

  it("tells the maker's run in its original's Traditional Chinese", async ({ onTestFinished }) => {
    const said = await run(onTestFinished, [...maker, "--lang", "zh"]);
    for (const words of [
      "市場 backpack:SOL_USDC_PERP",
      "── 市場狀態 ──",
      "正在停止：",
      "── 執行總結 ──",
      "\n重放 bot replay",
    ])
      expect(said).toContain(words);
    expect(said).not.toMatch(onlySimplified);
  });

  it.for(["backpack_trading_config.json", "hedge_futures.yaml", "grid.config.json"])(
    "tells a run of %s in its original's Simplified Chinese, the summary too",
    async (file, { onTestFinished }) => {
      const said = await run(onTestFinished, ["start", example(file), "--lang", "zh"]);
      for (const words of ["运行 ", "正在停止：", "── 运行总结 ──", "手续费", "\n报告 bot report"])
        expect(said).toContain(words);
      expect(said).not.toMatch(onlyTraditional);
    },
  );
});
