// Mean, spread and shape of a row of numbers.

/** A row of numbers; a typed array as well. */
export type Numbers = ArrayLike<number>;

/** Arithmetic mean; `undefined` of nothing. */
export function mean(values: Numbers): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length;
}

/** Adds up, with Neumaier's correction: the order of large and small numbers does not matter. @see Neumaier (1974) */
export function sum(values: Numbers): number {
  let total = 0;
  let lost = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Sample standard deviation, divided by n − 1; `undefined` with fewer than two. */
export function deviation(values: Numbers): number | undefined {
  if (values.length < 2) return undefined;
  return Math.sqrt(centralSum(values, 2) / (values.length - 1));
}

/** Skewness m₃ / m₂^1.5 of the population form; `undefined` where nothing varies. @see Joanes & Gill (1998), g₁ */
export function skewness(values: Numbers): number | undefined {
  const second = centralSum(values, 2) / values.length;
  if (!(second > 0)) return undefined;
  return centralSum(values, 3) / values.length / second ** 1.5;
}

/** Kurtosis m₄ / m₂² of the population form: 3 for a normal distribution; `undefined` where nothing varies. */
export function kurtosis(values: Numbers): number | undefined {
  const second = centralSum(values, 2) / values.length;
  if (!(second > 0)) return undefined;
  return centralSum(values, 4) / values.length / second ** 2;
}

/** Σ (x − mean)^power. */
function centralSum(values: Numbers, power: 2 | 3 | 4): number {
  const middle = mean(values) ?? 0;
  let total = 0;
  for (let at = 0; at < values.length; at++) {
    const off = (values[at] ?? 0) - middle;
    const square = off * off;
    total += power === 2 ? square : power === 3 ? square * off : square * square;
  }
  return total;
}
