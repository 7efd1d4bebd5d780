// The two quoting models against published figures, and one against the other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { avellanedaStoikov } from "./avellanedaStoikov.ts";
import { glft } from "./glft.ts";

const above0 = (max: number) => fc.double({ min: 0.001, max, noNaN: true });

describe("avellanedaStoikov", () => {
  const input = { mid: 100, inventory: 2, riskAversion: 0.1, volatility: 2, horizon: 0.005, decay: 1.5 };

  it("mid 100, q 2, γ 0.1, σ 2, T - t 0.005, k 1.5: 99.996 and a spread of 1.292770", () => {
    const { reservation, half } = avellanedaStoikov(input);
    expect(reservation).toBeCloseTo(99.996, 9);
    expect(2 * half).toBeCloseTo(1.29277, 6);
  });

  it("leans against inventory the same both ways, and not at all without", () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), above0(5), above0(5), (inventory, riskAversion, volatility) => {
        const of = (q: number) => avellanedaStoikov({ ...input, inventory: q, riskAversion, volatility });
        expect(of(inventory).reservation - 100).toBeCloseTo(100 - of(-inventory).reservation, 6);
        expect(of(inventory).half).toBe(of(0).half);
        expect(of(0).reservation).toBe(100);
        expect(of(0).half).toBeGreaterThan(0);
      }),
    );
  });
});

describe("glft", () => {
  const input = { arrivals: 2.986162360812285, decay: 0.04235741115084049, riskAversion: 0.05, volatility: 10.69 };

  it("the tutorial's figures: half-spread 20.472085, skew 9.763269 ticks", () => {
    const { half, skew } = glft(input);
    expect(half).toBeCloseTo(20.472085, 6);
    expect(skew).toBeCloseTo(9.763269, 6);
  });

  it("quotes wider and leans more the wilder the market is; both in proportion", () => {
    fc.assert(
      fc.property(above0(50), (volatility) => {
        const [calm, wild] = [glft({ ...input, volatility }), glft({ ...input, volatility: 2 * volatility })];
        expect(wild.skew).toBeCloseTo(2 * calm.skew, 6);
        expect(wild.half - calm.half).toBeCloseTo(calm.skew / 2, 6);
      }),
    );
  });

  it("does not see the unit of price", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (unit) => {
        const { half, skew } = glft({
          arrivals: input.arrivals,
          decay: input.decay / unit,
          riskAversion: input.riskAversion / unit,
          volatility: input.volatility * unit,
        });
        expect(half / unit).toBeCloseTo(20.472085, 5);
        expect(skew / unit).toBeCloseTo(9.763269, 5);
      }),
    );
  });

  it("has nothing but the width of c1 in a market that stands still", () => {
    const { half, skew } = glft({ ...input, volatility: 0 });
    expect(skew).toBe(0);
    expect(half).toBeCloseTo(Math.log1p(0.05 / input.decay) / 0.05, 12);
  });
});
