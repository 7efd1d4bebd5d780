// A frame in one line, for the overview of all bots.
import type { Brief, Frame } from "dashboard/contract";

/** What an overview shows of a bot. */
export function briefOf({ run, markets, money, pairs, warnings }: Frame): Brief {
  const debts = pairs.map(({ notional }) => (notional === undefined ? undefined : Math.abs(Number(notional))));
  const known = debts.filter((each) => each !== undefined);
  return {
    state: run.state,
    ...(run.why === undefined ? {} : { why: run.why }),
    strategy: run.name,
    markets: markets.map(({ id }) => id),
    quote: money.quote,
    net: money.net,
    volume: money.volume,
    fills: money.fills,
    ...(money.costPer10k === undefined ? {} : { costPer10k: money.costPer10k }),
    maxDrawdown: money.maxDrawdown,
    ...(known.length === 0 || known.length < debts.length ? {} : { hedgeDebt: totalOf(known) }),
    warnings: warnings.map(({ level, say }) => ({ level, say })),
  };
}

/** Of several markets of one quote, each exact to more than a cent: for an overview. */
const totalOf = (parts: readonly number[]) => parts.reduce((sum, each) => sum + each, 0).toFixed(2);
