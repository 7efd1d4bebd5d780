import { describe, expect, it } from "vitest";
import { id, idOrNull } from "./ids.ts";
import { jsonOf } from "./json.ts";

const read = (text: string) => id.safeParse(jsonOf(text)).data;

describe("id", () => {
  it("keeps every digit, as text, above 2^53 too", () => {
    expect(["7", '"7"', "113392053149171712", '"113392053149171712"', "18446744073709551615", "-5"].map(read)).toEqual([
      "7",
      "7",
      "113392053149171712",
      "113392053149171712",
      "18446744073709551615",
      "-5",
    ]);
  });

  it("takes a number that prints as it was written although it is above 2^53", () => {
    expect(read("113392053149171710")).toBe("113392053149171710");
  });

  it("refuses what is no id: a fraction, an exponent, nothing", () => {
    expect(["1.5", "1e30", "1e999", "true", "{}", "null"].map(read)).toEqual(Array(6).fill(undefined));
  });
});

describe("idOrNull", () => {
  it("takes nothing for none", () => {
    expect([undefined, null, "a", 3].map((each) => idOrNull.parse(each))).toEqual([null, null, "a", "3"]);
  });
});
