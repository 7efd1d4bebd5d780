// In which words a run is told.
import { plain } from "@bp/core";
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
  /** @param line - strategy and values @param at - ms since 1970 */
  readonly changedBefore: (line: string, by: string, at: number) => string;
  readonly changed: (line: string, by: string) => string;
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
    changedBefore: (line, by, at) =>
      `parameters are other than the run began with, changed by ${plain(by)} at ${new Date(at).toISOString()}: ${line}; a new run (--no-resume) begins with those of the configuration`,
    changed: (line, by) => `parameters changed by ${plain(by)}: ${line}`,
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
    changedBefore: (line, by, at) =>
      `参数与运行开始时不同，由 ${plain(by)} 于 ${new Date(at).toISOString()} 更改：${line}；新的运行（--no-resume）按配置中的参数开始`,
    changed: (line, by) => `参数已由 ${plain(by)} 更改：${line}`,
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
    changedBefore: (line, by, at) =>
      `參數與執行開始時不同，由 ${plain(by)} 於 ${new Date(at).toISOString()} 更改：${line}；新的執行（--no-resume）按設定中的參數開始`,
    changed: (line, by) => `參數已由 ${plain(by)} 更改：${line}`,
    leave: "Ctrl+C 停止：撤銷並核實自己的掛單，持倉保留",
    stopping: "正在停止：",
    equal: "交易所帳本與本程式的帳目完全一致",
    differs: "交易所帳本不一致：",
    ended: (code) => `以代碼 ${code} 結束：`,
    replay: "重放",
    report: "報告",
  },
};
