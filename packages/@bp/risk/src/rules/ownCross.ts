// Rule: our own orders never trade with each other.
import {
  type Hold,
  type InstrumentId,
  marketOf,
  type Pass,
  priceText,
  type RiskRule,
  type Side,
  ticks,
  type View,
} from "@bp/core";

/** The outermost prices of ours in a market, in ticks. */
interface Reach {
  /** Highest buy and lowest sell among the wishes that have passed. */
  buy: number;
  sell: number;
  /** The same among the orders that work. */
  liveBuy: number;
  liveSell: number;
}

/**
 * Refuses what would meet another wish of ours that has passed (reductions are judged first, so quotes give way to them),
 * and makes wait what would meet an order of ours that still works: that one is not wished any more, or is refused in
 * this round, and goes first. Two accounts of one venue are one market, since a venue's self-trade prevention ends at
 * the account. So of all orders of ours in a market, on whatever account, no two can ever meet.
 *
 * A hold that reduces does not wait for an order in doubt of its own account: that may take long to clear up, and there
 * the venue itself keeps the two apart.
 *
 * @param market - what tells markets apart; by default the venue's name without a trailing number (`backpack-2` is
 *   `backpack`) and the symbol
 */
export function ownCross(market: (id: InstrumentId) => string = marketOf): RiskRule {
  const reaches = new Map<string, Reach>();
  const reachIn = new Map<InstrumentId, Reach>();
  // Worked out anew in each round, which shows in the array of what has passed; nothing outlives a round.
  let round: Pass["approved"] | undefined;
  let folded = 0;
  let looked = false;

  const reachOf = (id: InstrumentId): Reach => {
    const known = reachIn.get(id);
    if (known !== undefined) return known;
    const where = market(id);
    const reach = reaches.get(where) ?? clear({ buy: 0, sell: 0, liveBuy: 0, liveSell: 0 });
    reaches.set(where, reach);
    reachIn.set(id, reach);
    return reach;
  };

  const follow = (approved: Pass["approved"]) => {
    if (round !== approved) {
      for (const reach of reaches.values()) clear(reach);
      round = approved;
      folded = 0;
      looked = false;
    }
    for (; folded < approved.length; folded++) {
      const each = approved[folded];
      if (each === undefined) break;
      const reach = reachOf(each.intent.instrument);
      if (each.side === "buy") reach.buy = Math.max(reach.buy, each.price);
      else reach.sell = Math.min(reach.sell, each.price);
    }
  };

  const look = (view: View) => {
    if (looked) return;
    looked = true;
    for (const { instrument, side, price } of view.orders()) {
      const reach = reachOf(instrument);
      if (side === "buy") reach.liveBuy = Math.max(reach.liveBuy, price);
      else reach.liveSell = Math.min(reach.liveSell, price);
    }
  };

  /** Whether a hold would meet an order of ours that is not merely in doubt on its own account. */
  const meetsCertain = (view: View, { instrument: id, worst }: Hold, side: Side): boolean => {
    const where = market(id);
    for (const order of view.orders()) {
      if (order.side === side || !meets(side, worst, order.price) || market(order.instrument) !== where) continue;
      if (order.state !== "unknown" || order.instrument !== id) return true;
    }
    return false;
  };

  return {
    name: "own-cross",
    start: () => undefined,
    check: (intent, view, { approved, side, price, places, reduces }) => {
      follow(approved);
      const reach = reachOf(intent.instrument);
      const say = (what: string, met: number) =>
        `${side} at ${text(view, intent.instrument, price)} would meet ${what} at ${text(view, intent.instrument, met)}`;
      const wished = side === "buy" ? reach.sell : reach.buy;
      if (meets(side, price, wished)) return { refuse: say(`our own ${other(side)}`, wished) };
      if (!places) return { pass: intent };
      look(view);
      const works = side === "buy" ? reach.liveSell : reach.liveBuy;
      if (!meets(side, price, works)) return { pass: intent };
      if (intent.kind === "hold" && reduces && !meetsCertain(view, intent, side)) return { pass: intent };
      return { wait: say(`our own ${other(side)} that is still working`, works) };
    },
  };
}

const none = 0;
const unreachable = Number.MAX_SAFE_INTEGER;

function clear(reach: Reach): Reach {
  reach.buy = none;
  reach.liveBuy = none;
  reach.sell = unreachable;
  reach.liveSell = unreachable;
  return reach;
}

function meets(side: Side, price: number, opposite: number): boolean {
  return side === "buy" ? price >= opposite : opposite !== none && price <= opposite;
}

function other(side: Side): Side {
  return side === "buy" ? "sell" : "buy";
}

function text(view: View, id: InstrumentId, price: number): string {
  return priceText(view.instrument(id), ticks(price));
}
