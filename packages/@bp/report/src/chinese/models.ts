// Models between the data and the fills, and what a result leaves out.
import type { Sentence } from "./sentence.ts";

/** Of live, paper and sandbox runs, of backtests and their data. */
export const modelSentences: readonly Sentence[] = [
  ["market: the venue's own, as it was when it reached us", "行情：交易所的真實行情，按送達我方的時間"],
  [
    "queue: prints; what was displayed when our order arrived stands in front of it until prints have used it up",
    "排隊：依市場成交；掛單送達時已顯示的數量排在前面，直到被成交用完",
  ],
  ["market: of the sandbox, generated from the seed, or a recording", "行情：沙盒所生成（依種子），或一份錄製資料"],
  ["fills: by the sandbox exchange's own matching, price then time", "成交：由沙盒交易所撮合，價格優先、時間優先"],
  ["queue: prints", "排隊：只依市場成交前移"],
  ["queue: log", "排隊：依對數機率前移"],
  ["queue: log2", "排隊：依前後對數之比前移"],
  ["queue: share:{}", "排隊：依指數 {} 的機率前移"],
  ["queue: behind:{}", "排隊：依前方佔比的 {} 次方前移"],
  ["queue: {}", "排隊：{}"],
  ["latency: {} ms there, {} ms back", "延遲：去程 {} 毫秒，回程 {} 毫秒"],
  [
    "latency: drawn: {} ms and an exponential {} ms more, each way",
    "延遲：隨機，單程 {} 毫秒再加平均 {} 毫秒的指數分佈",
  ],
  ["latency: a table of {} rows", "延遲：{} 列的實測表"],
  ["market data: as late as they were recorded", "行情延遲：與錄製時相同"],
  ["market data: as late as everything else", "行情延遲：與其他訊息相同"],
  ["fees: of the markets", "手續費：各市場自身費率"],
  ["fees: maker {}, taker {}", "手續費：掛單 {}，吃單 {}"],
  ["candles: pessimistic, {} of their volume", "K 線：悲觀路徑，每單至多成交其量的 {}"],
  ["candles: high-first, {} of their volume", "K 線：先高後低，每單至多成交其量的 {}"],
  ["candles: low-first, {} of their volume", "K 線：先低後高，每單至多成交其量的 {}"],
  ["candles: nearest-first, {} of their volume", "K 線：先到較近的極值，每單至多成交其量的 {}"],
  ["seed: {}", "種子：{}"],
  ["our orders move no market: nobody answers to them", "我方訂單不影響行情：沒有人會回應"],
  ["size that we took is back with the next change of its level", "被我方吃掉的數量在該檔下次變動時恢復"],
  [
    "our orders move no market: size that we took is back with the next change of its level",
    "我方訂單不影響行情：被吃掉的數量在該檔下次變動時恢復",
  ],
  [
    "the traders of a generated market are made up: profit here says nothing of profit there",
    "生成行情中的交易者是虛構的：此處的盈虧不代表真實市場",
  ],
  ["the run has not ended: what is open is valued at its mark", "執行尚未結束：未平倉部位按標記價格計"],
  ["the end of the journal was lost: figures end where it ends", "日誌末尾遺失：數字止於現存的末尾"],
  [
    "the run was made smaller on {}: this is what was worked out then, and it cannot be replayed",
    "本次執行已於 {} 壓縮：以下為當時算出的結果，已無法重播",
  ],
  [
    "places in queues are estimated ({}): fit them from own fills with bot resim",
    "排隊位置為估計值（{}）：可用 bot resim 以自身成交擬合",
  ],
  ["marks: none in the data, the middle of the book stands in for them", "標記價格：資料中沒有，以買賣中間價代替"],
  ["funding: none in the data, drawn from the premium of the marks", "資金費：資料中沒有，由標記價格的溢價推得"],
  [
    "funding of {}: {} of {} rates are in the data, the others are drawn from the premium of the marks",
    "{0} 的資金費：資料中有 {2} 筆費率中的 {1} 筆，其餘由標記價格的溢價推得",
  ],
  [
    "funding of {}: {} rates of the data are not paid, they are for no stamp (every {} h since 1970)",
    "{} 的資金費：資料中有 {} 筆費率不會支付，其時刻不是結算時刻（自 1970 年起每 {} 小時）",
  ],
  [
    "funding rates: {} of the data are not played, they lie beyond all that can be traded ({} to {})",
    "資金費率：資料中有 {} 筆不參與回測，位於可交易時段（{} 至 {}）之外",
  ],
  [
    "marks: {} of the data are not played, they lie beyond all that can be traded ({} to {})",
    "標記價格：資料中有 {} 筆不參與回測，位於可交易時段（{} 至 {}）之外",
  ],
  [
    "no receipt times in the data of {}: its market data are as late as everything else",
    "{} 的資料沒有接收時間：行情延遲與其他訊息相同",
  ],
  ["several exchanges: their clocks are taken to agree", "多個交易所：假定各自時鐘一致"],
  ["no snapshot of {}: the book is what has changed since the data begin", "{} 沒有快照：訂單簿只含資料開始後的變動"],
  ["{} gaps: a book is lost there until the next snapshot", "{} 處缺口：該處訂單簿遺失，直到下一個快照"],
  ["{} gaps: books are lost there until they were told anew", "{} 處缺口：該處訂單簿遺失，直到重新取得"],
  ["the book of {} is lost from {} to the end: no snapshot follows", "{} 的訂單簿自 {} 起遺失至結束：其後沒有快照"],
  [
    "candles alone: no book, no prints, no places in queues; a resting order is met when the price goes beyond it",
    "只有 K 線：沒有訂單簿、成交與排隊位置；價格越過掛單價時才成交",
  ],
  ["{} candles are missing: nothing happens there", "缺 {} 根 K 線：該處沒有任何行情"],
  ["candles are missing in {} places: nothing happens there", "K 線有 {} 處缺漏：該處沒有任何行情"],
  ["counted in the whole file", "按整份檔案計"],
  ["{} is cut: its end is missing", "{} 不完整：缺少末尾"],
  [
    "the book of {} is crossed after {} messages: what trades there is not real",
    "{} 的訂單簿在 {} 則訊息後交叉：當時的成交並不真實",
  ],
  ["{} values of {} cannot be", "{1} 有 {0} 個不可能的值"],
  ["{} lines that are dated before the line above them were left out", "{} 行的時間早於上一行，已略去"],
  ["{} line of {} could not be read", "{1} 有 {0} 行無法讀取"],
  ["{} lines of {} could not be read", "{1} 有 {0} 行無法讀取"],
  ["no prints of {}: queues move by levels alone", "{} 沒有市場成交：排隊只依檔位變動前移"],
  ["prints alone of {}: no book, no places in queues", "{} 只有市場成交：沒有訂單簿與排隊位置"],
  [
    "{} times a book ends with one recording and goes on with another: it is lost between them",
    "訂單簿有 {} 次由一份錄製接到另一份：其間遺失",
  ],
  [
    "{} prices are finer than the tick {} of {} and were rounded away from the middle",
    "{0} 個價格細於 {2} 的最小價格單位 {1}，已向遠離中間價的方向取整",
  ],
  ["{} sizes are finer than the lot {} of {} and were rounded down", "{0} 個數量細於 {2} 的最小數量單位 {1}，已捨去"],
  [
    "{} of them were levels of less than one lot of {} and count as one lot",
    "其中 {} 個檔位不足 {} 的一個單位，按一個計",
  ],
  ["{} of them were prints of less than one lot of {} and were left out", "其中 {} 筆成交不足 {} 的一個單位，已略去"],
  [
    "no books around the fills: spread, adverse selection and markouts are not known",
    "成交前後沒有訂單簿：價差、逆選擇與成交後價格不明",
  ],
  [
    "mids after {} of {} fills are not known: what came of these counts as inventory, near the end as adverse",
    "{1} 筆成交中有 {0} 筆之後的中間價不明：其後盈虧計入庫存，接近結尾者計入逆選擇",
  ],
  ["{} has no price: what is held of it counts as nothing", "{} 沒有價格：其持倉不計價值"],
  [
    "equity was at 0 or below: nothing compounds through that, its returns and their ratios are not known",
    "權益曾為零或負：無法複利，報酬率及其比率不明",
  ],
  ["no capital is known: there are no returns", "資金不明：沒有報酬率"],
];
