// The lowest and the highest since a moment, where moments are asked for in order: the oldest open lot goes first.

/** A row of values that only moves on. */
export interface Swing {
  push(value: number): void;
  /** The place that a lot is opened at: the value in effect counts for it. */
  mark(): number;
  /** Lowest and highest from a place on; places never go back. NaN before the first value. */
  low(from: number): number;
  high(from: number): number;
}

/** Nothing has been seen. Keeps as many values as there are turns, not more. */
export function createSwing(): Swing {
  const lows = createRow((value, newest) => value <= newest);
  const highs = createRow((value, newest) => value >= newest);
  let place = 0;
  let last = Number.NaN;
  return {
    push: (value) => {
      if (value === last) return;
      last = value;
      place += 1;
      lows.push(place, value);
      highs.push(place, value);
    },
    mark: () => place,
    low: (from) => lows.from(from),
    high: (from) => highs.from(from),
  };
}

/** A monotonic queue: what can never be the answer again is dropped. */
function createRow(beats: (value: number, newest: number) => boolean) {
  let places: number[] = [];
  let values: number[] = [];
  let first = 0;
  return {
    push: (place: number, value: number) => {
      while (values.length > first && beats(value, values[values.length - 1] ?? value)) {
        places.pop();
        values.pop();
      }
      places.push(place);
      values.push(value);
    },
    from: (place: number): number => {
      while (first < places.length && (places[first] ?? place) < place) first += 1;
      if (first > 512 && first * 2 > places.length) {
        places = places.slice(first);
        values = values.slice(first);
        first = 0;
      }
      return values[first] ?? Number.NaN;
    },
  };
}
