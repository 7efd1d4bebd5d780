// Rule: positions are kept away from the price at which the venue would close them.
import { type InstrumentId, type RiskRule, type View, venueOf } from "@bp/core";
import { markOf, quotePerUnit } from "../exposure.ts";
import { carriedState, type Distance, distanceOf } from "../liquidationDistance.ts";
import { oncePerRound } from "../once.ts";
import { matesAmong } from "../wallet.ts";

/** How near is too near, in percent of the mark. */
export interface LiquidationLimits {
  /** All perpetuals that are traded; those of one venue and one quote currency share their margin. */
  readonly markets: readonly InstrumentId[];
  /** Nearer than this: nothing that adds. */
  readonly refusePct: number;
  /** Nearer than this: a halt. Left out: none. */
  readonly haltPct?: number;
}

/**
 * Refuses what would leave less than `refusePct` between the mark and the estimated liquidation price of its market, with
 * everything filled that works or is approved on its side; and halts when less than `haltPct` is left as things are, again
 * and again after a resume while it is so. Positions that are not ours count: one margin carries them all. Reductions
 * pass, and orders that work as wished. An estimate: see `liquidationPrice`.
 */
export function liquidation({ markets, refusePct, haltPct }: LiquidationLimits): RiskRule {
  const matesOf = matesAmong(markets);
  const stateIn = (view: View, id: InstrumentId) => carriedState(view, matesOf(view, id), id);
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

function text({ pct, mark, price }: Distance, id: InstrumentId): string {
  return `${id} would be liquidated at ${(price ?? 0).toFixed(4)}, ${pct.toFixed(2)} % from the mark of ${mark.toFixed(4)}`;
}
