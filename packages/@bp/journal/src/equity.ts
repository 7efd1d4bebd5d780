// What a run has earned after each of its fills, by average cost.
import {
  Big,
  type Decimal,
  type EventOf,
  type Fill,
  feeInQuote,
  flat,
  type Instrument,
  type InstrumentId,
  type Position,
  sizeText,
  traded,
  unrealizedAt,
} from "@bp/core";

/** Profit of one instrument at a moment. All but `position` (base) in quote. */
export interface Equity {
  readonly at: number;
  readonly instrument: InstrumentId;
  readonly position: Decimal;
  readonly realized: string;
  readonly unrealized: string;
  /** Fees in quote and in base, the latter at the price of their fill. Fees in a third asset are left out. */
  readonly fees: string;
  readonly funding: string;
  readonly net: string;
}

interface Account {
  position: Position;
  fees: Big;
  funding: Big;
  /** Ticks: mark, or the price of the last fill. */
  price: number | undefined;
}

const zero = new Big(0);

/** Folds fills, marks and funding; gives a row after each fill and each payment. */
export function equityOf(instruments: ReadonlyMap<InstrumentId, Instrument>): {
  fill(fill: Fill, at: number): Equity | undefined;
  funding(paid: EventOf<"funding.paid">): Equity | undefined;
  mark(id: InstrumentId, ticks: number): void;
} {
  const accounts = new Map<InstrumentId, Account>();
  const marked = new Set<InstrumentId>();
  const of = (id: InstrumentId): Account => {
    let found = accounts.get(id);
    if (found === undefined) {
      found = { position: flat, fees: zero, funding: zero, price: undefined };
      accounts.set(id, found);
    }
    return found;
  };
  const row = (instrument: Instrument, at: number): Equity => {
    const { position, fees, funding, price } = of(instrument.id);
    const unrealized = price === undefined ? zero : unrealizedAt(instrument, position, price);
    return {
      at,
      instrument: instrument.id,
      position: sizeText(instrument, position.size),
      realized: position.realized.toFixed(),
      unrealized: unrealized.toFixed(),
      fees: fees.toFixed(),
      funding: funding.toFixed(),
      net: position.realized.plus(unrealized).minus(fees).plus(funding).toFixed(),
    };
  };

  return {
    fill: (fill, at) => {
      const instrument = instruments.get(fill.instrument);
      if (instrument === undefined) return undefined;
      const account = of(instrument.id);
      account.position = traded(instrument, account.position, fill);
      if (fill.feeAsset === instrument.quote || fill.feeAsset === instrument.base)
        account.fees = account.fees.plus(feeInQuote(instrument, fill));
      if (!marked.has(instrument.id)) account.price = fill.price;
      return row(instrument, at);
    },
    funding: (paid) => {
      const instrument = instruments.get(paid.instrument);
      if (instrument === undefined) return undefined;
      const account = of(instrument.id);
      account.funding = account.funding.plus(paid.amount);
      return row(instrument, paid.at);
    },
    mark: (id, ticks) => {
      marked.add(id);
      of(id).price = ticks;
    },
  };
}
