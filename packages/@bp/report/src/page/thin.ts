// A line with fewer points that looks the same: of each stretch the lowest and the highest stay.

/** Two columns of one length. */
export interface Line {
  readonly at: readonly number[];
  readonly value: readonly number[];
}

/**
 * At most `most` points of a line, its first, last, lowest and highest among them. What is no number is left out.
 *
 * @param most - 4 or more
 */
export function thinned({ at, value }: Line, most: number): Line {
  const good: number[] = [];
  for (let place = 0; place < Math.min(at.length, value.length); place++)
    if (Number.isFinite(at[place]) && Number.isFinite(value[place])) good.push(place);
  const kept = good.length <= most ? good : extremes(good, value, most);
  return { at: kept.map((place) => at[place] ?? 0), value: kept.map((place) => value[place] ?? 0) };
}

function extremes(places: readonly number[], value: readonly number[], most: number): number[] {
  const kept = [places[0] ?? 0];
  const stretches = Math.max(1, Math.floor((most - 2) / 2));
  for (let nth = 0; nth < stretches; nth++) {
    const from = Math.floor((nth * places.length) / stretches);
    const to = Math.floor(((nth + 1) * places.length) / stretches);
    let [low, high] = [places[from] ?? 0, places[from] ?? 0];
    for (let at = from + 1; at < to; at++) {
      const place = places[at] ?? 0;
      if ((value[place] ?? 0) < (value[low] ?? 0)) low = place;
      if ((value[place] ?? 0) > (value[high] ?? 0)) high = place;
    }
    for (const place of low < high ? [low, high] : [high, low]) if (place > (kept.at(-1) ?? -1)) kept.push(place);
  }
  const last = places.at(-1) ?? 0;
  if (last > (kept.at(-1) ?? -1)) kept.push(last);
  return kept;
}

/** Seven digits are more than a chart shows. */
export function short(value: number): number {
  return Number(value.toPrecision(7));
}
