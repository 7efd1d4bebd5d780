// How far a market's account is from being liquidated, as it is or with a trade more.
import type { Instrument, InstrumentId, View } from "@bp/core";
import { markOf, quotePerUnit } from "./exposure.ts";
import { liquidationPrice } from "./liquidationPrice.ts";
import { carriedOf, marginRate, matesAmong, walletEquity } from "./wallet.ts";

/**
 * Where each market that is held would be liquidated, were only it to move: the estimate that the rule `liquidation` judges by.
 * Positions that are not ours count, for one margin carries them all.
 *
 * @param markets - all perpetuals that are traded; those of one venue and one quote currency share their margin
 * @returns of a view and a market, quote per base; `undefined` where nothing is held, on spot, while a price, a balance or a
 *   position is unknown, and where no price above 0 would do it
 * @see `liquidationPrice` for what is not in it
 */
export function liquidationsOf(markets: readonly InstrumentId[]): (view: View, id: InstrumentId) => number | undefined {
  const matesOf = matesAmong(markets);
  return (view, id) => {
    const instrument = view.instrument(id);
    if (instrument.kind === "spot") return undefined;
    const state = carriedState(view, matesOf(view, id), id);
    return state && distanceOf(state, instrument, { size: 0, gain: 0 })?.price;
  };
}

/** What a wish would change if it and what works on its side filled. */
export interface Trade {
  /** Lots, signed. */
  readonly size: number;
  /** Quote that it would gain or lose at once, at the mark. */
  readonly gain: number;
}

/** How far the mark is from the liquidation price. */
export interface Distance {
  /** Percent of the mark; below 0: due already. */
  readonly pct: number;
  /** Quote per base. */
  readonly mark: number;
  readonly price: number | undefined;
}

/** A market's account as it is. */
export interface CarriedState {
  /** Lots, signed. */
  readonly held: number;
  /** Quote, of the whole wallet. */
  readonly equity: number;
  /** Quote that the other positions of the wallet need; `undefined` = unknown. */
  readonly elsewhere: number | undefined;
  /** Quote per base; `undefined` = unknown. */
  readonly mark: number | undefined;
}

/** @returns `undefined` while a balance or a position is unknown, or the price of one that is held */
export function carriedState(view: View, mates: readonly InstrumentId[], id: InstrumentId): CarriedState | undefined {
  const equity = walletEquity(view, mates);
  const held = carriedOf(view, id);
  if (equity === undefined || held === undefined) return undefined;
  const ticks = markOf(view, id);
  const mark = ticks === undefined ? undefined : ticks * Number(view.instrument(id).tickSize);
  return { held, equity, elsewhere: maintenanceOf(view, mates, id), mark };
}

/** @returns `undefined` while a price is unknown */
export function distanceOf(state: CarriedState, instrument: Instrument, trade: Trade): Distance | undefined {
  const { held, equity, elsewhere, mark } = state;
  const { margin, lotSize } = instrument;
  const lots = held + trade.size;
  if (lots === 0 || margin === undefined) return { pct: Number.POSITIVE_INFINITY, mark: 0, price: undefined };
  if (mark === undefined || elsewhere === undefined) return undefined;
  const { maintenance } = margin;
  const size = lots * Number(lotSize);
  const price = liquidationPrice({ size, mark, equity: equity + trade.gain, maintenance, elsewhere });
  const pct = price === undefined ? Number.POSITIVE_INFINITY : ((mark - price) / mark) * 100 * Math.sign(size);
  return { pct, mark, price };
}

/** What the other positions of a wallet need to stay open, quote. */
function maintenanceOf(view: View, mates: readonly InstrumentId[], but: InstrumentId): number | undefined {
  let sum = 0;
  for (const id of mates) {
    if (id === but) continue;
    const held = carriedOf(view, id);
    const price = markOf(view, id);
    if (held === 0) continue;
    if (held === undefined || price === undefined) return undefined;
    const instrument = view.instrument(id);
    const notional = Math.abs(held) * price * quotePerUnit(instrument);
    sum += notional * marginRate(instrument.margin?.maintenance, notional);
  }
  return sum;
}
