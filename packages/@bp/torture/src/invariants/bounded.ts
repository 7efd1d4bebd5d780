// 5: no order outside the venue's filters, our caps, and the band around the market.
import {
  type Instrument,
  type InstrumentId,
  type Level,
  notionalOf,
  type PlaceOrder,
  priceToBig,
  sizeText,
  sizeToBig,
  type Unnumbered,
  venueOf,
} from "@bp/core";
import type { Invariant } from "../scene.ts";

/** The touch of a book, by a fold of its own. */
interface Touch {
  readonly bids: Map<number, number>;
  readonly asks: Map<number, number>;
}

/** Leverage and notional may be beyond its cap by what the market moved since: 2 %. */
const moved = 1.02;

export const bounded: Invariant = {
  number: 5,
  says: "no order outside filters, notional, leverage and band",
  watch: ({ subject, truth, exchangeAt, broken }) => {
    const { bounds } = subject;
    const grids = new Map<InstrumentId, Instrument>(subject.instruments.map((each) => [each.id, each]));
    const books = new Map<InstrumentId, Touch>();
    const lay = (levels: Map<number, number>, news: readonly Level[]) => {
      for (const [price, size] of news)
        if (size === 0) levels.delete(price);
        else levels.set(price, size);
    };
    const see = (fact: Unnumbered) => {
      if (fact.type === "instrument.changed") grids.set(fact.instrument.id, fact.instrument);
      if (fact.type !== "book.reset" && fact.type !== "book.changed") return;
      const book = fact.type === "book.reset" ? { bids: new Map(), asks: new Map() } : books.get(fact.instrument);
      if (book === undefined) return;
      lay(book.bids, fact.bids);
      lay(book.asks, fact.asks);
      books.set(fact.instrument, book);
    };
    const checkBand = (command: PlaceOrder) => {
      const book = books.get(command.instrument);
      const band = bounds.priceBand[command.instrument];
      if (book === undefined || band === undefined || book.bids.size === 0 || book.asks.size === 0) return;
      const mid = (Math.max(...book.bids.keys()) + Math.min(...book.asks.keys())) / 2;
      const away = Math.abs(command.price - mid) / mid;
      if (away > band)
        broken(`a price ${(away * 100).toFixed(2)} % away from the market, at most ${band * 100} %: ${command.slot}`);
    };
    const checkFilters = (command: PlaceOrder, instrument: Instrument) => {
      const { size, price, reduceOnly } = command;
      const text = `${sizeText(instrument, size)} ${instrument.base} in ${instrument.id}`;
      if (size < instrument.minSize)
        broken(`an order of ${text}: the market takes ${sizeText(instrument, instrument.minSize)} at least`);
      if (instrument.maxSize !== undefined && size > instrument.maxSize)
        broken(`an order of ${text}, above the market's most`);
      if (price < instrument.minPrice || (instrument.maxPrice !== undefined && price > instrument.maxPrice))
        broken(`a price outside the market's bounds in ${instrument.id}`);
      const notional = notionalOf(instrument, price, size);
      if (!reduceOnly && notional.lt(instrument.minNotional))
        broken(`an order of ${text} for ${notional.toFixed()}, below ${instrument.minNotional}`);
      if (bounds.maxOrderNotional !== undefined && !reduceOnly && notional.gt(bounds.maxOrderNotional))
        broken(`an order of ${notional.toFixed()} ${instrument.quote}, at most ${bounds.maxOrderNotional}`);
    };
    truth.listen((change) => {
      if (change.type !== "traded" || change.fill.command === undefined) return;
      const { before, after, fill } = change;
      if (Math.abs(after) <= Math.abs(before)) return;
      const instrument = subject.instruments.find((each) => each.id === fill.instrument); // the exchange keeps its steps
      const cap = bounds.maxPosition[fill.instrument];
      if (instrument === undefined) return;
      const held = sizeToBig(instrument, after).abs();
      const text = `${held.toFixed()} ${instrument.base} in ${instrument.id}`;
      if (cap !== undefined && held.gt(cap)) broken(`a position of ${text}, at most ${cap}`);
      const most = bounds.maxMarketNotional[fill.instrument];
      const notional = priceToBig(instrument, fill.fill.price).times(held);
      if (most !== undefined && notional.gt(most * moved))
        broken(`a position of ${text} for ${notional.toFixed(2)} ${instrument.quote}, at most ${most}`);
    });
    return {
      told: see,
      command: (command) => {
        if (command.type !== "order.place") return;
        const instrument = grids.get(command.instrument);
        if (instrument === undefined) return broken(`an order in ${command.instrument}, which is not traded here`);
        checkFilters(command, instrument);
        checkBand(command);
      },
      beat: () => {
        if (bounds.maxLeverage === undefined) return;
        for (const account of subject.accounts) {
          const exchange = exchangeAt(account);
          let notional = 0;
          for (const { instrument: id, size } of exchange.positions(account.name)) {
            const outer = grids.get(`${account.venue}:${id.slice(id.indexOf(":") + 1)}`);
            const mark = exchange.mark(id)?.mark;
            if (outer !== undefined && mark !== undefined && venueOf(outer.id) === account.venue)
              notional += Math.abs(size) * Number(outer.lotSize) * mark * Number(outer.tickSize); // a check, not money
          }
          const equity = Number(exchange.margin(account.name).equity);
          if (notional > 0 && equity > 0 && notional / equity > bounds.maxLeverage * moved)
            broken(
              `${account.venue} holds ${(notional / equity).toFixed(2)} times its equity, at most ${bounds.maxLeverage}`,
            );
        }
      },
    };
  },
};
