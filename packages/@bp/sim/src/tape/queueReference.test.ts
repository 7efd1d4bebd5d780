// The exchange's queues against a list of single lots' owners that is kept by hand: equal after each of a million updates.
import { random } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { QueueModel } from "../contract.ts";
import { createMatcher, LEVEL } from "../matching.ts";
import { queueNamed } from "../models/queue.ts";
import { createRecordedBook } from "./recordedBook.ts";

const price = 1_000;

/** The rule of the papers, for one order at one price, in fractions. @see hftbacktest, `queue.rs` */
function createReference(model: QueueModel) {
  let size = 0; // what others show
  let front = 0; // exact
  let printed = 0;
  let ours = 0;
  return {
    get ours() {
      return ours;
    },
    get size() {
      return size;
    },
    get front() {
      return Math.round(front);
    },
    join(lots: number) {
      ours = lots;
      front = size;
      printed = 0;
    },
    leave() {
      ours = 0;
    },
    level(next: number) {
      if (ours > 0) {
        const gone = size - next - printed;
        if (gone <= 0) front = Math.min(front, next);
        else {
          const behind = size - front;
          const fromBehind = gone * model(front, behind);
          const fromFront = gone - fromBehind + Math.max(0, fromBehind - behind);
          front = Math.max(0, Math.min(front - fromFront, next));
        }
      }
      size = next;
      printed = 0;
    },
    print(lots: number): number {
      if (ours === 0) return 0;
      const ahead = Math.round(front);
      const eaten = Math.min(lots, ahead);
      front = lots > ahead ? 0 : Math.max(0, front - eaten);
      const traded = Math.min(ours, lots - eaten);
      ours -= traded;
      printed += Math.min(eaten + size - ahead, lots - traded); // those behind us trade too, once we are gone
      return traded;
    },
  };
}

describe("the queue at a price", () => {
  for (const name of ["prints", "share:1", "share:2.5", "behind:2", "log", "log2"])
    it(`is the reference's after each of 1,000,000 updates (${name})`, () => {
      const model = queueNamed(name);
      const chance = random(7);
      const reference = createReference(model);
      let filled = 0;
      const matcher = createMatcher((_slot, _tag, _price, size) => {
        filled += size;
      });
      const book = createRecordedBook({
        matcher,
        queue: model,
        touched: () => undefined,
        fill: (_taker, slot, size) => matcher.fill(slot, size),
        gone: () => undefined,
      });
      let slot = 0;
      let tag = 0;
      const wrong: string[] = [];
      for (let step = 0; step < 1_000_000 && wrong.length < 3; step++) {
        const what = chance.next();
        let expected = 0;
        filled = 0;
        if (what < 0.1) {
          if (reference.ours === 0) {
            const lots = chance.whole(1, 50);
            reference.join(lots);
            tag += 1;
            slot = matcher.rest("buy", price, lots, 0, tag);
          } else if (what < 0.03) {
            reference.leave();
            matcher.cancel(slot, tag);
          }
        } else if (what < 0.4) {
          const lots = chance.whole(1, 40);
          expected = reference.print(lots);
          book.print(price, lots, "sell");
        } else {
          const more =
            what < 0.65 ? chance.whole(0, 60) : -chance.whole(0, Math.max(1, Math.floor(reference.size / 2)));
          const next = what > 0.99 ? 0 : Math.max(0, reference.size + more);
          reference.level(next);
          book.level("buy", price, next);
        }
        const seen = look();
        const told = `${reference.ours} ${reference.ours > 0 ? reference.front : 0} ${reference.size} ${expected}`;
        const is = `${seen.ours} ${seen.ours > 0 ? seen.front : 0} ${seen.size} ${filled}`;
        if (told !== is) wrong.push(`step ${step}: ${is} instead of ${told} (ours, front, size, filled)`);
      }
      expect(wrong).toEqual([]);

      function look() {
        const seen = { ours: 0, front: 0, size: 0 };
        for (let at = matcher.first(price); at !== 0; at = matcher.next(at)) {
          if (matcher.ownerOf(at) !== LEVEL) seen.ours += matcher.sizeOf(at);
          else {
            if (seen.ours === 0) seen.front += matcher.sizeOf(at);
            seen.size += matcher.sizeOf(at);
          }
        }
        return seen;
      }
    });
});
