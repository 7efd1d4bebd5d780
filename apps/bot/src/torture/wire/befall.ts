// What happens at the venues themselves: other hands, the venue itself, money that comes and goes, markets that are halted.
import { exchangeOf, type InstrumentId, type Lots, lots, type Side, symbolOf, type VenueId, venueOf } from "@bp/core";
import type { Fault } from "@bp/torture";
import type { Books } from "./books.ts";
import type { Holder } from "./ground.ts";

/** Nobody of a configuration with fewer than three accounts at a venue. */
const stranger = "carol";
/** What a usual order is worth, in quote. */
const usualQuote = 20;

interface Reach {
  readonly holders: readonly Holder[];
  readonly books: Books;
  readonly later: (ms: number, act: () => void) => void;
}

/** Lets a fault happen. Those that befall the process or its way to a venue are not among them. */
export function befall(fault: Fault, { holders, books, later }: Reach): void {
  const holderAt = (venue: VenueId) => holders.find((each) => each.venue === venue);
  const inner = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
  const market = (id: InstrumentId, side: Side, size: Lots, reduceOnly: boolean) => {
    const holder = holderAt(venueOf(id));
    if (holder === undefined || size <= 0) return;
    holder.site.exchange.place(holder.name, {
      instrument: inner(id),
      side,
      type: "market",
      size,
      tif: "ioc",
      postOnly: false,
      reduceOnly,
      selfTradePrevention: "reject-maker",
    });
  };
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other kinds are not for this place
  switch (fault.kind) {
    case "hand": {
      const { market: id, side, share } = fault;
      const holder = holderAt(venueOf(id));
      const instrument = holder?.site.exchange.instruments.find((each) => each.id === inner(id));
      const [bid] = holder?.site.exchange.book(inner(id), 1).bids ?? [];
      if (instrument === undefined || bid === undefined) return;
      const worth = bid[0] * Number(instrument.tickSize) * Number(instrument.lotSize); // about; no money is counted with it
      const size = Math.max(instrument.minSize, Math.ceil((usualQuote * share) / worth));
      books.byHand(() => market(id, side, lots(size), false));
      return;
    }
    case "adl": {
      const { market: id, share } = fault;
      const held = sizeHeld(holderAt(venueOf(id)), inner(id));
      const size = Math.max(1, Math.floor(Math.abs(held) * share));
      if (held !== 0) market(id, held > 0 ? "sell" : "buy", lots(size), true);
      return;
    }
    case "liquidation": {
      const holder = holderAt(fault.venue);
      if (holder === undefined) return;
      const { exchange } = holder.site;
      const held = exchange.positions(holder.name).find(({ size }) => size !== 0);
      const quote = exchange.instruments.find((each) => each.id === held?.instrument)?.quote;
      const wallet = exchange.balances(holder.name).find(({ asset }) => asset === quote);
      if (quote === undefined || wallet === undefined) return;
      const there = Number(wallet.total) - Number(wallet.locked);
      const taken = Math.floor(Math.min(Number(exchange.margin(holder.name, quote).equity), there) * 100) / 100;
      if (taken <= 0) return;
      exchange.credit(holder.name, quote, (-taken).toFixed(2));
      later(1_500, () => exchange.credit(holder.name, quote, taken.toFixed(2)));
      return;
    }
    case "deposit": {
      const holder = holderAt(fault.venue);
      const [first] = holder?.site.exchange.balances(holder.name) ?? [];
      if (holder !== undefined && first !== undefined)
        holder.site.exchange.credit(holder.name, first.asset, fault.amount);
      return;
    }
    case "halted": {
      const exchange = holderAt(venueOf(fault.market))?.site.exchange;
      const set = (state: "open" | typeof fault.state) => {
        const now = exchange?.instruments.find((each) => each.id === inner(fault.market));
        if (now !== undefined) exchange?.setInstrument({ ...now, state });
      };
      set(fault.state);
      later(fault.forMs, () => set("open"));
      return;
    }
    case "nibble": {
      const { market: id, share } = fault;
      const holder = holderAt(venueOf(id));
      const [order] = holder?.site.exchange.openOrders(holder.name, inner(id)) ?? [];
      if (holder === undefined || order?.price === undefined || order.size === undefined) return;
      const { exchange } = holder.site;
      const { price, side } = order;
      const rest = order.size - order.filled;
      const { bids, asks } = exchange.book(inner(id));
      const before = side === "buy" ? bids.filter(([at]) => at >= price) : asks.filter(([at]) => at <= price);
      const ahead = Math.max(0, before.reduce((sum, [, each]) => sum + each, 0) - rest);
      exchange.place(stranger, {
        instrument: inner(id),
        side: side === "buy" ? "sell" : "buy",
        type: "limit",
        price,
        size: lots(ahead + Math.max(1, Math.ceil(rest * share))),
        tif: "ioc",
        postOnly: false,
        reduceOnly: false,
        selfTradePrevention: "reject-maker",
      });
      return;
    }
    default:
  }
}

const sizeHeld = (holder: Holder | undefined, id: InstrumentId): number =>
  holder?.site.exchange.positions(holder.name).find((each) => each.instrument === id)?.size ?? 0;
