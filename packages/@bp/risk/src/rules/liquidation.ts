// Rule: positions are kept away from the price at which the venue would close them.
import { type InstrumentId, type RiskRule, type View, venueOf } from "@bp/core";
import { markOf, quotePerUnit } from "../exposure.ts";
import { liquidationPrice } from "../liquidationPrice.ts";
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
  return {
    name: "liquidation",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (pass.reduces || !pass.places) return { pass: intent };
      const { instrument: id } = intent;
      const instrument = view.instrument(id);
      if (instrument.kind === "spot") return { pass: intent };
      const sign = pass.side === "buy" ? 1 : -1;
      const mark = markOf(view, id) ?? pass.price;
      const gain = sign * pass.size * (mark - pass.price) * quotePerUnit(instrument);
      const size = sign * (pass.committed(id, pass.side) + pass.size);
      const held = carriedOf(view, id);
      if (held !== undefined && held * size < 0 && Math.abs(size) <= Math.abs(held)) return { pass: intent }; // adds to nothing
      const found = distanceOf(view, matesOf(view, id), id, { size, gain: Math.min(0, gain) });
      if (found === undefined) return { refuse: `the margin of ${venueOf(id)} is not known` };
      if (found.pct >= refusePct) return { pass: intent };
      return { refuse: `${text(found, id)} if this fills, at least ${refusePct} %` };
    },
    halts: (view) => {
      if (haltPct === undefined) return undefined;
      for (const id of markets) {
        if (view.instrument(id).kind === "spot") continue;
        const found = distanceOf(view, matesOf(view, id), id, { size: 0, gain: 0 });
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

/** @returns `undefined` while a balance, a position or a price is unknown */
function distanceOf(view: View, mates: readonly InstrumentId[], id: InstrumentId, trade: Trade): Distance | undefined {
  const equity = walletEquity(view, mates);
  const held = carriedOf(view, id);
  const ticks = markOf(view, id);
  if (equity === undefined || held === undefined) return undefined;
  const { tickSize, margin } = view.instrument(id);
  const lots = held + trade.size;
  if (lots === 0 || margin === undefined) return { pct: Number.POSITIVE_INFINITY, mark: 0, price: undefined };
  const elsewhere = maintenanceOf(view, mates, id);
  if (ticks === undefined || elsewhere === undefined) return undefined;
  const mark = ticks * Number(tickSize);
  const size = (lots * quotePerUnit(view.instrument(id))) / Number(tickSize);
  const price = liquidationPrice({
    size,
    mark,
    equity: equity + trade.gain,
    maintenance: margin.maintenance,
    elsewhere,
  });
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
