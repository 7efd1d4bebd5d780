// Acts and the tour in traditional Chinese.
import type { enActs } from "./acts.en.ts";

/** Acts and tour. */
export const zhTWActs: Readonly<Record<keyof typeof enActs, string>> = {
  "act.pause": "暫停",
  "act.pause.say": "撤回報價，持倉保留，可繼續。",
  "act.resume": "繼續",
  "act.resume.say": "重新報價。",
  "act.stop": "停止",
  "act.stop.title": "停止本次執行？",
  "act.stop.say":
    "撤銷全部訂單，並向每個交易所核實。持倉保留，此後無人看管；若一對倉位只剩一邊，則將其平掉。執行結束，程序退出。",
  "act.flatten": "平倉",
  "act.flatten.title": "平倉並結束本次執行？",
  "act.flatten.say": "撤銷全部訂單並核實，然後按市價平掉本次執行的全部持倉（需付價差與吃單手續費）。執行結束。",
  "act.halt": "急停",
  "act.halt.title": "急停：立即停止一切？",
  "act.halt.say":
    "撤銷全部訂單並核實。不平任何倉位：持倉保留，包括單邊倉位。在有人於命令列執行 “bot resume” 之前，這些帳戶不再交易。",
  "act.halt.here": "撤銷全部訂單並核實，不平倉。交易所在此機器人的程序內：帳戶隨執行一起結束，重新啟動後立即交易。",
  "act.done": "{act}：已交給機器人。",
  "act.held": "當前持倉：{held}。",
  "act.held.last": "最後所知的持倉：{held}。",
  "act.hold": "按住：{act}",
  "act.type": "或輸入 {word} 並按 Enter",
  "act.viewer": "此權杖只能查看，不能操作。請用操作員權杖開啟頁面。",
  "tour.name": "導覽",
  "tour.step": "第 {step} 步，共 3 步",
  "tour.next": "下一步",
  "tour.back": "上一步",
  "tour.end": "完成",
  "tour.away": "以後再說",
  "tour.more": "如何操作",
  "tour.params": "更改一個參數，看下一批報價",
  "tour.params.say":
    "選一個執行中可改的參數（例如做市的 spreadPct），查看計畫並套用。然後回到機器人頁：訂單簿裡的下一批報價就按新參數掛出。",
  "tour.params.go": "前往參數",
  "tour.fault": "製造一個故障",
  "tour.fault.hedge":
    "讓 Aster 的回應丟失十秒：已發出的訂單可能存在，也可能不存在，沒有人知道。請看對沖面板：未對沖的敞口有上限，並會及時平回。",
  "tour.fault.other":
    "讓交易所的回應丟失十秒。帳戶推送未告知的訂單顯示為未知，機器人會向交易所查詢，不會重複下單。想看對沖，請從表單啟動一個：它的導覽會丟失 Aster 的回應，未對沖部分始終有界。",
  "tour.fault.start": "前往表單",
  "tour.fault.go": "讓回應丟失十秒",
  "tour.fault.none": "此機器人的程序內沒有沙盒，無法製造故障。",
  "tour.report": "開啟報告",
  "tour.report.say": "錢從哪裡來、到哪裡去：價差、手續費、資金費、每筆成交後的行情，以及每條起作用的規則。",
  "tour.report.none": "本次執行沒有日誌，因此沒有報告。",
  "tour.watch": "查看機器人",
};
