// What a run has earned and where that came from, and how far it is below its best.
import { Big } from "@bp/core";
import { type Glance, volumeSums } from "@bp/report";
import type { MoneyNow } from "dashboard/contract";
import type { Markouts } from "./markouts.ts";

/** Follows the net result of a run: its best, and the deepest fall below it. */
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

/** All of it. @param glance - of the same moment as the positions beside it */
export function moneyNow(glance: Glance, { fall, markouts }: { fall: Fall; markouts: Markouts }): MoneyNow {
  const { quote, sums, profit, spread, feeDrift, equityChange, ratios, orders, quotedBoth } = glance;
  const text = (value: Big) => value.toFixed(8);
  const { all } = volumeSums(sums.volumes);
  const { costPer10k, makerShare } = ratios;
  return {
    quote,
    net: text(equityChange),
    realized: text(profit.realized),
    unrealized: text(profit.unrealized),
    fees: text(profit.fees),
    ...(feeDrift.eq(0) ? {} : { feeDrift: text(feeDrift) }),
    funding: text(profit.funding),
    volume: text(all.quote),
    fills: sums.fills,
    ...(costPer10k === undefined ? {} : { costPer10k: costPer10k.toFixed(4) }),
    ...(makerShare === undefined ? {} : { makerShare: makerShare.toNumber() }),
    maxDrawdown: text(fall.deepest),
    drawdown: text(fall.now),
    spread: text(spread),
    markouts: markouts.now(),
    ...(quotedBoth === undefined ? {} : { quotedBoth }),
    orders: {
      placed: orders.placed,
      cancelled: orders.cancelled,
      rejected: orders.rejected,
      unknown: orders.live.unknown,
    },
  };
}
