// Whose order it is.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOwn } from "./own.ts";

const span = 0x100_0000;
const id = (run: number, count: number) => run * span + count;

describe("isOwn", () => {
  it("knows orders of its run up to the last one, and nobody else's", () => {
    const runs = [{ clientRun: 7, last: id(7, 20) }];
    expect(isOwn(runs, id(7, 1))).toBe(true);
    expect(isOwn(runs, id(7, 20))).toBe(true);
    expect(isOwn(runs, id(7, 21))).toBe(false); // of a bot that goes on with the run
    expect(isOwn(runs, id(6, 5))).toBe(false);
    expect(isOwn(runs, undefined)).toBe(false); // the user's own
    expect(isOwn(runs, 0)).toBe(false);
  });

  it("takes any of the run where the last one is not known", () => {
    expect(isOwn([{ clientRun: 255 }], id(255, 0xff_ffff))).toBe(true);
    expect(isOwn([], id(1, 1))).toBe(false);
  });

  it("knows orders from before the numbers began again", () => {
    expect(isOwn([{ clientRun: 3, last: id(3, 5) }], id(3, span - 2))).toBe(true);
  });

  it("never takes an order of another run", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const count = fc.integer({ min: 1, max: span - 1 });
    fc.assert(
      fc.property(byte, byte, count, count, (run, other, last, number) => {
        fc.pre(run !== other);
        expect(isOwn([{ clientRun: run, last: id(run, last) }], id(other, number))).toBe(false);
      }),
    );
  });
});
