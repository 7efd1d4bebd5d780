// Numbers off the bytes: the same as off the text, refusals included.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gridFromBytes, wholeFromBytes } from "./bytes.ts";
import { gridOf, toGrid } from "./decimal.ts";
import { isBpError } from "./errors.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    if (isBpError(error)) return [error.code, error.message];
    throw error;
  }
};

const ascii = fc
  .array(fc.constantFrom(..."01234567890123456789..-e x".split("")), { maxLength: 22 })
  .map((list) => list.join(""));
const number = fc
  .tuple(fc.constantFrom("", "-"), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 99_999 }))
  .map(([sign, whole, fraction]) => `${sign}${whole}.${String(fraction).padStart(5, "0")}`);
const step = fc.constantFrom("1", "0.1", "0.01", "0.00001", "0.00000001", "0.25", "10", "0.000000000000000001");

describe("gridFromBytes", () => {
  it("reads a number out of the middle of a frame", () => {
    const frame = bytesOf('{"b":[["61837.63","0.00100"]]}');
    expect(gridFromBytes(frame, 8, 16, gridOf("0.01"))).toBe(6_183_763);
    expect(gridFromBytes(frame, 19, 26, gridOf("0.00001"))).toBe(100);
  });

  it("gives the same as toGrid, value or refusal, wherever the text stands", () => {
    fc.assert(
      fc.property(fc.oneof(ascii, number), step, fc.nat(5), (text, size, before) => {
        const grid = gridOf(size);
        const bytes = bytesOf(`${"9".repeat(before)}${text}999`);
        const found = outcome(() => gridFromBytes(bytes, before, before + text.length, grid));
        expect(found).toEqual(outcome(() => toGrid(text, grid)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("never gives -0", () => {
    expect(Object.is(gridFromBytes(bytesOf("-0.00"), 0, 5, gridOf("0.01")), 0)).toBe(true);
  });

  it("refuses an empty or a backward range, and one beyond the end", () => {
    const bytes = bytesOf("123");
    for (const [from, to] of [
      [1, 1],
      [2, 1],
      [0, 4],
      [3, 5],
    ] as const)
      expect(outcome(() => gridFromBytes(bytes, from, to, gridOf("1")))).toEqual([
        "grid/not-decimal",
        expect.any(String),
      ]);
  });
});

describe("wholeFromBytes", () => {
  const whole = (text: string) => outcome(() => wholeFromBytes(bytesOf(text), 0, text.length));

  it("reads every whole number up to 2^53 - 1", () => {
    expect(wholeFromBytes(bytesOf('"u":4330000001,'), 4, 14)).toBe(4_330_000_001);
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(whole(String(value))).toBe(value);
      }),
    );
  });

  it("refuses everything else", () => {
    for (const bad of ["", "-1", "1.0", "1e3", " 1", "x"])
      expect(whole(bad)).toEqual(["grid/not-decimal", expect.any(String)]);
    for (const bad of ["9007199254740992", "9007199254740993", "9".repeat(400)])
      expect(whole(bad)).toEqual(["grid/too-large", expect.any(String)]);
    expect(outcome(() => wholeFromBytes(bytesOf("12"), 0, 3))).toEqual(["grid/not-decimal", expect.any(String)]);
  });
});
