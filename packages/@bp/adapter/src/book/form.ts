// How a venue writes its book: what a follower needs to know of it.
import type { SequenceRule } from "@bp/core";
import type { DepthFrame, DepthReader } from "./frame.ts";

/** Price and size as text; a size of 0 removes the level. */
export type TextLevel = readonly [price: string, size: string];

/** A whole book as of an update id. */
export interface BookSnapshot {
  readonly lastUpdateId: number;
  /** When the venue says that it was so, in the unit of its frames. */
  readonly time: number;
  /** In any order. */
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
}

/** A venue's frames and answers. */
export interface BookForm<S> {
  readonly rule: SequenceRule;
  /** The fast way: by offset. */
  readonly read: DepthReader;
  /**
   * The way around: any spacing, any order, numbers as text or not.
   *
   * @throws BpError `wire/not-json`, `wire/schema`, `grid/*`
   */
  readonly readSlowly: (bytes: Uint8Array, frame: DepthFrame) => void;
  /** What the venue's REST answer says. */
  readonly snapshotOf: (answer: S) => BookSnapshot;
}
