// Every frame of a long trace lost, doubled and swapped with the next one, in turn.
import { instrument, millis, random } from "@bp/core";
import { describe, expect, it } from "vitest";
import { depthAnswer } from "../rest/markets/depth.ts";
import { type BookFollower, followBook } from "./followBook.ts";

const frames = 10_000;
const now = millis(1);
const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "0.1",
  lotSize: "0.001",
});

type Change = readonly [side: "b" | "a", ticks: number, lots: number];
interface Frame {
  readonly last: number;
  readonly changes: readonly Change[];
  readonly bytes: Uint8Array;
}

/** Bids below 100.0, asks above, so that whatever is left out never crosses. */
function makeTrace(): Frame[] {
  const seeded = random(7);
  const whole = (low: number, high: number) => seeded.whole(low, high);
  let last = 1_000_000;
  return Array.from({ length: frames }, () => {
    const first = last + 1;
    last = first + whole(0, 3);
    const changes = Array.from({ length: 1 + whole(0, 2) }, (): Change => {
      const side = whole(0, 1) === 0 ? "b" : "a";
      const away = 1 + whole(0, 11);
      return [side, side === "b" ? 1_000 - away : 1_000 + away, whole(0, 2) === 0 ? 0 : 1 + whole(0, 4_999)];
    });
    const levels = (side: "b" | "a") => changes.filter(([each]) => each === side).map(([, ...level]) => texts(level));
    const data = { E: 1, T: 1, U: first, a: levels("a"), b: levels("b"), e: "depth", s: "BTC_USDC", u: last };
    const text = JSON.stringify({ data, stream: "depth.BTC_USDC" });
    return { last, changes, bytes: new TextEncoder().encode(text) };
  });
}

const texts = ([ticks, lots]: readonly [number, number]) => [(ticks / 10).toFixed(1), (lots / 1000).toFixed(3)];

/** What the book must be: plain maps, searched through each time. */
class Oracle {
  readonly #sides = { b: new Map<number, number>([[900, 1]]), a: new Map<number, number>([[1_100, 1]]) };
  #last = 1_000_000;

  take({ last, changes }: Frame): void {
    this.#last = last;
    for (const [side, ticks, lots] of changes)
      if (lots === 0) this.#sides[side].delete(ticks);
      else this.#sides[side].set(ticks, lots);
  }

  snapshot() {
    const { b, a } = this.#sides;
    return depthAnswer.parse({
      lastUpdateId: String(this.#last),
      timestamp: 1,
      bids: [...b].map(texts),
      asks: [...a].map(texts),
    });
  }

  levels() {
    const { b, a } = this.#sides;
    return [[...b].toSorted((x, y) => y[0] - x[0]), [...a].toSorted((x, y) => x[0] - y[0])];
  }
}

const levelsOf = ({ book }: BookFollower) => [book.levels("bid", 1_000), book.levels("ask", 1_000)];

/** A follower that knows the market up to the frame before `from`, and the oracle there. */
function start(trace: readonly Frame[], from: number) {
  const losses: string[] = [];
  const follower = followBook({ instrument: btc, onLost: (why) => losses.push(why) });
  const oracle = new Oracle();
  follower.snapshot(oracle.snapshot(), now);
  for (const frame of trace.slice(0, from)) {
    oracle.take(frame);
    follower.frame(frame.bytes, now);
  }
  return { follower, oracle, losses };
}

type Walk = ReturnType<typeof start>;
/** One fault at `one`, with `two` behind it, up to the next snapshot; false if anything is not as it must be. */
type Fault = (walk: Walk, one: Frame, two: Frame, at: number) => boolean;

const isDead = ({ follower: { book, live } }: Walk) => !live && book.bid === undefined && book.ask === undefined;

const dropped: Fault = (walk, one, two, at) => {
  const { follower, oracle } = walk;
  const noticed = follower.frame(two.bytes, now) === "lost" && isDead(walk);
  oracle.take(one);
  // The next snapshot contains the frame that waits, or ends just before it.
  if (at % 2 === 0) oracle.take(two);
  const healed = follower.snapshot(oracle.snapshot(), now);
  if (at % 2 === 1) oracle.take(two);
  return noticed && healed;
};

const swapped: Fault = (walk, one, two) => {
  const { follower, oracle } = walk;
  const noticed = follower.frame(two.bytes, now) === "lost" && isDead(walk);
  const waits = follower.frame(one.bytes, now) === "buffered" && isDead(walk);
  oracle.take(one);
  oracle.take(two);
  return noticed && waits && follower.snapshot(oracle.snapshot(), now);
};

/**
 * Puts a fault at every third frame, beginning with each of the first three: the state after the healing is where the next one
 * starts, so that no trace is played twice for one fault. Between two faults comes a frame that must be applied.
 */
function torture(trace: readonly Frame[], fault: Fault) {
  let faults = 0;
  let wrong = 0;
  let losses = 0;
  for (const from of [0, 1, 2]) {
    const walk = start(trace, from);
    const { follower, oracle } = walk;
    let at = from;
    for (; at + 1 < trace.length; at += 3) {
      const [one, two, three] = trace.slice(at, at + 3);
      if (one === undefined || two === undefined) break;
      faults += 1;
      let right = fault(walk, one, two, at);
      if (three !== undefined) {
        oracle.take(three);
        right &&= follower.frame(three.bytes, now) === "applied";
      }
      right &&= JSON.stringify(levelsOf(follower)) === JSON.stringify(oracle.levels());
      if (!right) wrong += 1;
    }
    for (const frame of trace.slice(at)) {
      oracle.take(frame);
      follower.frame(frame.bytes, now);
    }
    expect(levelsOf(follower)).toEqual(oracle.levels());
    expect(follower.counts).toMatchObject({ slow: 0, bad: 0 });
    losses += follower.counts.lost;
  }
  return { faults, wrong, losses };
}

describe("10,000 frames", () => {
  const trace = makeTrace();

  it("each one lost is noticed at the very next, and healed by the next snapshot", () => {
    expect(torture(trace, dropped)).toEqual({ faults: frames - 1, wrong: 0, losses: frames - 1 });
  }, 180_000);

  it("each one swapped with the next is noticed at once, and healed by the next snapshot", () => {
    expect(torture(trace, swapped)).toEqual({ faults: frames - 1, wrong: 0, losses: frames - 1 });
  }, 180_000);

  it("each one told twice does no harm", () => {
    const { follower, oracle, losses } = start(trace, 0);
    let harmed = 0;
    for (const frame of trace) {
      oracle.take(frame);
      const verdicts = [follower.frame(frame.bytes, now), follower.frame(frame.bytes, now)];
      if (verdicts.join() !== "applied,dropped" || !follower.live) harmed += 1;
    }
    expect([harmed, losses]).toEqual([0, []]);
    expect(levelsOf(follower)).toEqual(oracle.levels());
  }, 180_000);
});
