// The doors into the kinds of number: what they let in, and what they turn away.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBpError } from "./errors.ts";
import { clientId, clientIdOf, decimal, isDecimal, lots, millis, runOf, ticks } from "./units.ts";

const codeOf = (act: () => unknown): string => {
  try {
    return `no failure, ${String(act())}`;
  } catch (error) {
    return isBpError(error) ? error.code : String(error);
  }
};

describe.each([
  ["ticks", ticks],
  ["lots", lots],
  ["millis", millis],
] as const)("%s", (_, mark) => {
  it("lets every exact whole number through as it is", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(mark(count)).toBe(count);
      }),
    );
  });

  it("turns away fractions, what is beyond 2^53 - 1, and what is no number", () => {
    for (const bad of [0.5, -1.25, 2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY])
      expect(codeOf(() => mark(bad))).toBe("grid/not-whole");
  });

  it("never gives -0, which would print and compare as another number", () => {
    expect(Object.is(mark(-0), 0)).toBe(true);
  });
});

describe("decimal", () => {
  it("takes digits with one point between them and a minus in front", () => {
    for (const good of ["0", "-0", "00.10", "150", "-3.25", "123456789012345678901234567890.5"])
      expect([decimal(good), isDecimal(good)]).toEqual([good, true]);
  });

  it("turns away exponents, signs, spaces, bare points and other digits", () => {
    for (const bad of [
      "",
      "-",
      ".",
      "1.",
      ".5",
      "+1",
      " 1",
      "1 ",
      "1\n",
      "1e-7",
      "1E5",
      "NaN",
      "Infinity",
      "0x10",
      "1,5",
      "--1",
      "1.2.3",
      "１",
      "1_000",
    ])
      expect([codeOf(() => decimal(bad)), isDecimal(bad)]).toEqual(["grid/not-decimal", false]);
  });
});

describe("clientId", () => {
  it("takes 1 to 2^32 - 1 and nothing else", () => {
    expect([clientId(1), clientId(0xffff_ffff)]).toEqual([1, 0xffff_ffff]);
    for (const bad of [0, -1, 0x1_0000_0000, 1.5, Number.NaN])
      expect(codeOf(() => clientId(bad))).toBe("grid/not-client-id");
  });
});

describe("clientIdOf", () => {
  it("gives each order of each run a number of its own that tells both back", () => {
    const run = fc.integer({ min: 0, max: 255 });
    const count = fc.integer({ min: 1, max: 0xff_ffff });
    fc.assert(
      fc.property(run, count, (of, nth) => {
        const id = clientIdOf(of, nth);
        expect([id >>> 24, id & 0xff_ffff]).toEqual([of, nth]);
        expect(runOf(id)).toBe(of);
      }),
    );
  });

  it("refuses a run or a count out of range, fractions that would add up among them", () => {
    for (const [run, count] of [
      [-1, 1],
      [256, 1],
      [0.5, 1],
      [Number.NaN, 1],
      [0, 0],
      [0, 0x100_0000],
      [0, 1.5],
      [1 / 0x100_0000 / 2, 0.5],
    ] as const)
      expect(codeOf(() => clientIdOf(run, count))).toBe("grid/not-client-id");
  });
});
