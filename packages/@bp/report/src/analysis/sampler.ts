// Equity, positions and prices at regular moments: every second at first, of a longer run every minute, hour, day.
import { yearMs } from "../metrics/returns.ts";

/** One market's part of a sample. */
export interface Sampled {
  /** Signed base. */
  readonly held: number;
  /** Common quote per base; NaN while it is not known. */
  readonly price: number;
}

/** Samples as columns of one length. */
export interface Samples {
  readonly stepMs: number;
  readonly periodsPerYear: number;
  /** Ms; multiples of the step, but for the last one. */
  readonly at: Float64Array;
  /** Earned so far, common quote. */
  readonly earned: Float64Array;
  readonly held: readonly Float64Array[];
  readonly price: readonly Float64Array[];
}

/** Steps, and how many samples of each are taken at most before the next one: 4 hours, 10 days, 11 years. */
const levels = [
  { stepMs: 1_000, most: 14_400 },
  { stepMs: 60_000, most: 14_400 },
  { stepMs: 3_600_000, most: 100_000 },
  { stepMs: 86_400_000, most: Number.POSITIVE_INFINITY },
] as const;

/** Takes samples. */
export interface Sampler {
  /** The next moment that a sample is due at; time must not pass it unsampled. */
  readonly due: number;
  /** Takes what is due until `now`, exclusive, all with these values: nothing has changed since. */
  take(now: number, earned: number, markets: readonly Sampled[]): void;
  /** With a last one at `now`. Asking changes nothing. */
  samples(now: number, earned: number, markets: readonly Sampled[]): Samples;
}

/** @param markets - how many */
export function createSampler(markets: number): Sampler {
  const width = 2 + 2 * markets;
  let level: (typeof levels)[number] = levels[0];
  let columns = Array.from({ length: width }, () => new Float64Array(1_024));
  let length = 0;

  const write = (place: number, value: number) => {
    const column = columns[place];
    if (column !== undefined) column[length] = value;
  };
  const put = (at: number, earned: number, each: readonly Sampled[]) => {
    if (length === columns[0]?.length) columns = columns.map((column) => grown(column));
    write(0, at);
    write(1, earned);
    for (let market = 0; market < each.length; market++) {
      write(2 + 2 * market, each[market]?.held ?? 0);
      write(3 + 2 * market, each[market]?.price ?? Number.NaN);
    }
    length += 1;
  };
  const thin = () => {
    level = levels[levels.indexOf(level) + 1] ?? level;
    const at = columns[0] ?? new Float64Array();
    let kept = 0;
    for (let row = 0; row < length; row++) {
      if (row > 0 && (at[row] ?? 0) % level.stepMs !== 0) continue;
      for (const column of columns) column[kept] = column[row] ?? 0;
      kept += 1;
    }
    at[0] = Math.floor((at[0] ?? 0) / level.stepMs) * level.stepMs;
    length = kept;
    sampler.due = (at[kept - 1] ?? 0) + level.stepMs;
  };

  const sampler: Sampler & { due: number } = {
    due: Number.NEGATIVE_INFINITY,
    take: (now, earned, each) => {
      if (sampler.due === Number.NEGATIVE_INFINITY) {
        sampler.due = Math.floor(now / level.stepMs) * level.stepMs; // the one before the first event
        put(sampler.due, earned, each);
        sampler.due += level.stepMs;
      }
      while (sampler.due < now) {
        // a long silence is one step less fine, not a million samples of the same
        if (length + (now - sampler.due) / level.stepMs > level.most) thin();
        else {
          put(sampler.due, earned, each);
          sampler.due += level.stepMs;
        }
      }
    },
    samples: (now, earned, each) => {
      const last = [now, earned, ...each.flatMap(({ held, price }) => [held, price])];
      const there = columns.map((column, place) => {
        const whole = new Float64Array(length + 1);
        whole.set(column.subarray(0, length));
        whole[length] = last[place] ?? 0;
        return whole;
      });
      const [at = new Float64Array(), equity = new Float64Array(), ...rest] = there;
      return {
        stepMs: level.stepMs,
        periodsPerYear: yearMs / level.stepMs,
        at,
        earned: equity,
        held: rest.filter((_, place) => place % 2 === 0),
        price: rest.filter((_, place) => place % 2 === 1),
      };
    },
  };
  return sampler;
}

function grown(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
