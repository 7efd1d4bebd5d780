// Luck and skill: published values, and laws.
import { random } from "@bp/core";
import { describe, expect, it } from "vitest";
import { pbo } from "./pbo.ts";
import { deflatedSharpe, luckySharpe, probabilisticSharpe } from "./selection.ts";

describe("probabilisticSharpe", () => {
  it("is a half where the ratio is the benchmark, and grows with the number of samples", () => {
    const sample = { sharpe: 0.1, samples: 100, skew: 0, kurtosis: 3 };
    expect(probabilisticSharpe(sample, 0.1)).toBeCloseTo(0.5, 15);
    expect(probabilisticSharpe({ ...sample, samples: 1_000 })).toBeGreaterThan(probabilisticSharpe(sample) ?? 1);
  });

  it("trusts fat left tails less", () => {
    const even = { sharpe: 0.2, samples: 100, skew: 0, kurtosis: 3 };
    expect(probabilisticSharpe({ ...even, skew: -2, kurtosis: 10 })).toBeLessThan(probabilisticSharpe(even) ?? 0);
  });

  it("says nothing of fewer than two samples", () => {
    expect(probabilisticSharpe({ sharpe: 1, samples: 1, skew: 0, kurtosis: 3 })).toBeUndefined();
  });
});

describe("deflatedSharpe", () => {
  it("is the example of the paper: 100 trials, five years of days, annual ratio 2.5", () => {
    // Bailey & López de Prado (2014), section "A numerical example"
    const deviation = Math.sqrt(0.5 / 250);
    expect(luckySharpe(100, deviation)).toBeCloseTo(0.1132, 4);
    const sample = { sharpe: 2.5 / Math.sqrt(250), samples: 1_250, skew: -3, kurtosis: 10 };
    expect(deflatedSharpe(sample, { trials: 100, deviation })).toBeCloseTo(0.9004, 4);
  });

  it("is the probabilistic one where a single run was tried", () => {
    const sample = { sharpe: 0.05, samples: 500, skew: -0.5, kurtosis: 6 };
    expect(deflatedSharpe(sample, { trials: 1, deviation: 9 })).toBe(probabilisticSharpe(sample));
  });
});

describe("pbo", () => {
  const noise = (trials: number, periods: number, drift = 0) => {
    const chance = random(5);
    return Array.from({ length: trials }, (_, trial) =>
      Float64Array.from({ length: periods }, () => chance.normal() + (trial === 0 ? drift : 0)),
    );
  };

  it("is near a half for trials without skill, and near 0 where one has it", () => {
    const chance = pbo(noise(200, 640), 16);
    expect(chance.splits).toBe(12_870);
    expect(chance.pbo).toBeGreaterThan(0.2);
    expect(chance.pbo).toBeLessThan(0.8);
    const skill = pbo(noise(200, 640, 1), 16);
    expect(skill.pbo).toBe(0);
    expect(skill.medianRank).toBeGreaterThan(0.99);
    expect(skill.lossProbability).toBe(0);
  });

  it("ranks a winner among its equals in their middle, so that copies of one trial prove nothing", () => {
    const [row = new Float64Array()] = noise(1, 160);
    expect(
      pbo(
        Array.from({ length: 9 }, () => row),
        8,
      ),
    ).toMatchObject({ pbo: 1, medianRank: 0.5 });
  });

  it("names what it cannot use", () => {
    const rows = noise(3, 32);
    expect(() => pbo(rows, 7)).toThrow(/an even number from 2 to 20/);
    expect(() => pbo(rows.slice(0, 1))).toThrow(/trials: found 1/);
    expect(() => pbo(rows.map((row) => row.subarray(0, 9)))).toThrow(/found 9, expected at least 16/);
    expect(() => pbo([...rows, new Float64Array(31)])).toThrow(/periods of trial 3: found 31, expected 32/);
    expect(() => pbo([...rows, new Float64Array(32).fill(Number.NaN)])).toThrow(/return 0 of trial 3: found NaN/);
  });
});
