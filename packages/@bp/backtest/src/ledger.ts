// The exchanges' own books of a run, to hold ours against.
import { Big, feeInQuote, type InstrumentId, notionalOf, sizeToBig, symbolOf } from "@bp/core";
import { type Figures, volumeSums } from "@bp/report";
import type { SimFact } from "@bp/sim";
import type { Ground } from "./ground.ts";

/** Sums of the exchanges' own fills. */
export interface Books {
  /** Whether fills, volume, fees and bought less sold are the same in every market, to the last digit. */
  equal(figures: Figures): boolean;
}

interface Sums {
  fills: number;
  volume: Big;
  fees: Big;
  position: Big;
}

/** Begins to add up. Call it before the first trade. */
export function booksOf({ exchanges }: Pick<Ground, "exchanges">): Books {
  const sums = new Map<InstrumentId, Sums>();
  for (const exchange of exchanges.values()) {
    const markets = new Map(exchange.instruments.map((each) => [each.id, each]));
    const hear = (fact: SimFact) => {
      if (fact.type !== "order-filled") return;
      const { fill } = fact;
      const instrument = markets.get(fill.instrument);
      if (instrument === undefined) return;
      const id: InstrumentId = `${fill.account}:${symbolOf(fill.instrument)}`; // accounts are named as their venues
      const sum = sums.get(id) ?? { fills: 0, volume: new Big(0), fees: new Big(0), position: new Big(0) };
      sum.fills += 1;
      sum.volume = sum.volume.plus(notionalOf(instrument, fill.price, fill.size));
      sum.fees = sum.fees.plus(feeInQuote(instrument, fill));
      sum.position = sum.position.plus(sizeToBig(instrument, fill.size).times(fill.side === "buy" ? 1 : -1));
      sums.set(id, sum);
    };
    exchange.listen(hear, { positions: false });
  }
  return {
    equal: (figures) => {
      const known = new Set(figures.instruments.map(({ instrument }) => instrument.id));
      for (const id of sums.keys()) if (!known.has(id)) return false;
      return figures.instruments.every(({ instrument: { id }, session: { sums: own }, position }) => {
        const theirs = sums.get(id);
        if (theirs === undefined) return own.fills === 0;
        return (
          own.fills === theirs.fills &&
          volumeSums(own.volumes).all.quote.eq(theirs.volume) &&
          own.fees.eq(theirs.fees) &&
          position.eq(theirs.position)
        );
      });
    },
  };
}
