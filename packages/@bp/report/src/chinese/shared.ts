// Half sentences that stand behind many figures.
import type { Sentence } from "./sentence.ts";

/** How equity, round trips, prices and times are looked at. */
export const sharedSentences: readonly Sentence[] = [
  [
    "equity every {} s, {} periods a year (365 days), risk-free rate {}",
    "每 {} 秒取樣權益，一年 {} 期（365 天），無風險利率 {}",
  ],
  [
    "equity at the ends of UTC periods, the first and the last one cut, risk-free rate 0",
    "UTC 各期末的權益，首末兩期不足整期，無風險利率 0",
  ],
  ["benchmark: the first market's price", "基準：首個市場的價格"],
  ["round trips, first in first out, after fees", "來回交易，先進先出，已扣手續費"],
  ["a fill that closes several lots makes a trip of each", "一筆成交平掉多筆持倉時各計一次"],
  ["evenly spread 65,536 of them at most", "最多均勻取 65,536 筆"],
  ["positions at the mark, every {} s", "持倉按標記價格，每 {} 秒"],
  ["at every fill", "逐筆成交計算"],
  ["of several markets their mean", "多個市場取平均"],
  ["resting orders as the log tells them", "依紀錄中的掛單"],
  ["resting fills with a print of the same sweep within 0.1 s", "0.1 秒內有同一波市場成交的掛單成交"],
  ["the same / price, weighted by volume", "同上 ÷ 價格，按成交額加權"],
  ["coins held at two places or more", "在兩處以上持有的幣種"],
  ["fills matched first in first out against the difference that they close", "成交按先進先出對應其消除的差額"],
  ["venue times of the two fills", "兩筆成交的交易所時間"],
  ["stationary bootstrap, blocks of ∛n samples on average, seed {}", "平穩自助法，區塊平均 ∛n 個樣本，種子 {}"],
  ["historical, of one period, a loss is positive", "歷史法，單期，虧損為正"],
  ["population form", "母體公式"],
  ["arithmetic", "算術"],
];
