// What alerts say, in the language of the person. What strategies, venues and rules say by themselves stays as they say it.
import { endingIn } from "../face/endings.ts";

/** Language of alerts and answers. */
export type AlertLang = "en" | "zh";

/** All sentences; what stands in them is data. */
export interface AlertWords {
  halted(why: string): string;
  silent(venue: string, seconds: number, why: string): string;
  back(venue: string): string;
  unknown(count: number, list: string): string;
  known: string;
  fired(why: string): string;
  cleared(what: string): string;
  notCleared(what: string): string;
  awake: string;
  unstarted(why: string): string;
  began(resumed: boolean, markets: string): string;
  ended(why: string, code: number, money: string): string;
  noTrades: string;
  traded(fills: number, volume: string, realized: string, fees: string): string;
  day(date: string, traded: string, net: string, volume: string): string;
  repeated(times: number): string;
  leftOut(count: number): string;
  nothingYet: string;
  running(seconds: number): string;
  isPaused(seconds: number): string;
  orders(count: number): string;
  money(net: string, volume: string, fills: number): string;
  strangers(messages: number, chats: number): string;
  paused: string;
  resumed: string;
  killed(lasts: boolean): string;
  late(command: string): string;
  before(command: string): string;
  notDone(command: string, why: string): string;
  whose(name: string): string;
  readonly over: string;
  help: string;
}

const en: AlertWords = {
  halted: (why) => `halted: ${why}`,
  silent: (venue, seconds, why) => `${venue} has been silent for ${seconds} s: ${why}`,
  back: (venue) => `${venue} is back`,
  unknown: (count, list) => `${count} orders in doubt, nobody knows whether they stand; nothing is sent again: ${list}`,
  known: "no order is in doubt any more",
  fired: (why) => `the watchdog fired: ${why}. It takes the orders back`,
  cleared: (what) => `the watchdog is done: ${what}`,
  notCleared: (what) => `the watchdog is NOT done, orders may rest, look at the account: ${what}`,
  awake: "the bot is awake again and goes on from what the venues say",
  unstarted: (why) => `did not start: ${why}`,
  began: (resumed, markets) => `${resumed ? "goes on" : "begins"}: ${markets}`,
  ended: (why, code, money) => `ended (${why}), code ${code}: ${money}`,
  noTrades: "no trades",
  traded: (fills, volume, realized, fees) => `${fills} trades, volume ${volume}, realized ${realized}, fees ${fees}`,
  day: (date, traded, net, volume) => `${date}: ${traded}. Since the start: net ${net}, volume ${volume}`,
  repeated: (times) => ` (and ${times} times since it was told last)`,
  leftOut: (count) => `\n(${count} older ones were left out)`,
  nothingYet: "nothing has happened yet",
  running: (seconds) => `running for ${seconds} s`,
  isPaused: (seconds) => `PAUSED, of a run of ${seconds} s: nothing new is wished; /resume goes on`,
  orders: (count) => `${count} orders rest or are on their way`,
  money: (net, volume, fills) => `net ${net}, volume ${volume}, ${fills} trades`,
  strangers: (messages, chats) => `${messages} messages of strangers (${chats} chats) were not answered`,
  paused: "paused: nothing new is wished, quotes are taken back; /resume goes on",
  resumed: "resumed",
  killed: (lasts) =>
    `killed: nothing new is placed, own orders are being taken back and checked. ${lasts ? "Positions stay. Nothing trades on these accounts until you say `bot resume` where the bot runs" : "Nothing is closed. The accounts end with the run, because their exchange is part of the bot's process"}`,
  late: (command) => `/${command} is older than a minute and was not done: say it again`,
  before: (command) => `/${command} was said before this run began, and was not done: say it again`,
  notDone: (command, why) => `/${command} was not done: ${why}`,
  whose: (name) => `Telegram does not say now whether @${name} is this bot; say it without @`,
  over: "this run has ended",
  help: "status, pause, resume, kill, each with a slash. kill acts at once: it takes all own orders back, leaves positions, and ends the run",
};

const zh: AlertWords = {
  halted: (why) => `已停机:${endingIn("hans", why)}`,
  silent: (venue, seconds, why) => `${venue} 已 ${seconds} 秒没有消息:${why}`,
  back: (venue) => `${venue} 已恢复`,
  unknown: (count, list) => `${count} 个订单状态未知,不会重发:${list}`,
  known: "所有订单的状态都已确认",
  fired: (why) => `看门狗已触发:${endingIn("hans", why)}。正在撤回挂单`,
  cleared: (what) => `看门狗已完成:${what}`,
  notCleared: (what) => `看门狗尚未完成,可能仍有挂单,请检查账户:${what}`,
  awake: "机器人已恢复运行,按交易所的最新状态继续",
  unstarted: (why) => `未能启动:${endingIn("hans", why)}`,
  began: (resumed, markets) => `${resumed ? "继续运行" : "开始运行"}:${markets}`,
  ended: (why, code, money) => `已结束(${endingIn("hans", why)}),退出码 ${code}:${money}`,
  noTrades: "无成交",
  traded: (fills, volume, realized, fees) => `${fills} 笔成交,成交额 ${volume},已实现盈亏 ${realized},手续费 ${fees}`,
  day: (date, traded, net, volume) => `${date}:${traded}。自启动以来:净盈亏 ${net},成交额 ${volume}`,
  repeated: (times) => `(上次通知后又发生 ${times} 次)`,
  leftOut: (count) => `\n(省略了 ${count} 条较早的消息)`,
  nothingYet: "尚无数据",
  running: (seconds) => `已运行 ${seconds} 秒`,
  isPaused: (seconds) => `已暂停(运行 ${seconds} 秒):不再挂新单;发送 /resume 继续`,
  orders: (count) => `${count} 个订单挂单中或在途`,
  money: (net, volume, fills) => `净盈亏 ${net},成交额 ${volume},${fills} 笔成交`,
  strangers: (messages, chats) => `来自陌生人的 ${messages} 条消息(${chats} 个会话)未予回复`,
  paused: "已暂停:不再挂新单,撤回报价;发送 /resume 继续",
  resumed: "已继续",
  killed: (lasts) =>
    `已急停:不再下新单,正在撤回并核对自己的挂单。${lasts ? "持仓保留。在机器人所在的机器上执行 `bot resume` 之前,这些账户不再交易" : "不平仓。交易所在机器人的进程内,账户随本次运行一起结束"}`,
  late: (command) => `/${command} 已超过一分钟,未执行:请重新发送`,
  before: (command) => `/${command} 是在本次运行开始之前发送的,未执行:请重新发送`,
  notDone: (command, why) => `/${command} 未执行:${endingIn("hans", why)}`,
  whose: (name) => `Telegram 暂时无法确认 @${name} 是否为本机器人;请不带 @ 重新发送`,
  over: "本次运行已结束",
  help: "status、pause、resume、kill,前面加斜杠。kill 立即生效:撤回全部自己的挂单,保留持仓,并结束运行",
};

/** The sentences of a language. */
export const alertWords = (lang: AlertLang): AlertWords => (lang === "zh" ? zh : en);
