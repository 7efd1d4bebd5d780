// What an account is worth in the currencies of its markets, and what has become of it since it was first known.
import { Big, bigToDecimal, type Decimal, gridsOf, type InstrumentId, type View, venueOf } from "@bp/core";
import { markOf } from "./exposure.ts";

/** Where profit is counted from. Plain data. */
export interface Beginning {
  /** Equity at that moment, quote. */
  readonly equity: Decimal;
  /** The run's profit at that moment, quote. */
  readonly profit: Decimal;
}

/**
 * What the account has in the currencies of the markets: quote balances, base balances of spot markets at the mid, and the
 * unrealized result of perpetuals. Each wallet counts once; quote currencies count alike.
 *
 * @param markets - not empty
 * @returns quote; `undefined` while a balance, a position or the price of something that is held is unknown
 */
function equityIn(view: View, markets: readonly InstrumentId[]): Big | undefined {
  const seen = new Set<string>();
  let sum = new Big(0);
  for (const id of markets) {
    const instrument = view.instrument(id);
    const venue = venueOf(id);
    const wallet = (asset: string): Big | undefined => {
      const key = `${venue}/${asset}`;
      if (seen.has(key)) return nothing;
      seen.add(key);
      return view.balance(venue, asset)?.total;
    };
    const quote = wallet(instrument.quote);
    const rest = instrument.kind === "perp" ? result(view, id) : worth(view, id, wallet(instrument.base));
    if (quote === undefined || rest === undefined) return undefined;
    sum = sum.plus(quote).plus(rest);
  }
  return sum;
}

/** The moment from which losses are counted: now. `undefined` while the equity is unknown, or nothing that could be lost. */
export function beginning(view: View, markets: readonly InstrumentId[]): Beginning | undefined {
  const equity = equityIn(view, markets);
  return equity?.gt(0) === true ? { equity: bigToDecimal(equity), profit: bigToDecimal(view.profit()) } : undefined;
}

/** Equity now: at the beginning, and what the run has made since. Deposits and the prices of what is not ours move nothing. */
export function equitySince({ equity, profit }: Beginning, view: View): Big {
  return view.profit().minus(profit).plus(equity);
}

/**
 * By how many percent a value is below another; 0 when it is not.
 *
 * @param reference - above 0
 */
export function percentBelow(value: Big, reference: Big | Decimal): Big {
  const fall = new Big(reference).minus(value);
  return fall.gt(0) ? fall.times(100).div(reference) : nothing;
}

const nothing = new Big(0);

function result(view: View, id: InstrumentId): Big | undefined {
  return view.position(id) === 0 ? nothing : view.unrealized(id);
}

/** Coins at the mid. */
function worth(view: View, id: InstrumentId, coins: Big | undefined): Big | undefined {
  if (coins === undefined || coins.eq(0)) return coins;
  const price = markOf(view, id);
  const instrument = view.instrument(id);
  return price === undefined ? undefined : coins.times(price).times(gridsOf(instrument).price.text);
}
