// Why a run halts, ends or is refused, as this program says it, in the words of who reads it. What rules, strategies and venues say stays as it is.
import { killWord } from "../bots/registry.ts";
import type { Script } from "./script.ts";
import { takenIn } from "./taken.ts";

/** Words of the session, and who asks by which name, each with its Chinese. */
const words: Readonly<Record<string, Readonly<Record<"hans" | "hant", string>>>> = {
  "time is up": { hans: "时间已到", hant: "時間已到" },
  failed: { hans: "出错", hant: "出錯" },
  "asked to stop": { hans: "按要求停止", hant: "按要求停止" },
  "asked to close everything and stop": { hans: "按要求全部平仓后停止", hant: "按要求全部平倉後停止" },
  "asked to detach: orders stay, and the same command goes on with them": {
    hans: "按要求分离：挂单保留，用同一命令可继续",
    hant: "按要求分離：掛單保留，用同一指令可繼續",
  },
  "orders could not be verified as cancelled": { hans: "无法确认订单已撤销", hant: "無法確認訂單已撤銷" },
  "the dashboard": { hans: "监控面板", hant: "監控面板" },
  "the output was closed": { hans: "输出已关闭", hant: "輸出已關閉" },
  "the bot has ended without a goodbye": { hans: "机器人未告别即已结束", hant: "機器人未告別即已結束" },
  "the bot has ended and could not verify that its orders are gone": {
    hans: "机器人已结束，无法确认其订单已撤销",
    hant: "機器人已結束，無法確認其訂單已撤銷",
  },
  "it is ending already": { hans: "它已在结束", hant: "它已在結束" },
  "the run has not begun yet": { hans: "运行尚未开始", hant: "執行尚未開始" },
  "a person": { hans: "人工", hant: "人工" },
  "a rule": { hans: "规则", hant: "規則" },
};

/** Sentences with names and figures, which stay as they are. */
const patterns: readonly { readonly said: RegExp; readonly hans: string; readonly hant: string }[] = [
  { said: /^Telegram chat (-?\d+)$/, hans: "Telegram 会话 $1", hant: "Telegram 對話 $1" },
  {
    said: /^the bot has not been heard for (\d+) ms$/,
    hans: "机器人已 $1 毫秒没有响应",
    hant: "機器人已 $1 毫秒沒有回應",
  },
  {
    said: /^the account at (\S+) is killed and nothing is traded on it; when you have looked: bot resume (\S+)$/,
    hans: "$1 的账户已急停，不再交易；检查之后执行：bot resume $2",
    hant: "$1 的帳戶已急停，不再交易；檢查之後執行：bot resume $2",
  },
];

/**
 * Says it in a script.
 *
 * @example
 * endingIn("hans", "halted: Telegram chat 42 asked for it"); // 已停机：应“Telegram 会话 42”的要求
 */
export function endingIn(script: Script, why: string): string {
  if (script === "en") return why;
  const isHans = script === "hans";
  const [, how, rest] = /^(halted|done): (.*)$/s.exec(why) ?? [];
  if (how === "halted") return `${isHans ? "已停机" : "已停機"}：${endingIn(script, rest ?? "")}`;
  if (how === "done") return `完成：${endingIn(script, rest ?? "")}`;
  const [, by] = /^(.+) asked for it$/s.exec(why) ?? [];
  if (by !== undefined) return isHans ? `应“${endingIn(script, by)}”的要求` : `應「${endingIn(script, by)}」的要求`;
  if (why.startsWith(`${killWord} (`) && why.endsWith(")"))
    return `${isHans ? "急停开关" : "急停開關"} (${killerIn(script, why.slice(killWord.length + 2, -1))})`;
  const [, because] = /^the store, because (.+),$/s.exec(why) ?? [];
  if (because !== undefined) return `${isHans ? "存储，因为" : "儲存庫，因為"}${endingIn(script, because)}`;
  const [, file, blind] = /^the kill file (.+?)(?:, which cannot be looked at \((\w+)\))?$/s.exec(why) ?? [];
  if (file !== undefined) return `${isHans ? "急停文件" : "急停檔案"} ${file}${blindIn(script, blind)}`;
  const [, ask, asker] = /^it is ending already \((\w+), asked by (.+)\)$/s.exec(why) ?? [];
  if (asker !== undefined) return `${endingIn(script, "it is ending already")} (${ask}, ${endingIn(script, asker)})`;
  const pattern = patterns.find(({ said }) => said.test(why));
  if (pattern !== undefined) return why.replace(pattern.said, pattern[script]);
  if (Object.hasOwn(words, why)) return words[why]?.[script] ?? why;
  return takenIn(script, why) ?? why;
}

/** Who used the kill switch, and on which account, as marks and fences say it. */
function killerIn(script: "hans" | "hant", who: string): string {
  const [, by, account, file, blind] =
    /^(?:(.+), )?account ([^\s:]+)(?:: its mark (.+) cannot be looked at \((\w+)\))?$/s.exec(who) ?? [];
  if (account === undefined) return endingIn(script, who);
  const isHans = script === "hans";
  const mark = file === undefined ? "" : `：${isHans ? "其标记" : "其標記"} ${file}${blindIn(script, blind)}`;
  return `${by === undefined ? "" : `${endingIn(script, by)}, `}${isHans ? "账户" : "帳戶"} ${account}${mark}`;
}

/** What cannot be looked at forbids too. @param code - of the system; `undefined`: it can be looked at */
const blindIn = (script: "hans" | "hant", code: string | undefined): string =>
  code === undefined ? "" : ` ${script === "hans" ? "无法查看" : "無法查看"} (${code})`;
