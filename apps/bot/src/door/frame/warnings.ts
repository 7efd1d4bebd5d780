// What a person should look at, the gravest first: said in a sentence, from what a frame shows.
import type { Frame, Warning } from "dashboard/contract";

/** Clocks may be so far apart, ms: beyond it the windows of signed requests become narrow. */
const skewMost = 1_000;
/** A purse that is so full leaves little room. */
const fullShare = 0.9;
/** A book so old, ms of the market, quotes nothing. */
const staleMs = 5_000;

/**
 * @param frame - without its warnings
 * @param halted - why the run is halted, whatever state has followed upon that
 */
export function warningsOf(frame: Omit<Frame, "warnings">, halted: string | undefined): readonly Warning[] {
  const { run, markets, accounts, pairs, loop, strategies } = frame;
  const warnings: Warning[] = [];
  const add = (topic: string, level: Warning["level"], text: string, since?: number) =>
    warnings.push({ topic, level, say: text, ...(since === undefined ? {} : { since }) });
  if (halted !== undefined) add("halted", "alert", `halted: ${halted}`);
  /** Of an account that has been heard: before that nothing is strange about knowing nothing. */
  const isHeard = (id: string) => {
    const venue = markets.find((market) => market.id === id)?.venue;
    return run.state !== "ended" && accounts.some((each) => each.venue === venue && each.account.state !== "opening");
  };
  for (const { lead, hedge, debt, since, notional = "?" } of pairs) {
    if (debt === undefined && isHeard(lead) && isHeard(hedge))
      add("unknown-hedge", "alert", `whether ${lead} is hedged is not known`);
    if (since !== undefined) add("naked", "alert", `${lead} is not hedged: ${notional}`, since);
  }
  for (const { venue, market, account } of accounts)
    for (const [text, link] of [
      [`the market data of ${venue} are lost`, market],
      [`the account of ${venue} is not heard`, account],
    ] as const)
      if (link.state === "down")
        add("link", "alert", link.why === undefined ? text : `${text}: ${link.why}`, link.since);
  for (const { id, orders, position, bookIsValid, bookAt } of markets) {
    if (position === undefined && isHeard(id)) add("unknown-position", "warn", `what is held of ${id} is not known`);
    const unknown = orders.filter(({ state }) => state === "unknown").length;
    if (unknown > 0) add("unknown-order", "alert", `${unknown} orders in ${id} are in doubt`);
    const age = run.marketNow - bookAt;
    if (run.state !== "running" || bookAt === 0) continue;
    if (!bookIsValid) add("stale-book", "warn", `the book of ${id} is not whole`);
    else if (age > staleMs * run.speed)
      add("stale-book", "warn", `the book of ${id} is ${Math.round(age / 1_000)} s old`);
  }
  for (const { venue, skewMs = 0, budgets } of accounts) {
    if (Math.abs(skewMs) > skewMost) add("skew", "warn", `the clock of ${venue} is ${Math.round(skewMs)} ms away`);
    for (const { host, counts, used, capacity, pausedMs } of budgets) {
      if (pausedMs > 0) add("budget", "alert", `${host} asks for ${Math.ceil(pausedMs / 1_000)} s of silence`);
      else if (used > capacity * fullShare) add("budget", "warn", `${host}: ${counts} nearly used up`);
    }
  }
  for (const { name, remarks } of strategies)
    for (const remark of remarks) if (remark.alert) add("strategy", "warn", `${name}: ${remark.say}`);
  if (loop.journalSlow) add("journal", "alert", "the journal is slow: no order is placed");
  return warnings.toSorted((a, b) => Number(b.level === "alert") - Number(a.level === "alert"));
}
