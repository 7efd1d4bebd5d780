// Rule: the venue would find enough margin for everything that works or is wished.
import {
  type Instrument,
  type InstrumentId,
  type Intent,
  type Pass,
  type RiskRule,
  type Verdict,
  type View,
  venueOf,
} from "@bp/core";
import { oncePerRound } from "../once.ts";
import { reserved } from "../reserved.ts";
import { trimmed } from "../trim.ts";
import { marginRate, matesAmong, walletEquity, worstNotional } from "../wallet.ts";

/** How margin is counted. */
export interface MarginOptions {
  /** All perpetuals that are traded; those of one venue and one quote currency share their margin. */
  readonly markets: readonly InstrumentId[];
  /** The leverage set at the venue, of all markets or by market; left out: what the market's own function asks. */
  readonly leverage?: number | Readonly<Record<InstrumentId, number>>;
  /** Equity must be at least so many times the initial margin; 1 by default, more keeps some free. */
  readonly minRatio?: number;
}

/**
 * Refuses new orders for perpetuals whose initial margin the wallet does not have, and trims holds to what it has.
 *
 * Each market asks for its worst case (its position with everything filled that works or is approved on the worse side, at
 * the mark, or at the wish's price where that is higher) times `max(base, factor × sqrt(notional), 1 / leverage)`. What is
 * there is the quote balance and the unrealized result, less what spot buys hold; other collateral is not counted.
 * Positions that are not ours ask too. Reductions pass, and what asks for no more than before. While something is unknown
 * nothing else does.
 *
 * @see Backpack: margin functions of the market list; Aster: initial margin = notional / leverage
 */
export function margin({ markets, leverage, minRatio = 1 }: MarginOptions): RiskRule {
  const matesOf = matesAmong(markets);
  const equityOf = oncePerRound((view, id) => walletEquity(view, matesOf(view, id)));
  const floorOf = (id: InstrumentId): number => {
    const set = typeof leverage === "object" ? leverage[id] : leverage;
    return set === undefined ? 0 : 1 / set;
  };
  /** Quote; `undefined`: not known. */
  const needOf = (view: View, pass: Pass, id: InstrumentId, size: number): number | undefined => {
    let sum = 0;
    for (const each of matesOf(view, id)) {
      const more = each === id ? { size, atLeast: size === 0 ? 0 : pass.price } : undefined;
      const notional = worstNotional(view, pass, each, more);
      if (notional === undefined) return undefined;
      sum += notional * marginRate(view.instrument(each).margin?.initial, notional, floorOf(each));
    }
    return sum * minRatio;
  };
  return {
    name: "margin",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (pass.reduces || !pass.places) return { pass: intent };
      const { instrument: id } = intent;
      const instrument = view.instrument(id);
      if (instrument.kind === "spot") return { pass: intent };
      const equity = equityOf(view, pass, id);
      const needed = needOf(view, pass, id, pass.size);
      if (equity === undefined || needed === undefined) return { refuse: `the margin of ${venueOf(id)} is not known` };
      const available = equity - reserved(view, pass, instrument);
      if (needed <= available + tolerance) return { pass: intent };
      const before = needOf(view, pass, id, 0);
      if (before !== undefined && needed <= before) return { pass: intent };
      const why = `initial margin of ${needed.toFixed(2)} ${instrument.quote} needed with everything that works, ${available.toFixed(2)} available at ${venueOf(id)}`;
      const carries = (size: number) =>
        (needOf(view, pass, id, size) ?? Number.POSITIVE_INFINITY) <= available + tolerance;
      return tooMuch(intent, pass, instrument, why, carries);
    },
  };
}

/** Quote that sums of numbers may be short of a whole one. */
const tolerance = 1e-9;

function tooMuch(
  intent: Intent,
  pass: Pass,
  instrument: Instrument,
  why: string,
  carries: (size: number) => boolean,
): Verdict {
  return intent.kind === "hold" ? trimmed(intent, pass, instrument, largest(pass.size, carries), why) : { refuse: why };
}

/** The largest whole number below `most` that holds; what holds for one holds for all below it. 0 if none does. */
function largest(most: number, holds: (size: number) => boolean): number {
  let [low, high] = [0, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
