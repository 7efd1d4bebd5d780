// The world through the eyes of one strategy, or of the rules, which see the sum.
import { type View, lots, unrealizedAt, venueOf } from "@bp/core";
import type { World } from "./world.ts";

/**
 * A view that follows the world as it changes.
 *
 * @param owner - the strategy whose inventory and orders it shows; `undefined`: all of ours together
 */
export function viewOf(world: World, owner?: string): View {
  const { account, orders } = world;
  return {
    get now() {
      return world.now;
    },
    get halted() {
      return world.halted;
    },
    instrument: world.instrument,
    book: world.book,
    mark: (id) => world.marks.get(id),
    last: (id) => world.lasts.get(id),
    position: (id) => (account.known(venueOf(id)) ? account.size(world.instrument(id), owner) : undefined),
    holding: (id) => (account.known(venueOf(id)) ? account.holding(world.instrument(id), owner) : undefined),
    unrealized: (id) => {
      const mark = world.price(id);
      if (mark === undefined || !account.known(venueOf(id))) return undefined;
      const instrument = world.instrument(id);
      return unrealizedAt(instrument, account.holding(instrument, owner), mark);
    },
    external: (id) => (account.known(venueOf(id)) ? (account.external(id) ?? lots(0)) : undefined),
    balance: account.money,
    orders: (id) => select(world, owner, id),
    working: orders.working,
    profit: () => account.profit(world.price, world.instrument),
    link: world.link,
  };
}

function* select(world: World, owner: string | undefined, id: string | undefined) {
  for (const order of world.orders.live.values())
    if ((owner === undefined || order.strategy === owner) && (id === undefined || order.instrument === id)) yield order;
}
