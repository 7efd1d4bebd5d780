// A depth frame out of its bytes, whatever the venue.
import { FrameSide } from "../wire/frameSide.ts";

/** A depth frame that is filled again and again. */
export class DepthFrame {
  /** First update id in it. */
  first = 0;
  /** Last update id in it. */
  last = 0;
  /** Last update id of the frame before, where the venue says it; otherwise -1. */
  previous = -1;
  /** When the venue says that it happened, in the venue's unit. */
  time = 0;
  readonly bids = new FrameSide();
  readonly asks = new FrameSide();
}

/** Fills `frame`; false at the first surprise, and then `frame` holds nothing of use. */
export type DepthReader = (bytes: Uint8Array, frame: DepthFrame) => boolean;
