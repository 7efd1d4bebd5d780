// What rules see of the wish that is judged, and of the round so far.
import {
  type InstrumentId,
  type Intent,
  type Lots,
  lots,
  type OrderView,
  type Pass,
  type Passed,
  type Side,
  type Ticks,
  ticks,
  type View,
} from "@bp/core";
import { keeps } from "./keeps.ts";

/** One Pass that is turned to each wish in its turn: a round of 40 quotes comes with every event, so nothing is made anew. */
export interface Round extends Pass {
  /** Forgets the round before. */
  begin(view: View): void;
  /** @param own - what the wish's strategy holds in its market; `undefined` = unknown */
  turnTo(strategy: string, wish: Intent, own: Lots | undefined, order: OrderView | undefined): void;
  /** The wish has become smaller. */
  trim(intent: Intent): void;
  /** The wish has passed, or only waits. */
  keep(passed: Passed): void;
}

/** A market in this round: what is held and, by side, what works or is approved. */
interface Market {
  round: number;
  held: Lots | undefined;
  buy: number;
  sell: number;
}

/** A round in which nothing was wished yet. */
export function createRound(): Round {
  const markets = new Map<InstrumentId, Market>();
  let number = 0;
  let view: View | undefined;
  let own = 0;

  const marketOf = (id: InstrumentId): Market => {
    let market = markets.get(id);
    if (market === undefined) {
      market = { round: 0, held: undefined, buy: 0, sell: 0 };
      markets.set(id, market);
    }
    if (market.round !== number && view !== undefined) {
      market.round = number;
      market.held = view.position(id);
      market.buy = view.working(id, "buy");
      market.sell = view.working(id, "sell");
    }
    return market;
  };

  const round = {
    strategy: "",
    side: "buy" as Side,
    size: lots(0),
    price: ticks(0),
    reduces: false,
    held: undefined as Lots | undefined,
    order: undefined as OrderView | undefined,
    places: false,
    placing: 0,
    approved: [] as Passed[],
    committed: (id: InstrumentId, side: Side): Lots => (marketOf(id)[side] - rest(round.order, id, side)) as Lots, // a difference of whole numbers
    begin: (now: View) => {
      number += 1;
      view = now;
      round.approved = [];
      round.placing = 0;
    },
    turnTo: (strategy: string, wish: Intent, position: Lots | undefined, order: OrderView | undefined) => {
      own = position ?? 0;
      round.strategy = strategy;
      round.order = order;
      round.held = marketOf(wish.instrument).held;
      round.trim(wish);
    },
    trim: (intent: Intent) => {
      if (intent.kind === "hold") return wishHold(intent.position, intent.worst);
      const { side, size, price, reduceOnly } = intent;
      round.side = side;
      round.size = size;
      round.price = price;
      round.places = round.order === undefined || !keeps(round.order, intent);
      const closes = own !== 0 && (side === "sell") === own > 0;
      round.reduces =
        reduceOnly === true || (closes && size + round.committed(intent.instrument, side) <= Math.abs(own));
    },
    keep: (passed: Passed) => {
      const { instrument } = passed.intent;
      marketOf(instrument)[round.side] += Math.max(0, round.size - rest(round.order, instrument, round.side));
      round.approved.push(passed);
      if (round.places) round.placing += 1;
    },
  };

  const wishHold = (position: Lots, worst: Ticks) => {
    round.side = position > own ? "buy" : "sell";
    round.size = lots(Math.abs(position - own));
    round.price = worst;
    round.places = true;
    round.reduces = own > 0 ? position >= 0 && position < own : position <= 0 && position > own;
  };
  return round;
}

/** What is left of an order on a side of a market. */
function rest(order: OrderView | undefined, instrument: InstrumentId, side: Side): number {
  return order === undefined || order.side !== side || order.instrument !== instrument ? 0 : order.size - order.filled;
}
