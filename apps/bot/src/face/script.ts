// In which words a run is told.
import type { Look } from "@bp/report";
import type { Recipe } from "../wire-up.ts";

/**
 * The maker's original speaks Traditional Chinese, those of the other systems Simplified: a run of makers alone is told in
 * the first, any other in the second.
 */
export function scriptOf(lang: "en" | "zh", { strategies }: Pick<Recipe, "strategies">): Script {
  if (lang === "en") return "en";
  return strategies.every(({ use }) => use === "maker") ? "hant" : "hans";
}

/** English, Traditional or Simplified Chinese. */
export type Script = "en" | "hant" | "hans";

/** The same for the texts of reports. */
export function languageIn(script: Script): Pick<Look, "language" | "script"> {
  return script === "en" ? { language: "en" } : { language: "zh", script };
}

/** What the console says of a run, whatever its system is. */
export interface ConsoleWords {
  readonly run: string;
  readonly resumed: string;
  readonly market: string;
  readonly journal: string;
  readonly unkept: string;
  readonly warning: string;
  readonly abandoned: (run: string) => string;
  readonly leave: string;
  readonly stopping: string;
  readonly equal: string;
  readonly differs: string;
  readonly ended: (code: number) => string;
  readonly replay: string;
  readonly report: string;
}

/** The words of each language. */
export const consoleWords: Readonly<Record<Script, ConsoleWords>> = {
  en: {
    run: "run     ",
    resumed: "resumed",
    market: "market  ",
    journal: "journal ",
    unkept: "in memory alone: nothing is kept",
    warning: "warning ",
    abandoned: (run) => `run ${run} has not ended and does not go on here: look at your open orders`,
    leave: "Ctrl+C stops: own orders are cancelled and verified, the position stays",
    stopping: "stopping: ",
    equal: "the exchange's own ledger equals ours to the last unit",
    differs: "THE EXCHANGE'S LEDGER DIFFERS: ",
    ended: (code) => `ended with code ${code}: `,
    replay: "replay  ",
    report: "report  ",
  },
  hans: {
    run: "运行",
    resumed: "恢复",
    market: "市场",
    journal: "日志",
    unkept: "仅在内存中，不保存",
    warning: "警告",
    abandoned: (run) => `运行 ${run} 尚未结束，也不在此继续：请检查你的挂单`,
    leave: "Ctrl+C 停止：撤销并核实自己的挂单，持仓保留",
    stopping: "正在停止：",
    equal: "交易所账本与本程序的账目完全一致",
    differs: "交易所账本不一致：",
    ended: (code) => `以代码 ${code} 结束：`,
    replay: "重放",
    report: "报告",
  },
  hant: {
    run: "執行",
    resumed: "恢復",
    market: "市場",
    journal: "日誌",
    unkept: "僅在記憶體中，不保存",
    warning: "警告",
    abandoned: (run) => `執行 ${run} 尚未結束，也不在此繼續：請檢查你的掛單`,
    leave: "Ctrl+C 停止：撤銷並核實自己的掛單，持倉保留",
    stopping: "正在停止：",
    equal: "交易所帳本與本程式的帳目完全一致",
    differs: "交易所帳本不一致：",
    ended: (code) => `以代碼 ${code} 結束：`,
    replay: "重放",
    report: "報告",
  },
};
