// The exchanges' own books of a run, to hold ours against.
import {
  Big,
  bigToDecimal,
  type Decimal,
  exchangeOf,
  type InstrumentId,
  notionalOf,
  sizeToBig,
  symbolOf,
  venueOf,
} from "@bp/core";
import { type Figures, volumeSums } from "@bp/report";
import type { Exchange, SimFact } from "@bp/sim";
import type { Ground } from "./ground.ts";

/** Sums of the exchanges' own fills, and what became of the accounts. */
export interface Books {
  /**
   * Whether ours are the same, to the last digit: fills, volume, fees and position of every market, and what every asset of the
   * accounts came to by trades, fees and funding.
   */
  equal(figures: Figures): boolean;
  /** Of the first position that the exchange closed for want of margin; `undefined`: none. */
  readonly liquidated: InstrumentId | undefined;
  /** What the exchange had to carry because accounts could not, by asset; above 0. Not in any figure: it is nobody's profit. */
  carried(): ReadonlyMap<string, Decimal>;
}

interface Sums {
  fills: number;
  volume: Big;
  position: Big;
  /** By asset, as charged. */
  readonly fees: Map<string, Big>;
}

const zero = new Big(0);

/** Begins to add up. Call it before the first trade. */
export function booksOf({ exchanges }: Pick<Ground, "exchanges">): Books {
  const sums = new Map<InstrumentId, Sums>();
  let liquidated: InstrumentId | undefined;
  for (const exchange of exchanges.values()) {
    const markets = new Map(exchange.instruments.map((each) => [each.id, each]));
    const hear = (fact: SimFact) => {
      if (fact.type === "liquidation") liquidated ??= nameOf(fact);
      if (fact.type !== "order-filled") return;
      const { fill } = fact;
      const instrument = markets.get(fill.instrument);
      if (instrument === undefined) return;
      const id = nameOf(fill);
      const sum = sums.get(id) ?? { fills: 0, volume: zero, position: zero, fees: new Map<string, Big>() };
      sum.fills += 1;
      sum.volume = sum.volume.plus(notionalOf(instrument, fill.price, fill.size));
      sum.position = sum.position.plus(sizeToBig(instrument, fill.size).times(fill.side === "buy" ? 1 : -1));
      add(sum.fees, fill.feeAsset, new Big(fill.fee));
      sums.set(id, sum);
    };
    exchange.listen(hear, { positions: false });
  }
  const carriedBy = (name: string, exchange: Exchange): ReadonlyMap<string, Big> => {
    const charged = new Map<string, Big>();
    for (const [id, { fees }] of sums)
      if (exchangeOf(venueOf(id)) === name) for (const [asset, fee] of fees) add(charged, asset, fee);
    // the house has all fees, less what it paid for others
    return new Map(exchange.ledger().map(({ asset, house }) => [asset, (charged.get(asset) ?? zero).minus(house)]));
  };
  return {
    get liquidated() {
      return liquidated;
    },
    carried: () => {
      const all = new Map<string, Big>();
      for (const [name, exchange] of exchanges)
        for (const [asset, amount] of carriedBy(name, exchange)) if (amount.gt(0)) add(all, asset, amount);
      return new Map([...all].map(([asset, amount]) => [asset, bigToDecimal(amount)]));
    },
    equal: (figures) => {
      const known = new Set(figures.instruments.map(({ instrument }) => instrument.id));
      for (const id of sums.keys()) if (!known.has(id)) return false;
      const trades = figures.instruments.every(({ instrument: { id }, session: { sums: own }, position }) => {
        const theirs = sums.get(id);
        if (theirs === undefined) return own.fills === 0;
        return (
          own.fills === theirs.fills &&
          volumeSums(own.volumes).all.quote.eq(theirs.volume) &&
          [...theirs.fees].every(([asset, fee]) => fee.eq(own.feesByAsset.get(asset) ?? zero)) &&
          position.eq(theirs.position)
        );
      });
      return trades && [...exchanges].every((each) => sameMoney(...each, figures, carriedBy(...each)));
    },
  };
}

/** Whether an exchange's accounts have what our figures say that came and went, asset by asset. */
function sameMoney(
  name: string,
  exchange: Exchange,
  { instruments }: Figures,
  carried: ReadonlyMap<string, Big>,
): boolean {
  const moved = new Map(carried);
  for (const { instrument, session } of instruments) {
    if (exchangeOf(venueOf(instrument.id)) !== name) continue;
    const { volumes, feesByAsset, funding } = session.sums;
    const { bought, sold } = volumeSums(volumes);
    add(moved, instrument.quote, sold.quote.minus(bought.quote).plus(funding));
    if (instrument.kind === "spot") add(moved, instrument.base, bought.base.minus(sold.base));
    for (const [asset, fee] of feesByAsset) add(moved, asset, fee.times(-1));
  }
  // what an open position has cost is not paid: a perpetual moves money when it is closed
  const quotes = new Map(exchange.instruments.map(({ id, quote }) => [id, quote]));
  for (const account of exchange.accounts)
    for (const { instrument, cost } of exchange.positions(account))
      add(moved, quotes.get(instrument) ?? "", new Big(cost));
  return exchange
    .ledger()
    .every(({ asset, accounts, deposits }) => new Big(accounts).minus(deposits).eq(moved.get(asset) ?? zero));
}

/** As our side calls the market: accounts are named as their venues. */
const nameOf = ({
  account,
  instrument,
}: {
  readonly account: string;
  readonly instrument: InstrumentId;
}): InstrumentId => `${account}:${symbolOf(instrument)}`;

function add(column: Map<string, Big>, asset: string, amount: Big): void {
  column.set(asset, (column.get(asset) ?? zero).plus(amount));
}
