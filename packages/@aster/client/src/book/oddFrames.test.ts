// Frames as no venue should send them: counted, reported, survived.
import { instrument, isBpError, millis } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { depthAnswer } from "../wire/depth.ts";
import { followAsterBook } from "./followAsterBook.ts";

const now = millis(1);
const btc = instrument({
  id: "aster-futures:BTCUSDT",
  kind: "perp",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.1",
  lotSize: "0.001",
});
const good = {
  e: "depthUpdate",
  E: 1,
  T: 1,
  s: "BTCUSDT",
  U: 11,
  u: 12,
  pu: 10,
  b: [["99.9", "1"]],
  a: [["100.2", "0"]],
};
const snapshot = (lastUpdateId: number) =>
  depthAnswer.parse({ lastUpdateId, bids: [["100.0", "1"]], asks: [["100.1", "1"]] });

const key = fc.constantFrom(...(Object.keys(good) as (keyof typeof good)[]));
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "x",
    -1,
    1.5,
    1e300,
    "9".repeat(19),
    [[]],
    [["1"]],
    [[null, null]],
    {},
    "NaN",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Texts of frames that are odd in one way or another. */
const odd = fc.oneof(
  key.map((name) => JSON.stringify({ ...good, [name]: undefined })), // missing
  fc.tuple(fc.string(), junk).map(([name, value]) => JSON.stringify({ [name]: value, ...good })), // more
  fc.tuple(key, junk).map(([name, value]) => JSON.stringify({ ...good, [name]: value })), // another type
  fc.nat(200).map((length) => JSON.stringify(good).slice(0, length)), // cut
  key.map((name) => JSON.stringify(good).replace(`"${name}":1`, `"${name}":1234567890123456789`)), // 19 digits
  fc
    .integer({ min: 1, max: 3_000 })
    .map((count) => JSON.stringify({ ...good, b: Array.from({ length: count }, () => ["1.0", "1"]) })),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);
const bytes = fc.oneof(
  odd.map((text) => new TextEncoder().encode(text)),
  odd.map((text) => new TextEncoder().encode(`{"stream":"btcusdt@depth@100ms","data":${text}}`)),
  fc.uint8Array({ maxLength: 400 }),
);

describe("a follower that is told nonsense", () => {
  it("counts it, says so, is not live after it, and follows again after the next snapshot", () => {
    fc.assert(
      fc.property(bytes, (frame) => {
        const failures: unknown[] = [];
        const losses: string[] = [];
        const follower = followAsterBook({
          service: "futures",
          instrument: btc,
          onBad: (error) => failures.push(error),
          onLost: (why) => losses.push(why),
        });
        follower.snapshot(snapshot(10), now);
        const verdict = follower.frame(frame, now);
        const { bad, lost, frames } = follower.counts;
        expect([failures.length, losses.length, frames]).toEqual([bad, lost, 1]);
        expect(failures.every((error) => isBpError(error))).toBe(true);
        expect(follower.live).toBe(verdict === "applied" || verdict === "dropped");
        expect(bad === 0 || verdict === "lost").toBe(true);

        follower.lose();
        expect(follower.snapshot(snapshot(10), now)).toBe(true);
        expect(follower.frame(new TextEncoder().encode(JSON.stringify(good)), now)).toBe("applied");
        expect(follower.book.levels("bid", 9)).toEqual([
          [1_000, 1_000],
          [999, 1_000],
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads either way the same, or not at all", () => {
    fc.assert(
      fc.property(odd, (text) => {
        const ends = [text, ` ${text}`].map((each) => {
          const follower = followAsterBook({ service: "futures", instrument: btc });
          follower.snapshot(snapshot(10), now);
          const verdict = follower.frame(new TextEncoder().encode(each), now); // with a space before it always the slow way
          return JSON.stringify([
            verdict,
            follower.lastUpdateId,
            follower.book.levels("bid", 99),
            follower.book.levels("ask", 99),
          ]);
        });
        expect(ends[0]).toBe(ends[1]);
      }),
      { numRuns: 1_000 },
    );
  });
});
