// Pairs of markets whose positions should add up to nothing, and what brings them there.
import { Big, type Instrument, type InstrumentId, type Pass, type Side, type View } from "@bp/core";

/** Two markets of one base asset that hedge each other: a perpetual here and a spot or a perpetual there. */
export type Pair = readonly [InstrumentId, InstrumentId];

/** Whole steps in which both legs' lots can be counted. */
interface Scale {
  readonly a: Instrument;
  readonly b: Instrument;
  readonly step: Big;
  /** Steps of one lot. */
  readonly perA: number;
  readonly perB: number;
}

/** A pair at work. */
export interface PairScale {
  readonly pair: Pair;
  readonly scale: (view: View) => Scale;
  /** What both legs add up to, in steps; `undefined` while a position is unknown. */
  readonly net: (view: View) => number | undefined;
}

/** Follows a pair through changes of its markets. */
export function pairScale(pair: Pair): PairScale {
  let last: Scale | undefined;
  const scale = (view: View): Scale => {
    const [a, b] = [view.instrument(pair[0]), view.instrument(pair[1])];
    if (last?.a !== a || last.b !== b) last = scaleOf(a, b);
    return last;
  };
  return {
    pair,
    scale,
    net: (view) => {
      const [a, b] = [view.position(pair[0]), view.position(pair[1])];
      if (a === undefined || b === undefined) return undefined;
      const { perA, perB } = scale(view);
      return a * perA + b * perB;
    },
  };
}

/**
 * How many lots a wish may trade on its side and still only bring a pair nearer to nothing: what the pair lacks, less what
 * works or is approved for it already, up to one lot more where the legs' lots differ. A hold is a hedge that cannot wait:
 * it counts its own leg alone, or a resting order that may never fill would keep it from its work.
 *
 * @returns 0 while a position is unknown
 */
export function hedgeRoom(scaled: PairScale, view: View, pass: Pass, id: InstrumentId, kind: "quote" | "hold"): number {
  const { pair, net, scale } = scaled;
  if (!pair.includes(id)) return 0;
  const sum = net(view);
  if (sum === undefined) return 0;
  const { perA, perB } = scale(view);
  const lacks = pass.side === "buy" ? -sum : sum;
  const working = (leg: InstrumentId, per: number, side: Side) =>
    kind === "quote" || leg === id ? pass.committed(leg, side) * per : 0;
  const left = lacks - working(pair[0], perA, pass.side) - working(pair[1], perB, pass.side);
  return Math.max(0, Math.ceil(left / (id === pair[0] ? perA : perB)));
}

/** Whether a wish only brings one of the pairs nearer to nothing. */
export function hedges(
  pairs: readonly PairScale[],
  view: View,
  pass: Pass,
  id: InstrumentId,
  kind: "quote" | "hold",
): boolean {
  return pairs.some((each) => pass.size <= hedgeRoom(each, view, pass, id, kind));
}

function scaleOf(a: Instrument, b: Instrument): Scale {
  const step = new Big(10).pow(-Math.max(decimals(a.lotSize), decimals(b.lotSize)));
  const per = (lotSize: string) => new Big(lotSize).div(step).toNumber();
  return { a, b, step, perA: per(a.lotSize), perB: per(b.lotSize) };
}

function decimals(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}
