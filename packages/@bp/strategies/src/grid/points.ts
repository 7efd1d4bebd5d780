// An estimate of the venue's reward points. The venue publishes no formula; this is what its users reckon with.
import { Big, type Millis, millis } from "@bp/core";

/** Points of trades so far, and of the week. Quote and points. */
export interface Points {
  readonly total: Big;
  /** Thursday 00:00 UTC at which the week began; 0 before the first trade. */
  readonly weekFrom: Millis;
  readonly week: Big;
  readonly weekVolume: Big;
  readonly volume: Big;
  readonly makerVolume: Big;
}

const zero = /* @__PURE__ */ new Big(0);

/** No trade yet. */
export const noPoints: Points = {
  total: zero,
  weekFrom: millis(0),
  week: zero,
  weekVolume: zero,
  volume: zero,
  makerVolume: zero,
};

/**
 * What one trade is reckoned to bring: a point for each quote, 1.2 of them as maker, 0.8 as taker; nothing below 10 quote.
 *
 * @param notional - quote
 */
export function pointsOf(notional: Big, liquidity: "maker" | "taker"): Big {
  if (notional.lt(10)) return zero;
  return notional.times(liquidity === "maker" ? "1.2" : "0.8");
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** The Thursday, 00:00 UTC, that began the week of a moment. 1970-01-01 was one. */
export function weekOf(at: Millis): Millis {
  return millis(at - (at % weekMs));
}

/** When a week's points are paid out: the Friday after its end, 02:00 UTC. */
export function payoutOf(weekFrom: Millis): Millis {
  return millis(weekFrom + weekMs + dayMs + 2 * 3_600_000);
}

/** Adds a trade. */
export function scored(points: Points, notional: Big, liquidity: "maker" | "taker", at: Millis): Points {
  const earned = pointsOf(notional, liquidity);
  const weekFrom = weekOf(at);
  const same = weekFrom === points.weekFrom;
  return {
    total: points.total.plus(earned),
    weekFrom,
    week: same ? points.week.plus(earned) : earned,
    weekVolume: same ? points.weekVolume.plus(notional) : notional,
    volume: points.volume.plus(notional),
    makerVolume: liquidity === "maker" ? points.makerVolume.plus(notional) : points.makerVolume,
  };
}
