// What a fault can reach at venues that are served over the wire.
import { exchangeOf, type InstrumentId, lots, symbolOf, venueOf } from "@bp/core";
import type { Reach } from "@bp/torture";
import type { Books } from "./books.ts";
import type { Holder } from "./ground.ts";

/** Nobody of a configuration with fewer than three accounts at a venue. */
const stranger = "carol";
/** What a usual order is worth, in quote. */
const usualQuote = 20;

/** @param later - runs something after so many ms of the clock, or at once */
export function reachOf(holders: readonly Holder[], books: Books, later: Reach["later"]): Reach {
  const holderOf = (id: InstrumentId) => holders.find((each) => each.venue === venueOf(id));
  return {
    accountAt: (venue) => {
      const holder = holders.find((each) => each.venue === venue);
      if (holder === undefined) return undefined;
      const { exchange } = holder.site;
      return { name: holder.name, exchange, asset: exchange.balances(holder.name)[0]?.asset };
    },
    sizeOf: (id, share) => {
      const exchange = holderOf(id)?.site.exchange;
      const there: InstrumentId = `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
      const instrument = exchange?.instruments.find((each) => each.id === there);
      const [bid] = exchange?.book(there, 1).bids ?? [];
      if (instrument === undefined || bid === undefined) return lots(0);
      const worth = bid[0] * Number(instrument.tickSize) * Number(instrument.lotSize); // about; no money is counted with it
      return lots(Math.max(instrument.minSize, Math.ceil((usualQuote * share) / worth)));
    },
    later,
    byHand: ({ name, exchange }, order) => books.byHand(() => exchange.place(name, order)),
    take: ({ exchange }, instrument, side, price, size) =>
      exchange.place(stranger, {
        instrument,
        side,
        type: "limit",
        price,
        size,
        tif: "ioc",
        postOnly: false,
        reduceOnly: false,
        selfTradePrevention: "reject-maker",
      }),
  };
}
