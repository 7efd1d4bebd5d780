// Ours as a book under test: the client's own, kept from its stream.
import { followBook } from "@bp/client";
import { millis } from "@bp/core";
import type { Kept } from "./kept.ts";
import type { Recording } from "./recording.ts";

export function followed({ instrument, snapshot }: Recording): Kept {
  const at = millis(1_723_161_255_408);
  const follower = followBook({ instrument });
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
