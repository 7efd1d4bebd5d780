// Chance from a seed: the same seed gives the same numbers on every machine.

/** A stream of numbers that only looks random. */
export interface Random {
  /** Uniform in [0, 1), in steps of 2^-32. */
  next(): number;
  /** Uniform whole number in [low, high]; up to 2^32 different ones. */
  whole(low: number, high: number): number;
  /** Standard normal; within ±6.7. */
  normal(): number;
  /** Exponential with this mean, above or equal 0. */
  exponential(mean: number): number;
  /**
   * A stream of its own, so that drawing from one does not move the other: it depends on the seed and the name alone, and
   * not on what was drawn before.
   */
  fork(name: string): Random;
}

/**
 * A seeded generator (sfc32, seeded by splitmix32).
 *
 * @param seed - any whole number; its low 32 bits count
 * @see Chris Doty-Humphrey, PractRand (2014), for sfc
 */
export function random(seed: number): Random {
  let mix = seed | 0;
  const split = () => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = split();
  let b = split();
  let c = split();
  const turn = split();
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 0x1_0000_0000;
  };
  for (let warm = 0; warm < 12; warm++) next();
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    fork: (name) => {
      let hash = 0x811c9dc5; // FNV-1a of the name, turned by a number that only the seed decides
      for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
      return random(hash ^ turn);
    },
  };
}
