// That another process has an account or a journal, as this program says it, in the words of who reads it.
import type { Script } from "./script.ts";

type Chinese = Exclude<Script, "en">;

/**
 * Says it in Chinese; the names in it stay.
 *
 * @param why - a message of `journal/locked`, `journal/account-locked` or `journal/account-traded`
 * @returns `undefined`: it is another one
 */
export function takenIn(script: Chinese, why: string): string | undefined {
  const isHans = script === "hans";
  const [, account, trader] = /^account (.+) is traded by (.+); stop that bot first$/s.exec(why) ?? [];
  if (account !== undefined)
    return isHans
      ? `账户 ${account} 正由${ownerIn(script, trader)}交易；请先停止那个机器人`
      : `帳戶 ${account} 正由${ownerIn(script, trader)}交易；請先停止那個機器人`;
  const [, journal, writer] = /^journal (.+) is in use by (.+); stop that bot first$/s.exec(why) ?? [];
  if (journal !== undefined)
    return isHans
      ? `日志 ${journal} 正被${ownerIn(script, writer)}使用；请先停止那个机器人`
      : `日誌 ${journal} 正被${ownerIn(script, writer)}使用；請先停止那個機器人`;
  const [, traded, other] =
    /^account (.+) was traded meanwhile by (.+); look at its orders and its position, then start again$/s.exec(why) ??
    [];
  if (traded !== undefined)
    return isHans
      ? `账户 ${traded} 期间曾由${ownerIn(script, other)}交易；请检查其订单与持仓，然后重新启动`
      : `帳戶 ${traded} 期間曾由${ownerIn(script, other)}交易；請檢查其訂單與持倉，然後重新啟動`;
  return undefined;
}

/** Whose it is, set off by spaces where it begins or ends with a name. */
function ownerIn(script: Chinese, owner = ""): string {
  const isHans = script === "hans";
  const process = isHans ? "进程" : "程序";
  if (owner === "another process") return `另一${process}`;
  const [, pid, host, run, since] =
    /^(?:this very process|process (\d+)(?: on (\S+))?)(?:, (?:run )?([^,\s]+))?(?:, since (\S+))?$/.exec(owner) ?? [];
  if (pid === undefined && !owner.startsWith("this very process")) return ` ${owner} `;
  const who = pid === undefined ? `本${process}` : `${process} ${pid}`;
  const where = host === undefined ? "" : `${isHans ? "主机" : "主機"} ${host} 上的`;
  const more = [
    ...(run === undefined ? [] : [`${isHans ? "运行" : "執行"} ${run}`]),
    ...(since === undefined ? [] : [`自 ${since} 起`]),
  ];
  return `${where}${who}${more.length === 0 ? " " : `（${more.join("，")}）`}`;
}
