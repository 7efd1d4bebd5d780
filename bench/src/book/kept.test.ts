import { followBook } from "@bp/client";
import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { flatBook } from "./flat.ts";
import { type Kept, noticedGaps, wrongTouches } from "./kept.ts";
import { generated } from "./recording.ts";

const recording = generated(1_500);
const { instrument, snapshot, frames } = recording;

function followed(): Kept {
  const at = millis(0);
  const follower = followBook({ instrument });
  const { book } = follower;
  return {
    load: () => {
      follower.lose();
      follower.snapshot(snapshot, at);
    },
    take: (bytes) => follower.frame(bytes, at) === "applied",
    touch: (out) => out.set([book.bidPrice, book.bidSize, book.askPrice, book.askSize]),
  };
}

describe("a generated recording", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(generated(50, 7)).toEqual(generated(50, 7));
    expect(generated(50, 8).frames).not.toEqual(generated(50, 7).frames);
  });

  it("has a touch that moves", () => {
    const bids = frames.map((_, place) => recording.touches[place * 4]);
    expect(new Set(bids).size).toBeGreaterThan(10);
  });
});

describe("wrongTouches", () => {
  it("finds nothing in the book of the bench and in ours", () => {
    expect(wrongTouches(flatBook(instrument, snapshot), recording)).toBe(0);
    expect(wrongTouches(followed(), recording)).toBe(0);
  });

  it("finds a book that loses a level", () => {
    const book = flatBook(instrument, snapshot);
    let seen = 0;
    const forgetful: Kept = {
      ...book,
      touch: (out) => {
        book.touch(out);
        seen += 1;
        if (seen % 100 === 0) out[1] = 0;
      },
    };
    expect(wrongTouches(forgetful, recording)).toBe(15);
  });

  it("finds a book that refuses what it should take", () => {
    const book = flatBook(instrument, snapshot);
    expect(wrongTouches({ ...book, take: () => false }, recording)).toBe(frames.length);
  });
});

describe("noticedGaps", () => {
  it("counts every lost frame that was noticed at once", () => {
    expect(noticedGaps(flatBook(instrument, snapshot), recording, 5)).toBe(5);
    expect(noticedGaps(followed(), recording, 5)).toBe(5);
  });

  it("finds a book that looks at no ids", () => {
    const book = flatBook(instrument, snapshot);
    const careless: Kept = {
      ...book,
      take: (bytes) => {
        book.take(bytes);
        return true;
      },
    };
    expect(noticedGaps(careless, recording, 5)).toBe(0);
  });
});
