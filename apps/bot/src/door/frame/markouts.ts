// What the mid did after own fills, live: a second, ten seconds and a minute later.
import { type Event, type InstrumentId, type View, venueOf } from "@bp/core";
import { type CountedFill, createHeard, createMids, type Mids, markoutHorizons } from "@bp/report";
import type { MoneyNow } from "dashboard/contract";

/** Follows all fills of a run. */
export interface Markouts {
  /** Told after each event, with the fills that it has brought. @param view - the world after it */
  step(event: Event, fills: readonly CountedFill[], view: View): void;
  /** By horizon, weighed by notional; without `bps` while no fill is so old. */
  now(): MoneyNow["markouts"];
}

/** A fill that waits for a mid. Quote. */
interface Shot {
  readonly price: number;
  readonly notional: number;
  /** 1 bought, -1 sold. */
  readonly sign: number;
}

/** Follows fills from now on, by the mids and the horizons of the tally. A market with no fills costs nothing but its mids. */
export function createMarkouts(): Markouts {
  const sums = markoutHorizons.map(() => ({ notional: 0, moved: 0, fills: 0 }));
  const heard = createHeard();
  const mids = new Map<InstrumentId, Mids<Shot>>();
  const midsOf = (id: InstrumentId): Mids<Shot> => {
    const found = mids.get(id) ?? createMids(markoutHorizons, take);
    mids.set(id, found);
    return found;
  };
  function take(look: number, { price, notional, sign }: Shot, mid: number | undefined): void {
    const sum = sums[look - 1]; // look 0 is just before the fill
    if (sum === undefined || mid === undefined) return;
    sum.notional += notional;
    sum.moved += (notional * sign * (mid - price)) / price;
    sum.fills += 1;
  }
  return {
    step: (event, fills, view) => {
      const until = heard(event);
      for (const { fill, instrument } of fills) {
        const price = fill.price * Number(instrument.tickSize);
        const notional = price * fill.size * Number(instrument.lotSize);
        midsOf(fill.instrument).watch(fill.venueAt, { price, notional, sign: fill.side === "buy" ? 1 : -1 });
      }
      const { type, venueAt } = event;
      if (type === "book.changed" || type === "book.reset" || type === "book.lost") {
        const mid = view.book(event.instrument).mid();
        midsOf(event.instrument).set(
          venueAt,
          mid === undefined ? undefined : mid * Number(view.instrument(event.instrument).tickSize),
        );
      } else if (type === "timer.fired") for (const each of mids.values()) each.pass(event.at);
      else if (type === "link.lost" && event.stream === "market")
        for (const [id, each] of mids) if (venueOf(id) === event.venue) each.set(until, undefined);
    },
    now: () =>
      markoutHorizons.map((horizonMs, look) => {
        const { notional = 0, moved = 0, fills = 0 } = sums[look] ?? {};
        return { horizonMs, ...(notional > 0 ? { bps: (moved / notional) * 10_000 } : {}), fills };
      }),
  };
}
