// Putting a snapshot and a stream of changes together without missing or doubling one: three venues' rules of update ids.

/**
 * How a venue numbers its depth frames `U`..`u` (first and last id), the snapshot being as of id `L`. A frame that says which one
 * it follows (`pu`) is believed: ids of futures skip numbers between frames, and a snapshot may fall between `pu` and `U`.
 * All three: the first frame has `U <= L + 1` or `pu <= L`; then `pu = last u`, without a `pu` `U = last u + 1`.
 * `backpack` and `spot` (Binance, Aster spot) drop frames with `u <= L` before it, `futures` (Binance and Aster) those with `u < L`.
 *
 * @see https://docs.backpack.exchange (streams, depth) and Binance's "How to manage a local order book correctly"
 */
export type SequenceRule = "backpack" | "futures" | "spot";

/**
 * What to do with a frame. `apply`: it follows on. `drop`: already contained. `buffer`: keep it, no snapshot yet.
 * `gap`: a frame is missing; the book is wrong from now on. `stale-snapshot`: the snapshot is too old for the first frame
 * seen after it; wait a little, take another. After the last two the frame is to be kept for the next snapshot.
 */
export type SequenceVerdict = "apply" | "drop" | "buffer" | "gap" | "stale-snapshot";

/** Judges frames by their ids alone; holds no frame and no book, allocates nothing. */
export interface Sequence {
  /** True from a snapshot until a gap, a stale snapshot or `lost`. */
  readonly live: boolean;
  /** The id up to which everything is known; `undefined` while not live. */
  readonly last: number | undefined;
  /**
   * @param first - `U`
   * @param last - `u`
   * @param previous - `pu`, the `u` of the frame before; left out where the venue does not say it
   */
  judge(first: number, last: number, previous?: number): SequenceVerdict;
  /** A snapshot as of this id was taken. It may be ahead of the stream: older frames are then dropped until it is reached. */
  snapshot(lastUpdateId: number): void;
  /** The connection is gone, or the book was found wrong: frames are to be buffered until the next snapshot. */
  lost(): void;
}

/** A sequence that waits for its first snapshot. */
export function createSequence(rule: SequenceRule): Sequence {
  const futures = rule === "futures";
  let state: "waiting" | "anchored" | "linked" = "waiting"; // no snapshot; snapshot but no frame yet; following
  let known = 0;
  const fail = (verdict: "gap" | "stale-snapshot") => {
    state = "waiting";
    return verdict;
  };
  return {
    get live() {
      return state !== "waiting";
    },
    get last() {
      return state === "waiting" ? undefined : known;
    },
    judge: (first, last, previous) => {
      if (state === "waiting") return "buffer";
      if (!(first <= last)) return fail("gap"); // also ids that are not numbers
      if (state === "linked") {
        const follows = previous === undefined ? first === known + 1 : previous === known;
        if (!follows) return last <= known ? "drop" : fail("gap");
      } else {
        if (futures ? last < known : last <= known) return "drop";
        const reaches = first <= known + 1 || (previous !== undefined && previous <= known);
        if (!reaches) return fail("stale-snapshot");
        state = "linked";
      }
      known = last;
      return "apply";
    },
    snapshot: (lastUpdateId) => {
      known = lastUpdateId;
      state = Number.isSafeInteger(lastUpdateId) ? "anchored" : "waiting";
    },
    lost: () => {
      state = "waiting";
    },
  };
}

/** What `createDepthSync` needs to know of a venue's frames. */
export interface DepthSyncOptions<F> {
  readonly rule: SequenceRule;
  /** The frame's ids. */
  readonly ids: (frame: F) => { readonly first: number; readonly last: number; readonly previous?: number | undefined };
  /** Called with each frame that follows on, in order. */
  readonly apply: (frame: F) => void;
  /** Called once when a live book is found wrong: show it as lost and take a new snapshot. */
  readonly lost: (why: "gap" | "stale-snapshot") => void;
  /** Frames kept while waiting for a snapshot; beyond it the oldest half is let go. Default 10,000. */
  readonly limit?: number;
}

/** Keeps frames until the snapshot comes, then hands on those that follow it, each once and in order. */
export interface DepthSync<F> {
  readonly live: boolean;
  /** Frames waiting for a snapshot. */
  readonly buffered: number;
  /** Takes a frame off the stream and says what became of it. */
  frame(frame: F): SequenceVerdict;
  /**
   * Takes a snapshot as of `lastUpdateId`: calls `reset`, then `apply` for each waiting frame that it does not contain.
   *
   * @param reset - puts the snapshot into the book; not called when the snapshot cannot be used
   * @returns false if the waiting frames do not follow on from it (it is too old, or one of them is missing): wait a
   *   little (Backpack: 250 ms or more) and take another; the frames are kept
   */
  snapshot(lastUpdateId: number, reset: () => void): boolean;
  /** The connection is gone: what waits is void too. */
  lose(): void;
}

/** A synchroniser that waits for its first snapshot. */
export function createDepthSync<F>(options: DepthSyncOptions<F>): DepthSync<F> {
  const { ids, apply, lost } = options;
  const limit = options.limit ?? 10_000;
  const sequence = createSequence(options.rule);
  let waiting: F[] = [];
  const judge = (frame: F) => {
    const { first, last, previous } = ids(frame);
    return sequence.judge(first, last, previous);
  };
  const keep = (frame: F) => {
    waiting.push(frame);
    if (waiting.length > limit) waiting = waiting.slice(waiting.length - Math.ceil(limit / 2));
  };
  return {
    get live() {
      return sequence.live;
    },
    get buffered() {
      return waiting.length;
    },
    frame: (frame) => {
      const verdict = judge(frame);
      if (verdict === "apply") apply(frame);
      else if (verdict !== "drop") keep(frame);
      if (verdict === "gap" || verdict === "stale-snapshot") lost(verdict);
      return verdict;
    },
    snapshot: (lastUpdateId, reset) => {
      sequence.snapshot(lastUpdateId);
      const follow: F[] = [];
      for (const [at, frame] of waiting.entries()) {
        const verdict = judge(frame);
        if (verdict === "apply") follow.push(frame);
        else if (verdict !== "drop") {
          waiting = waiting.slice(at);
          return false;
        }
      }
      if (!sequence.live) return false;
      waiting = [];
      reset();
      for (const frame of follow) apply(frame);
      return true;
    },
    lose: () => {
      sequence.lost();
      waiting = [];
    },
  };
}
