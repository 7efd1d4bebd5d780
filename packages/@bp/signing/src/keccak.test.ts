import { keccak_256 } from "@noble/hashes/sha3.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexOf, utf8Of } from "./bytes.ts";
import { keccak256 } from "./keccak.ts";

describe("keccak256", () => {
  // Of the Keccak team's own tables, and of the address of an empty account's code.
  it.each([
    ["", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"],
    ["abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"],
    ["Message(string msg)", "c4cfb57eea370ef2a92403a7e865b2de262d7ca272333665b54ad7e6a602ef68"],
  ])("of %j", (text, expected) => {
    expect(hexOf(keccak256(utf8Of(text)))).toBe(expected);
  });

  it("is noble's at every length around the ends of a block", () => {
    for (let length = 0; length <= 4 * 136 + 1; length++) {
      const data = Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 0xff);
      expect(hexOf(keccak256(data))).toBe(hexOf(keccak_256(data)));
    }
  });

  it("is noble's for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (data) => {
        expect(hexOf(keccak256(data))).toBe(hexOf(keccak_256(data)));
      }),
      { numRuns: 500 },
    );
  });

  it("reads a part of a larger buffer, and keeps nothing of it", () => {
    const whole = utf8Of("xxabcxx");
    const digest = keccak256(whole.subarray(2, 5));
    whole.fill(0);
    expect(digest).toEqual(keccak256(utf8Of("abc")));
  });
});
