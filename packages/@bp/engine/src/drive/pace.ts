// Market time: where the market runs faster than the wall clock, strategies live in the market's time.
import { BpError, type Millis, millis, type Unnumbered } from "@bp/core";

/** Turns wall-clock times into market times. */
export interface Pace {
  /** Market seconds in a second of the wall clock. */
  readonly speed: number;
  /** Rounded to whole ms. */
  toMarket(wall: Millis): Millis;
  /** A fact with all its times in market time. */
  fact(fact: Unnumbered): Unnumbered;
}

/**
 * A pace.
 *
 * @param speed - above 0; 1 leaves everything as it is
 * @param origin - the moment at which both times are equal
 * @throws BpError `config/invalid` for a speed that is not above 0
 */
export function paceOf(speed: number, origin: Millis): Pace {
  if (!(speed > 0 && speed < Infinity))
    throw new BpError("config/invalid", { path: "speed", found: String(speed), expected: "a number above 0" });
  if (speed === 1) return { speed, toMarket: (wall) => wall, fact: (fact) => fact };
  const toMarket = (wall: Millis) => millis(Math.round(origin + (wall - origin) * speed));
  return {
    speed,
    toMarket,
    fact: (fact) => {
      const dated = { ...fact, at: toMarket(fact.at), venueAt: toMarket(fact.venueAt) };
      if (dated.type === "mark.changed") return { ...dated, fundingAt: toMarket(dated.fundingAt) };
      if (dated.type !== "account.snapshot") return dated;
      const fills = dated.fills.map((fill) => ({ ...fill, venueAt: toMarket(fill.venueAt) }));
      return { ...dated, asOf: toMarket(dated.asOf), fills };
    },
  };
}
