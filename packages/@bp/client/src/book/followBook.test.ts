import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createBook, instrument, type Lots, millis, priceText, sizeText, type Ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { depthAnswer } from "../rest/markets/depth.ts";
import { type BookFollower, followBook, type LossReason } from "./followBook.ts";

const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.00001",
});
const now = millis(1_000);

function frame(U: number, u: number, b: readonly string[][], a: readonly string[][] = []) {
  const data = { E: 1723161255408400, T: 1723161255408000, U, a, b, e: "depth", s: "BTC_USDC", u };
  return new TextEncoder().encode(JSON.stringify({ data, stream: "depth.BTC_USDC" }));
}
function snapshot(lastUpdateId: number) {
  return depthAnswer.parse({
    bids: [
      ["99.98", "1"],
      ["99.99", "2"],
    ],
    asks: [["100.01", "1"]],
    lastUpdateId: String(lastUpdateId),
    timestamp: 1,
  });
}
function follow(): { readonly follower: BookFollower; readonly losses: LossReason[]; readonly bad: string[] } {
  const losses: LossReason[] = [];
  const bad: string[] = [];
  const follower = followBook({
    instrument: btc,
    onLost: (why) => losses.push(why),
    onBad: (error) => bad.push(error.code),
  });
  return { follower, losses, bad };
}

describe("followBook", () => {
  it("buffers until the snapshot and then applies what it does not contain", () => {
    const { follower } = follow();
    expect(follower.frame(frame(9, 10, [["99.99", "9"]]), now)).toBe("buffered");
    expect(follower.frame(frame(11, 12, [["99.99", "3.5"]]), now)).toBe("buffered");
    expect(follower.snapshot(snapshot(10), now)).toBe(true);
    expect([follower.book.bidPrice, follower.book.bidSize, follower.book.askPrice]).toEqual([9999, 350_000, 10_001]);
    expect(follower.frame(frame(13, 13, [["99.99", "0.00000"]]), now)).toBe("applied");
    expect(follower.book.bidPrice).toBe(9998);
  });

  it("never keeps half of a frame: with a level below 0 in it the whole frame is bad", () => {
    const { follower, losses, bad } = follow();
    follower.snapshot(snapshot(10), now);
    expect(
      follower.frame(
        frame(11, 12, [
          ["99.99", "7"],
          ["99.97", "-1"],
        ]),
        now,
      ),
    ).toBe("lost");
    expect([follower.live, losses, bad]).toEqual([false, ["bad-frame"], ["book/bad-level"]]);
    const wrong = depthAnswer.parse({ bids: [["-1", "1"]], asks: [], lastUpdateId: "20", timestamp: 1 });
    expect(() => follower.snapshot(wrong, now)).toThrow("a book cannot hold");
    expect(follower.snapshot(snapshot(20), now)).toBe(true);
    expect(follower.frame(frame(21, 21, []), now)).toBe("applied");
  });

  it("drops frames that a snapshot ahead of the stream contains", () => {
    const { follower, losses } = follow();
    follower.snapshot(snapshot(20), now);
    expect(follower.frame(frame(18, 19, [["99.99", "9"]]), now)).toBe("dropped");
    expect(follower.frame(frame(20, 21, [["99.99", "7"]]), now)).toBe("applied");
    expect(losses).toEqual([]);
  });

  it("refuses a snapshot that is too old for the frames that wait, and takes the next", () => {
    const { follower } = follow();
    follower.frame(frame(31, 31, [["99.97", "1"]]), now);
    expect(follower.snapshot(snapshot(29), now)).toBe(false);
    expect(follower.live).toBe(false);
    expect(follower.snapshot(snapshot(30), now)).toBe(true);
  });

  it("is lost at a gap, once, and whole again after the next snapshot", () => {
    const { follower, losses } = follow();
    follower.snapshot(snapshot(10), now);
    follower.frame(frame(11, 11, []), now);
    expect(follower.frame(frame(13, 13, []), now)).toBe("lost");
    expect(follower.frame(frame(14, 14, [["99.99", "4"]]), now)).toBe("buffered");
    expect([follower.book.bid, follower.book.ask, losses]).toEqual([undefined, undefined, ["gap"]]);
    expect(follower.snapshot(snapshot(13), now)).toBe(true);
    expect(follower.book.bidSize).toBe(400_000);
  });

  it("is lost when it is crossed", () => {
    const { follower, losses } = follow();
    follower.snapshot(snapshot(10), now);
    expect(follower.frame(frame(11, 11, [["100.01", "1"]]), now)).toBe("lost");
    expect(losses).toEqual(["crossed"]);
    expect(follower.snapshot(depthAnswer.parse({ ...snapshot(11), bids: [["100.02", "1"]] }), now)).toBe(false);
  });

  it("reads a frame of unusual form the slow way and counts it", () => {
    const { follower } = follow();
    follower.snapshot(snapshot(10), now);
    const spaced = JSON.stringify(
      {
        stream: "depth.BTC_USDC",
        data: { e: "depth", T: 5, s: "BTC_USDC", U: "11", u: "11", b: [["99.99", 0.5]], a: [] },
      },
      null,
      2,
    );
    expect(follower.frame(new TextEncoder().encode(spaced), now)).toBe("applied");
    expect(follower.book.bidSize).toBe(50_000);
    expect(follower.counts).toEqual({ frames: 1, slow: 1, bad: 0, lost: 0 });
  });

  it("is lost by a frame that cannot be read: nobody knows what it said", () => {
    const { follower, losses, bad } = follow();
    follower.snapshot(snapshot(10), now);
    expect(follower.frame(new TextEncoder().encode('{"data":{'), now)).toBe("lost");
    expect(follower.frame(frame(11, 11, [["99.999", "1"]]), now)).toBe("lost"); // off the grid
    expect(losses).toEqual(["bad-frame"]);
    expect(bad).toEqual(["wire/not-json", "grid/off-grid"]);
    expect(follower.counts.bad).toBe(2);
  });

  it("keeps copies of what waits, because the socket uses its memory again", () => {
    const { follower } = follow();
    const bytes = Buffer.from(frame(11, 11, [["99.99", "4"]]));
    follower.frame(bytes, now);
    bytes.fill(0);
    follower.snapshot(snapshot(10), now);
    expect(follower.book.bidSize).toBe(400_000);
  });
});

const data = new URL("../../../../../../shared/data/", import.meta.url);
const recording = new URL("backpackfmt-btc_usdc-transcoded.l2.ndjson.gz", data);
const oracle = new URL("backpackfmt-btc_usdc-transcoded.bbo.csv.gz", data);

describe.skipIf(!existsSync(recording))("a recorded market (skipped where ../shared/data is absent)", () => {
  const lines = () => gunzipSync(readFileSync(recording)).toString("latin1").trimEnd().split("\n");
  const touches = () => gunzipSync(readFileSync(oracle)).toString("latin1").trimEnd().split("\n").slice(1);
  const inner = (line: string) => Buffer.from(line.slice(line.indexOf('"d":') + 4, -1), "latin1");

  it("gives the oracle's touch after each of its 271,954 depth frames, all read by offset", () => {
    const expected = touches();
    const follower = followBook({ instrument: btc, book: createBook() });
    const { book } = follower;
    let seen = 0;
    let wrong = 0;
    for (const line of lines()) {
      if (line.includes('"rest":')) {
        const { d } = JSON.parse(line) as { readonly d: unknown };
        if (!follower.snapshot(depthAnswer.parse(d), now)) wrong += 1;
      } else if (line.includes('"e":"depth"')) {
        if (follower.frame(inner(line), now) !== "applied") wrong += 1;
        const [, bid, bidSize, ask, askSize] = (expected[seen] ?? "").split(",");
        const same =
          Number(bid) === Number(priceText(btc, book.bidPrice as Ticks)) &&
          Number(bidSize) === Number(sizeText(btc, book.bidSize as Lots)) &&
          Number(ask) === Number(priceText(btc, book.askPrice as Ticks)) &&
          Number(askSize) === Number(sizeText(btc, book.askSize as Lots));
        if (!same) wrong += 1;
        seen += 1;
      }
    }
    expect([seen, wrong]).toEqual([271_954, 0]);
    expect(follower.counts).toEqual({ frames: 271_954, slow: 0, bad: 0, lost: 0 });
  }, 180_000);

  it("comes to the same end whenever the snapshot arrives", () => {
    const some = lines().slice(0, 4_000);
    const ends = [0, 1, 50, 3_000].map((delay) => {
      const follower = followBook({ instrument: btc });
      const snapshotLine = JSON.parse(some[0] ?? "") as { readonly d: unknown };
      let depthFrames = 0;
      for (const line of some) {
        if (!line.includes('"e":"depth"')) continue;
        if (depthFrames === delay) follower.snapshot(depthAnswer.parse(snapshotLine.d), now);
        follower.frame(inner(line), now);
        depthFrames += 1;
      }
      return [follower.book.bidPrice, follower.book.bidSize, follower.book.askPrice, follower.book.askSize];
    });
    expect(new Set(ends.map(String)).size).toBe(1);
  });
});
