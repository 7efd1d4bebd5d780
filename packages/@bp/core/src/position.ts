// Average cost, realized profit, flips through zero: the arithmetic of holding something.
import { Big } from "big.js";
import type { Instrument } from "./instrument.ts";
import { gridsOf, notionalOf } from "./money.ts";
import type { Side } from "./side.ts";
import { type Lots, lots, type Ticks } from "./units.ts";

/** An open position and what has been earned by closing parts of it. Plain and immutable. */
export interface Position {
  /** Signed, in lots. */
  readonly size: Lots;
  /** What the open part cost in quote, signed like the size. */
  readonly cost: Big;
  /** Profit taken, in quote, before fees. */
  readonly realized: Big;
}

const zero = /* @__PURE__ */ new Big(0);

/** Nothing held, nothing earned. */
export const flat: Position = { size: /* @__PURE__ */ lots(0), cost: zero, realized: zero };

/**
 * Adds a trade by average cost. Closing takes profit on the closed part; going through zero closes all and opens the rest.
 *
 * @param trade - size above 0
 */
export function traded(
  instrument: Instrument,
  position: Position,
  trade: { readonly side: Side; readonly price: Ticks; readonly size: Lots },
): Position {
  const signed = trade.side === "buy" ? trade.size : -trade.size;
  const { size, cost, realized } = position;
  if (size === 0 || Math.sign(size) === Math.sign(signed))
    return { size: lots(size + signed), cost: cost.plus(notionalOf(instrument, trade.price, lots(signed))), realized };
  const closed = Math.min(Math.abs(signed), Math.abs(size));
  const share = closed === Math.abs(size) ? cost : cost.times(closed).div(Math.abs(size));
  const proceeds = notionalOf(instrument, trade.price, lots(closed * Math.sign(size)));
  const rest = lots(size + signed);
  const opened = Math.abs(signed) - closed;
  return {
    size: rest,
    cost: opened > 0 ? notionalOf(instrument, trade.price, rest) : cost.minus(share),
    realized: realized.plus(proceeds).minus(share),
  };
}

/**
 * Profit that closing at `mark` would take, in quote.
 *
 * @param mark - ticks, may have a fraction
 */
export function unrealizedAt(instrument: Instrument, position: Pick<Position, "size" | "cost">, mark: number): Big {
  if (position.size === 0) return zero;
  return new Big(mark).times(position.size).times(gridsOf(instrument).unit).minus(position.cost);
}

/** Average entry price in quote per base; `undefined` when flat. */
export function averagePrice(instrument: Instrument, position: Pick<Position, "size" | "cost">): Big | undefined {
  if (position.size === 0) return undefined;
  return position.cost.div(new Big(position.size).times(instrument.lotSize));
}
