import { describe, expect, it } from "vitest";
import { clientIdOrNull } from "./clientId.ts";

describe("clientIdOrNull", () => {
  it("reads a number or digits, and nothing that only looks like a number of ours", () => {
    expect([7, "7", "4294967295", 0, "", null].map((each) => clientIdOrNull.parse(each))).toEqual([
      7,
      7,
      4_294_967_295,
      0,
      null,
      null,
    ]);
    for (const odd of ["0x10", "1e3", " ", "7 ", "-1", "4294967296", 1.5]) expect(clientIdOrNull.parse(odd)).toBeNull();
  });
});
