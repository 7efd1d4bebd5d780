// A long series as a short one that looks the same: of each stretch its first, lowest, highest and last value.
import type { Points } from "./points.ts";

/** Points that are kept, about. */
const most = 2_000;

/** Thins a series out. Values that are no numbers are left out; the last value stays. */
export function thin(at: Float64Array, value: Float64Array): Points {
  const kept: number[] = [];
  const count = Math.min(at.length, value.length);
  if (count <= most) for (let place = 0; place < count; place++) kept.push(place);
  else {
    const stretch = Math.ceil(count / (most / 4));
    for (let from = 0; from < count; from += stretch) {
      const to = Math.min(count, from + stretch) - 1;
      let [low, high] = [from, from];
      for (let place = from; place <= to; place++) {
        if ((value[place] ?? 0) < (value[low] ?? 0)) low = place;
        if ((value[place] ?? 0) > (value[high] ?? 0)) high = place;
      }
      kept.push(...[...new Set([from, low, high, to])].toSorted((a, b) => a - b));
    }
  }
  const finite = kept.filter((place) => Number.isFinite(value[place]));
  return { at: finite.map((place) => at[place] ?? 0), value: finite.map((place) => short(value[place] ?? 0)) };
}

/** Twelve digits are more than any chart shows. */
function short(value: number): number {
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(12)); // + 0 turns -0 into 0
}
