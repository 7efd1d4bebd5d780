// The three venues' rules of update ids: what follows, what is dropped, what is a gap.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDepthSync, createSequence, type SequenceRule } from "./sync.ts";

type Ids = readonly [first: number, last: number, previous?: number];

const judged = (rule: SequenceRule, snapshot: number, frames: readonly Ids[]): string[] => {
  const sequence = createSequence(rule);
  sequence.snapshot(snapshot);
  return frames.map(([first, last, previous]) => sequence.judge(first, last, previous));
};

describe("createSequence", () => {
  it("asks to keep frames until there is a snapshot", () => {
    const sequence = createSequence("backpack");
    expect([sequence.live, sequence.last, sequence.judge(1, 1)]).toEqual([false, undefined, "buffer"]);
    sequence.snapshot(1);
    expect([sequence.live, sequence.last, sequence.judge(2, 2), sequence.last]).toEqual([true, 1, "apply", 2]);
  });

  it("is not live after a snapshot whose id is no number", () => {
    const sequence = createSequence("backpack");
    sequence.snapshot(Number.NaN);
    expect([sequence.live, sequence.judge(1, 1)]).toEqual([false, "buffer"]);
  });

  it("waits for a new snapshot after a gap, and after being told that the connection is lost", () => {
    const sequence = createSequence("backpack");
    sequence.snapshot(10);
    expect([sequence.judge(11, 11), sequence.judge(13, 13)]).toEqual(["apply", "gap"]);
    expect([sequence.live, sequence.judge(14, 14)]).toEqual([false, "buffer"]);
    sequence.snapshot(14);
    expect(sequence.judge(15, 15)).toBe("apply");
    sequence.lost();
    expect([sequence.live, sequence.last, sequence.judge(16, 16)]).toEqual([false, undefined, "buffer"]);
  });

  it("takes ids that make no sense as a gap", () => {
    for (const rule of ["backpack", "futures", "spot"] as const)
      for (const [first, last] of [
        [11, 10],
        [Number.NaN, 11],
        [11, Number.NaN],
      ] as const)
        expect(judged(rule, 10, [[first, last, 10]])).toEqual(["gap"]);
  });

  describe.each(["backpack", "spot"] as const)("by the rule of %s", (rule) => {
    it("drops what the snapshot contains and begins with the frame around L + 1", () => {
      const frames: Ids[] = [
        [98, 99],
        [100, 100],
        [100, 103],
        [104, 104],
      ];
      expect(judged(rule, 100, frames)).toEqual(["drop", "drop", "apply", "apply"]);
    });

    it("waits for the stream when the snapshot is ahead of it", () => {
      const sequence = createSequence(rule);
      sequence.snapshot(105);
      const verdicts = [101, 102, 103, 104, 105, 106, 107].map((id) => sequence.judge(id, id));
      expect(verdicts).toEqual(["drop", "drop", "drop", "drop", "drop", "apply", "apply"]);
    });

    it("calls a snapshot stale when the first frame after it begins beyond L + 1", () => {
      expect(judged(rule, 100, [[102, 105]])).toEqual(["stale-snapshot"]);
    });

    it("calls a missing id a gap, and an old frame told again harmless", () => {
      const frames: Ids[] = [
        [101, 103],
        [101, 103],
        [102, 102],
        [104, 104],
        [106, 106],
      ];
      expect(judged(rule, 100, frames)).toEqual(["apply", "drop", "drop", "apply", "gap"]);
    });

    it("calls a frame that overlaps what is known a gap: it cannot be whole", () => {
      const frames: Ids[] = [
        [101, 103],
        [103, 105],
      ];
      expect(judged(rule, 100, frames)).toEqual(["apply", "gap"]);
    });
  });

  describe("by the rule of spot, with pu", () => {
    it("believes pu more than U", () => {
      const frames: Ids[] = [
        [95, 100, 94],
        [103, 104, 100],
        [110, 120, 104],
        [121, 130, 119],
      ];
      expect(judged("spot", 100, frames)).toEqual(["drop", "apply", "apply", "gap"]);
    });
  });

  describe("by the rule of futures", () => {
    it("drops u < L, begins with U <= L <= u, then follows pu", () => {
      const frames: Ids[] = [
        [80, 90, 79],
        [92, 99, 90],
        [99, 120, 99],
        [130, 140, 120],
        [155, 160, 140],
      ];
      expect(judged("futures", 100, frames)).toEqual(["drop", "drop", "apply", "apply", "apply"]);
    });

    it("begins with the frame that ends at L too", () => {
      const frames: Ids[] = [
        [95, 100, 94],
        [110, 120, 100],
      ];
      expect(judged("futures", 100, frames)).toEqual(["apply", "apply"]);
    });

    it("begins with a frame that says that it follows L, though the one that ended there was never seen", () => {
      expect(judged("futures", 100, [[110, 120, 100]])).toEqual(["apply"]);
    });

    it("calls a snapshot stale when the first frame after it begins beyond L and follows something else", () => {
      expect(judged("futures", 100, [[110, 120, 101]])).toEqual(["stale-snapshot"]);
      expect(judged("futures", 100, [[102, 120]])).toEqual(["stale-snapshot"]);
    });

    it("begins with a frame that reaches back to L: by its pu, or because no id is left between", () => {
      expect(judged("futures", 100, [[110, 120, 97]])).toEqual(["apply"]);
      expect(judged("futures", 100, [[101, 120]])).toEqual(["apply"]);
    });

    it("calls another pu than the last u a gap, without one every id that is missing", () => {
      expect(
        judged("futures", 100, [
          [99, 120, 98],
          [121, 130, 119],
        ]),
      ).toEqual(["apply", "gap"]);
      expect(
        judged("futures", 100, [
          [99, 120, 98],
          [121, 130],
          [132, 140],
        ]),
      ).toEqual(["apply", "apply", "gap"]);
    });
  });
});

interface Numbered {
  readonly first: number;
  readonly last: number;
  readonly previous: number | undefined;
}

/** A stream without gaps; futures ids also skip numbers between frames, as the venue's do. */
const stream = (rule: SequenceRule): fc.Arbitrary<Numbered[]> =>
  fc
    .array(fc.record({ width: fc.integer({ min: 1, max: 5 }), skip: fc.integer({ min: 0, max: 4 }) }), {
      minLength: 3,
      maxLength: 60,
    })
    .map((list) => {
      const frames: Numbered[] = [];
      let last = 1_000;
      for (const { width, skip } of list) {
        const first = last + 1 + (rule === "futures" ? skip : 0);
        frames.push({ first, last: first + width - 1, previous: last });
        last = first + width - 1;
      }
      return frames;
    });

const follower = (rule: SequenceRule, limit?: number) => {
  const applied: Numbered[] = [];
  const losses: string[] = [];
  const sync = createDepthSync<Numbered>({
    rule,
    ids: (frame) => frame,
    apply: (frame) => void applied.push(frame),
    lost: (why) => void losses.push(why),
    ...(limit === undefined ? {} : { limit }),
  });
  return { applied, losses, sync };
};

const frame = (id: number): Numbered => ({ first: id, last: id, previous: id - 1 });

describe("createDepthSync", () => {
  it.each(["backpack", "futures", "spot"] as const)(
    "of %s hands on what follows the snapshot, whenever that comes and whatever it contains",
    (rule) => {
      fc.assert(
        fc.property(stream(rule), fc.nat(), fc.nat(), (frames, when, what) => {
          const asOf = frames[what % frames.length] ?? frame(0);
          const arrives = when % (frames.length + 1);
          const { applied, losses, sync } = follower(rule);
          let resets = 0;
          for (const each of frames.slice(0, arrives)) sync.frame(each);
          expect(sync.snapshot(asOf.last, () => void resets++)).toBe(true);
          for (const each of frames.slice(arrives)) sync.frame(each);
          const wanted = frames.filter((each) => (rule === "futures" ? each.last >= asOf.last : each.last > asOf.last));
          expect([applied, losses, resets, sync.live, sync.buffered]).toEqual([wanted, [], 1, true, 0]);
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each(["backpack", "futures", "spot"] as const)(
    "of %s reports any one missing frame at the next, once, and hands on nothing until a new snapshot",
    (rule) => {
      fc.assert(
        fc.property(stream(rule), fc.nat(), (frames, which) => {
          const { applied, losses, sync } = follower(rule);
          const missing = 1 + (which % (frames.length - 2));
          const start = frames[0] ?? frame(0);
          expect(sync.snapshot(start.last, () => undefined)).toBe(true);
          const verdicts = frames.filter((_, at) => at !== missing).map((each) => sync.frame(each));
          const report = missing === 1 && rule !== "futures" ? "stale-snapshot" : "gap"; // nothing had been joined yet
          expect([losses, verdicts.slice(missing)]).toEqual([
            [report],
            [report, ...frames.slice(missing + 2).map(() => "buffer")],
          ]);
          const from = rule === "futures" ? 0 : 1;
          expect([applied, sync.live]).toEqual([frames.slice(from, missing), false]);
          expect(sync.buffered).toBe(frames.length - missing - 1);

          const last = frames.at(-1) ?? frame(0);
          expect(sync.snapshot(start.last, () => undefined)).toBe(false); // still from before the gap
          expect(sync.snapshot(last.last, () => undefined)).toBe(true);
          expect([sync.live, sync.buffered]).toEqual([true, 0]);
        }),
        { numRuns: 200 },
      );
    },
  );

  it("does not show a snapshot that the waiting frames do not follow on from", () => {
    const { applied, losses, sync } = follower("backpack");
    for (const id of [10, 11]) sync.frame(frame(id));
    let resets = 0;
    expect(sync.snapshot(5, () => void resets++)).toBe(false);
    expect([resets, applied, losses, sync.live, sync.buffered]).toEqual([0, [], [], false, 2]);
    expect(sync.snapshot(10, () => void resets++)).toBe(true);
    expect([resets, applied]).toEqual([1, [frame(11)]]);
  });

  it("does not show a snapshot when a frame is missing among the waiting ones behind it", () => {
    const { applied, sync } = follower("backpack");
    for (const id of [10, 11, 13, 14]) sync.frame(frame(id));
    let resets = 0;
    expect(sync.snapshot(9, () => void resets++)).toBe(false);
    expect([resets, applied, sync.live, sync.buffered]).toEqual([0, [], false, 2]);
    expect(sync.snapshot(13, () => void resets++)).toBe(true);
    expect([resets, applied]).toEqual([1, [frame(14)]]);
  });

  it("tells of a snapshot that turns out stale only when the stream shows it", () => {
    const { losses, sync } = follower("backpack");
    expect(sync.snapshot(5, () => undefined)).toBe(true);
    expect([sync.frame(frame(9)), losses, sync.live, sync.buffered]).toEqual([
      "stale-snapshot",
      ["stale-snapshot"],
      false,
      1,
    ]);
    expect(sync.snapshot(8, () => undefined)).toBe(true);
  });

  it("does not show a snapshot whose id is no number", () => {
    const { sync } = follower("backpack");
    let resets = 0;
    expect([sync.snapshot(Number.NaN, () => void resets++), resets, sync.live]).toEqual([false, 0, false]);
  });

  it("keeps no more frames than its limit, the newest, and still joins them rightly", () => {
    const { applied, sync } = follower("backpack", 10);
    for (let id = 1; id <= 100; id++) sync.frame(frame(id));
    expect(sync.buffered).toBeLessThanOrEqual(10);
    expect(sync.snapshot(50, () => undefined)).toBe(false);
    expect(sync.snapshot(98, () => undefined)).toBe(true);
    expect(applied).toEqual([frame(99), frame(100)]);
  });

  it("forgets what waits when the connection is gone", () => {
    const { applied, losses, sync } = follower("backpack");
    sync.frame(frame(1));
    sync.lose();
    expect([sync.buffered, sync.live]).toEqual([0, false]);
    expect(sync.snapshot(50, () => undefined)).toBe(true);
    expect([sync.frame(frame(51)), applied, losses]).toEqual(["apply", [frame(51)], []]);
  });
});
