// Rule: positions are kept away from the price at which the venue would close them.
import { type Instrument, type InstrumentId, type RiskRule, type View, venueOf } from "@bp/core";
import { markOf, quotePerUnit } from "../exposure.ts";
import { liquidationPrice } from "../liquidationPrice.ts";
import { oncePerRound } from "../once.ts";
import { carriedOf, marginRate, matesAmong, walletEquity } from "../wallet.ts";

/** How near is too near, in percent of the mark. */
export interface LiquidationLimits {
  /** All perpetuals that are traded; those of one venue and one quote currency share their margin. */
  readonly markets: readonly InstrumentId[];
  /** Nearer than this: nothing that adds. */
  readonly refusePct: number;
  /** Nearer than this: a halt. Left out: none. */
  readonly haltPct?: number;
}

/** What a wish would change if it and what works on its side filled. */
interface Trade {
  /** Lots, signed. */
  readonly size: number;
  /** Quote that it would gain or lose at once, at the mark. */
  readonly gain: number;
}

/**
 * Refuses what would leave less than `refusePct` between the mark and the estimated liquidation price of its market, with
 * everything filled that works or is approved on its side; and halts when less than `haltPct` is left as things are, again
 * and again after a resume while it is so. Positions that are not ours count: one margin carries them all. Reductions
 * pass, and orders that work as wished. An estimate: see `liquidationPrice`.
 */
export function liquidation({ markets, refusePct, haltPct }: LiquidationLimits): RiskRule {
  const matesOf = matesAmong(markets);
  const stateIn = (view: View, id: InstrumentId) => stateOf(view, matesOf(view, id), id);
  const stateNow = oncePerRound(stateIn);
  return {
    name: "liquidation",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (pass.reduces || !pass.places) return { pass: intent };
      const { instrument: id } = intent;
      const instrument = view.instrument(id);
      if (instrument.kind === "spot") return { pass: intent };
      const state = stateNow(view, pass, id);
      const sign = pass.side === "buy" ? 1 : -1;
      const size = sign * (pass.committed(id, pass.side) + pass.size);
      if (state !== undefined && state.held * size < 0 && Math.abs(size) <= Math.abs(state.held))
        return { pass: intent }; // adds to nothing
      const gain = sign * pass.size * ((markOf(view, id) ?? pass.price) - pass.price) * quotePerUnit(instrument);
      const found = state && distanceOf(state, instrument, { size, gain: Math.min(0, gain) });
      if (found === undefined) return { refuse: `the margin of ${venueOf(id)} is not known` };
      if (found.pct >= refusePct) return { pass: intent };
      return { refuse: `${text(found, id)} if this fills, at least ${refusePct} %` };
    },
    halts: (view) => {
      if (haltPct === undefined) return undefined;
      for (const id of markets) {
        const instrument = view.instrument(id);
        if (instrument.kind === "spot") continue;
        const state = stateIn(view, id);
        const found = state && distanceOf(state, instrument, { size: 0, gain: 0 });
        if (found !== undefined && found.pct < haltPct) return `${text(found, id)}, at least ${haltPct} %`;
      }
      return undefined;
    },
  };
}

/** How far the mark is from the liquidation price. */
interface Distance {
  /** Percent of the mark; below 0: due already. */
  readonly pct: number;
  /** Quote per base. */
  readonly mark: number;
  readonly price: number | undefined;
}

/** A market's account as it is. */
interface State {
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
function stateOf(view: View, mates: readonly InstrumentId[], id: InstrumentId): State | undefined {
  const equity = walletEquity(view, mates);
  const held = carriedOf(view, id);
  if (equity === undefined || held === undefined) return undefined;
  const ticks = markOf(view, id);
  const mark = ticks === undefined ? undefined : ticks * Number(view.instrument(id).tickSize);
  return { held, equity, elsewhere: maintenanceOf(view, mates, id), mark };
}

/** @returns `undefined` while a price is unknown */
function distanceOf(state: State, instrument: Instrument, trade: Trade): Distance | undefined {
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

function text({ pct, mark, price }: Distance, id: InstrumentId): string {
  return `${id} would be liquidated at ${(price ?? 0).toFixed(4)}, ${pct.toFixed(2)} % from the mark of ${mark.toFixed(4)}`;
}
