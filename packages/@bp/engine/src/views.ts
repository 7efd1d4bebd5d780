// The world through the eyes of one strategy, or of the rules, which see the sum.
import { type InstrumentId, lots, unrealizedAt, type View } from "@bp/core";
import type { World } from "./world.ts";

/**
 * A view that follows the world as it changes.
 *
 * @param owner - the strategy whose inventory and orders it shows; `undefined`: all of ours together
 */
export function viewOf(world: World, owner?: string): View {
  const { account, orders } = world;
  const known = (id: InstrumentId) => account.known(world.venue(world.instrument(id).id));
  return {
    get now() {
      return world.now;
    },
    get halted() {
      return world.halted;
    },
    instrument: (id) => world.instrument(id),
    book: (id) => world.book(id),
    mark: (id) => world.marks.get(id),
    last: (id) => world.lasts.get(id),
    position: (id) => (known(id) ? account.size(id, owner) : undefined),
    holding: (id) => (known(id) ? account.holding(world.instrument(id), owner) : undefined),
    unrealized: (id) => {
      const mark = world.price(id);
      if (mark === undefined || !known(id)) return undefined;
      const instrument = world.instrument(id);
      return unrealizedAt(instrument, account.holding(instrument, owner), mark);
    },
    external: (id) => (known(id) ? (account.external(id) ?? lots(0)) : undefined),
    balance: (venue, asset) => account.money(venue, asset),
    orders: (id) => select(world, owner, id),
    fills: () => {
      if (world.fills.length === 0) return nothing;
      return world.fills.filter((each) => owner === undefined || each.strategy === owner).map(({ fill }) => fill);
    },
    working: (id, side) => orders.working(id, side),
    profit: () => account.profit(world),
    link: (venue) => world.link(venue),
  };
}

const nothing: readonly never[] = [];

function* select(world: World, owner: string | undefined, id: InstrumentId | undefined) {
  for (const order of world.orders.live.values())
    if ((owner === undefined || order.strategy === owner) && (id === undefined || order.instrument === id)) yield order;
}
