// A strategy that wants far more than any venue allows: each of its quotes elsewhere four times a second, and a hold that comes and goes.
import {
  type Instrument,
  type InstrumentId,
  type Intent,
  lots,
  type Side,
  type Strategy,
  ticks,
  type View,
} from "@bp/core";

/** Where it storms. */
export interface StormParams {
  readonly instruments: readonly InstrumentId[];
  /** Quotes a side and market. */
  readonly quotes: number;
  /** How often each of them is wanted elsewhere, ms. */
  readonly everyMs: number;
  /** How often the hold is wanted and not wanted, ms. */
  readonly holdMs: number;
}

/** Quotes far from the market, so that they are taken back and not traded; holds near it, so that they trade. */
export const storm: Strategy<StormParams> = {
  name: "storm",
  params: { parse: (input) => input as StormParams }, // from beside it
  instruments: ({ instruments }) => instruments,
  start: () => undefined,
  want: (view, _, params) =>
    params.instruments.flatMap((id) => [...quotes(view, id, params), ...hold(view, id, params)]),
};

function quotes(view: View, id: InstrumentId, { quotes: count, everyMs }: StormParams): readonly Intent[] {
  const mid = view.book(id).mid();
  if (mid === undefined) return [];
  const instrument = view.instrument(id);
  const step = Math.floor(view.now / everyMs) % 7;
  const wanted = (side: Side, place: number): Intent => {
    const away = 0.005 + 0.0007 * place + 0.0001 * step;
    const price = ticks(Math.round(mid * (1 + (side === "buy" ? -away : away))));
    const size = sizeAt(instrument, mid);
    return { kind: "quote", instrument: id, slot: `${id}.${side}.${place}`, side, price, size, postOnly: true };
  };
  return (["buy", "sell"] as const).flatMap((side) => Array.from({ length: count }, (_, place) => wanted(side, place)));
}

function hold(view: View, id: InstrumentId, { holdMs }: StormParams): readonly Intent[] {
  const mid = view.book(id).mid();
  if (mid === undefined) return [];
  const wantsIt = Math.floor(view.now / holdMs) % 2 === 0;
  const worst = ticks(Math.round(mid * (wantsIt ? 1.01 : 0.99)));
  const position = wantsIt ? sizeAt(view.instrument(id), mid) : lots(0);
  return [{ kind: "hold", instrument: id, position, worst, why: "it comes and goes" }];
}

/** Twice what the market takes at least. */
function sizeAt({ minSize, minNotional, lotSize, tickSize }: Instrument, mid: number) {
  const least = Number(minNotional) / (mid * Number(tickSize) * Number(lotSize)); // a size to trade with, no money
  return lots(2 * Math.max(minSize, Math.ceil(least)));
}
