import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonOf } from "./json.ts";

describe("jsonOf", () => {
  it("keeps ids beyond 2^53 to the last digit, wherever they stand", () => {
    expect(jsonOf('{"R":113392053149171712,"u":[18446744073709551615,-9223372036854775808]}')).toEqual({
      R: "113392053149171712",
      u: ["18446744073709551615", "-9223372036854775808"],
    });
  });

  it("keeps decimals of more digits than a double has", () => {
    expect(jsonOf('{"entry":3826.8888888888888888888888889}')).toEqual({ entry: "3826.8888888888888888888888889" });
  });

  it("leaves numbers that fit, and digits inside of strings, as they are", () => {
    expect(jsonOf('{"T":1750793021519123,"s":"id 12345678901234567890 \\" 1234567890123456789","x":1e21}')).toEqual({
      T: 1750793021519123,
      s: 'id 12345678901234567890 " 1234567890123456789',
      x: 1e21,
    });
  });

  it("answers undefined for what is no JSON", () => {
    for (const text of ["", "}{", "<html>", '{"a":12345678901234567890', "NaN", "012345678901234567"])
      expect(jsonOf(text)).toBeUndefined();
  });

  it("gives up a text that was cut within a string in a moment, however many quotes are in it", () => {
    const before = process.threadCpuUsage();
    expect(jsonOf(`[1234567890123456789,"${'\\"'.repeat(60_000)}`)).toBeUndefined();
    const { user } = process.threadCpuUsage(before); // µs of work: what others do meanwhile does not count
    expect(user).toBeLessThan(1_000_000); // it took 10 s when each quote was tried as a beginning
  });

  it("reads everything that JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(jsonOf(text)).replaceAll('"', "")).toBe(
          JSON.stringify(JSON.parse(text)).replaceAll('"', ""),
        );
      }),
    );
  });
});
