import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOfHex, hexOf, utf8Of } from "./bytes.ts";

describe("hexOf and bytesOfHex", () => {
  it("are Node's hex, there and back, in either case", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(hexOf(bytes)).toBe(Buffer.from(bytes).toString("hex"));
        expect(bytesOfHex(hexOf(bytes))).toEqual(bytes);
        expect(bytesOfHex(hexOf(bytes).toUpperCase())).toEqual(bytes);
      }),
    );
  });
});

describe("utf8Of", () => {
  it("is Node's UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(hexOf(utf8Of(text))).toBe(Buffer.from(text, "utf8").toString("hex"));
      }),
    );
  });
});
