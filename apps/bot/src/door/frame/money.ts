// What a run has earned and where that came from, and how far it is below its best.
import { Big } from "@bp/core";
import { type Tally, volumeSums } from "@bp/report";
import type { MoneyNow } from "dashboard/contract";
import type { Markouts } from "./markouts.ts";

/** Follows the net profit of a run: its best, and the deepest fall below it. */
export interface Fall {
  /** @param net - quote */
  step(net: Big): void;
  readonly now: Big;
  readonly deepest: Big;
}

/** Starts at nothing earned. */
export function createFall(): Fall {
  let best = new Big(0);
  let [now, deepest] = [new Big(0), new Big(0)];
  return {
    step: (net) => {
      if (net.gt(best)) best = net;
      now = best.minus(net);
      if (now.gt(deepest)) deepest = now;
    },
    get now() {
      return now;
    },
    get deepest() {
      return deepest;
    },
  };
}

/** All of it. */
export function moneyNow(tally: Tally, { fall, markouts }: { fall: Fall; markouts: Markouts }): MoneyNow {
  const { quote, session, causes, orders, instruments } = tally.figures();
  const { sums, profit, ratios } = session;
  const text = (value: Big) => value.toFixed(8);
  const shares = instruments.flatMap(({ share: { both } }) => (both === undefined ? [] : [both]));
  return {
    quote,
    net: text(profit.net),
    realized: text(profit.realized),
    unrealized: text(profit.unrealized),
    fees: text(profit.fees),
    funding: text(profit.funding),
    volume: text(volumeSums(sums.volumes).all.quote),
    fills: sums.fills,
    ...(ratios.costPer10k === undefined ? {} : { costPer10k: ratios.costPer10k.toFixed(4) }),
    ...(ratios.makerShare === undefined ? {} : { makerShare: ratios.makerShare.toNumber() }),
    maxDrawdown: text(fall.deepest),
    drawdown: text(fall.now),
    spread: text(causes.spread),
    markouts: markouts.now(),
    ...(shares.length === 0 ? {} : { quotedBoth: Math.min(...shares) }),
    orders: {
      placed: orders.placed,
      cancelled: orders.cancelled,
      rejected: orders.rejected,
      unknown: orders.live.unknown,
    },
  };
}
