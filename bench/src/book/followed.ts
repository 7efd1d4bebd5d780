// Ours as a book under test: a client's own follower, kept from its stream.
import { type Book, type Millis, millis } from "@bp/core";
import type { Kept } from "./kept.ts";

/** What a follower of either client can do. `D`: the venue's answer of a whole book. */
interface Follower<D> {
  readonly book: Book;
  lose(): void;
  snapshot(answer: D, at: Millis): boolean;
  frame(bytes: Uint8Array, at: Millis): string;
}

/** A follower that begins with this snapshot. */
export function followed<D>(follower: Follower<D>, snapshot: D): Kept {
  const at = millis(1_723_161_255_408);
  const { book } = follower;
  return {
    load: () => {
      follower.lose();
      if (!follower.snapshot(snapshot, at)) throw new Error("the snapshot was refused");
    },
    take: (bytes) => follower.frame(bytes, at) === "applied",
    touch: (out) => {
      out[0] = book.bidPrice;
      out[1] = book.bidSize;
      out[2] = book.askPrice;
      out[3] = book.askSize;
    },
  };
}
