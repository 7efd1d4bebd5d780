// What a person should look at, the gravest first: said in a sentence, from what a frame shows.
import type { Frame, Warning } from "dashboard/contract";

/** Clocks may be so far apart, ms: beyond it the windows of signed requests become narrow. */
const skewMost = 1_000;
/** A purse that is so full leaves little room. */
const fullShare = 0.9;
/** A book so old, ms of the market, quotes nothing. */
const staleMs = 5_000;

/** What a frame does not show: why the run is halted, whatever state has followed upon that, and the language of our words. */
export interface WarningsOptions {
  readonly halted: string | undefined;
  readonly lang: "en" | "zh";
}

/** @param frame - without its warnings */
export function warningsOf(frame: Omit<Frame, "warnings">, { halted, lang }: WarningsOptions): readonly Warning[] {
  const { run, markets, accounts, pairs, loop, strategies } = frame;
  const say = (en: string, zh: string) => (lang === "zh" ? zh : en);
  const warnings: Warning[] = [];
  const add = (topic: string, level: Warning["level"], text: string, since?: number) =>
    warnings.push({ topic, level, say: text, ...(since === undefined ? {} : { since }) });
  if (halted !== undefined) add("halted", "alert", `${say("halted", "已中止")}: ${halted}`);
  /** Of an account that has been heard: before that nothing is strange about knowing nothing. */
  const isHeard = (id: string) => {
    const venue = markets.find((market) => market.id === id)?.venue;
    return run.state !== "ended" && accounts.some((each) => each.venue === venue && each.account.state !== "opening");
  };
  for (const { lead, hedge, debt, since, notional = "?" } of pairs) {
    if (debt === undefined && isHeard(lead) && isHeard(hedge))
      add("unknown-hedge", "alert", say(`whether ${lead} is hedged is not known`, `${lead} 是否已对冲未知`));
    if (since !== undefined)
      add("naked", "alert", say(`${lead} is not hedged: ${notional}`, `${lead} 未对冲: ${notional}`), since);
  }
  for (const { venue, market, account } of accounts)
    for (const [text, link] of [
      [say(`the market data of ${venue} are lost`, `${venue} 的行情已断开`), market],
      [say(`the account of ${venue} is not heard`, `${venue} 的账户已断开`), account],
    ] as const)
      if (link.state === "down")
        add("link", "alert", link.why === undefined ? text : `${text}: ${link.why}`, link.since);
  for (const { id, orders, position, bookIsValid, bookAt } of markets) {
    if (position === undefined && isHeard(id))
      add("unknown-position", "warn", say(`what is held of ${id} is not known`, `${id} 的持仓未知`));
    const unknown = orders.filter(({ state }) => state === "unknown").length;
    if (unknown > 0)
      add(
        "unknown-order",
        "alert",
        say(`${unknown} orders in ${id} are in doubt`, `${id} 有 ${unknown} 个订单状态未知`),
      );
    const age = run.marketNow - bookAt;
    if (run.state !== "running" || bookAt === 0) continue;
    if (!bookIsValid) add("stale-book", "warn", say(`the book of ${id} is not whole`, `${id} 的盘口不完整`));
    else if (age > staleMs * run.speed)
      add(
        "stale-book",
        "warn",
        say(
          `the book of ${id} is ${Math.round(age / 1_000)} s old`,
          `${id} 的盘口已 ${Math.round(age / 1_000)} 秒未更新`,
        ),
      );
  }
  for (const { venue, skewMs = 0, budgets } of accounts) {
    if (Math.abs(skewMs) > skewMost)
      add(
        "skew",
        "warn",
        say(`the clock of ${venue} is ${Math.round(skewMs)} ms away`, `${venue} 的时钟相差 ${Math.round(skewMs)} 毫秒`),
      );
    for (const { host, counts, used, capacity, pausedMs } of budgets) {
      if (pausedMs > 0)
        add(
          "budget",
          "alert",
          say(
            `${host} asks for ${Math.ceil(pausedMs / 1_000)} s of silence`,
            `${host} 要求静默 ${Math.ceil(pausedMs / 1_000)} 秒`,
          ),
        );
      else if (used > capacity * fullShare)
        add("budget", "warn", say(`${host}: ${counts} nearly used up`, `${host}: ${counts} 即将用尽`));
    }
  }
  for (const { name, remarks } of strategies)
    for (const remark of remarks) if (remark.alert) add("strategy", "warn", `${name}: ${remark.say}`);
  if (loop.journalSlow)
    add("journal", "alert", say("the journal is slow: no order is placed", "日志写入过慢：暂不下单"));
  return warnings.toSorted((a, b) => Number(b.level === "alert") - Number(a.level === "alert"));
}
