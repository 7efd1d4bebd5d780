// One market's book as facts: subscribe, buffer, snapshot, follow; lost at once when anything is wrong, and made anew.
import {
  type BpError,
  type Clock,
  type Instrument,
  isBpError,
  type Level,
  type Lots,
  type Millis,
  millis,
  type Ticks,
  type Unnumbered,
} from "@bp/core";
import type { Follower, FollowOptions } from "../book/follow.ts";
import type { FrameSide } from "../wire/frameSide.ts";

/** What a followed book tells, in the turn of the frame. */
export type BookHearer = Required<Omit<FollowOptions, "instrument" | "book">>;

/** Where a market's book comes from. `D`: the venue's answer of a whole book. */
export interface BookSource<D> {
  follow(instrument: Instrument, hearer: BookHearer): Follower<D>;
  /** Hears every frame of the stream until the signal aborts. */
  frames(listener: (bytes: Uint8Array, at: Millis) => void, signal: AbortSignal): void;
  depth(signal: AbortSignal): Promise<D>;
  /** The update id that the venue's book has reached, cheaply. */
  lastUpdateId(signal: AbortSignal): Promise<number>;
  /** The `time` of a book in ms. */
  millisOf(time: number): Millis;
}

/** Whose book it is, where it comes from, and who hears of it. */
export interface BookFeedOptions<D> {
  readonly source: BookSource<D>;
  readonly clock: Clock;
  readonly instrument: Instrument;
  readonly emit: (fact: Unnumbered) => void;
  readonly trouble: (error: BpError) => void;
  /** Prices came that are not on the grid we know: the market's filters may have changed. */
  readonly suspect: () => Promise<void>;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}

/** One market's book while the venue is open. */
export interface BookFeed {
  /** The connection stands. */
  up(): void;
  /** The connection is gone. */
  down(why: string): void;
  /** Goes on with other filters. */
  replace(instrument: Instrument): void;
}

/** The venue's REST book is behind its stream at times: not more often than this is it asked again. */
const pauseMs = 250;
const longestPauseMs = 5_000;
/** A stream that is silent for so long is held against REST: frames stop when nothing changes, and when something is broken. */
const quietMs = 2_000;
/** REST may be ahead of the stream for a moment. */
const aheadMs = 1_000;

/** Keeps one book and tells it. */
export function createBookFeed<D>(options: BookFeedOptions<D>): BookFeed {
  const { source, clock, emit, trouble, suspect, run, signal } = options;
  let { instrument } = options;
  const { id } = instrument;
  let connected = false;
  let syncing = false;
  let generation = 0; // of the connection: a snapshot asked for on an old one is void
  let lastVenueAt = 0 as Millis; // before the first frame
  let framedAt = clock.now(); // the last frame came
  let heardAt = framedAt; // the book was known to be current

  const make = (): Follower<D> =>
    source.follow(instrument, {
      onReset: (bids, asks, time, at) => {
        lastVenueAt = source.millisOf(time);
        framedAt = at;
        heardAt = at;
        emit({ type: "book.reset", instrument: id, bids, asks, venueAt: lastVenueAt, at });
      },
      onChange: ({ time, bids, asks }, at) => {
        lastVenueAt = source.millisOf(time);
        framedAt = at;
        heardAt = at;
        emit({
          type: "book.changed",
          instrument: id,
          bids: levelsOf(bids),
          asks: levelsOf(asks),
          venueAt: lastVenueAt,
          at,
        });
      },
      onLost: (why) => {
        lost(why);
        run(sync);
      },
      onBad: (error) => {
        trouble(error);
        if (error.code.startsWith("grid/")) run(suspect);
      },
    });
  const lost = (why: string) => {
    const at = clock.now();
    emit({ type: "book.lost", instrument: id, why, venueAt: lastVenueAt, at });
  };
  let follower = make();

  const wanted = () => connected && !follower.live && !signal.aborted;
  const sync = async () => {
    if (syncing) return;
    syncing = true;
    let wait = pauseMs;
    try {
      while (wanted()) {
        const born = generation;
        const asked = clock.now();
        try {
          const depth = await source.depth(signal);
          if (born !== generation || signal.aborted) continue;
          if (follower.snapshot(depth, clock.now())) break;
          wait = pauseMs;
        } catch (error) {
          if (!isBpError(error)) throw error;
          if (signal.aborted) break;
          trouble(error);
          wait = Math.min(longestPauseMs, wait * 2);
          if (error.code.startsWith("grid/")) await suspect();
        }
        await clock.sleep(Math.max(0, asked + wait - clock.now()), signal);
      }
    } finally {
      syncing = false;
    }
  };

  /** Proves a silent book current, which is told as a change without levels; or finds that the stream no longer tells us everything. */
  const proveQuiet = async () => {
    const born = generation;
    const known = follower.lastUpdateId;
    const asked = clock.now();
    const reached = await source.lastUpdateId(signal);
    if (born !== generation || follower.lastUpdateId !== known || known === undefined || signal.aborted) return;
    if (reached <= known) {
      heardAt = asked;
      const at = clock.now();
      const venueAt = millis(lastVenueAt + Math.max(0, at - framedAt)); // by its clock, as far as the last frame told it
      return emit({ type: "book.changed", instrument: id, bids: [], asks: [], venueAt, at });
    }
    await clock.sleep(aheadMs, signal);
    if (born !== generation || follower.lastUpdateId !== known || signal.aborted) return;
    follower.lose();
    lost(`the stream is silent at update ${known} and the book has gone on to ${reached}`);
    run(sync);
  };
  const watchQuiet = async () => {
    while (!signal.aborted) {
      await clock.sleep(quietMs / 4, signal);
      if (signal.aborted || !connected || !follower.live || clock.now() - heardAt < quietMs) continue;
      try {
        await proveQuiet();
      } catch (error) {
        if (!isBpError(error)) throw error;
        if (!signal.aborted) trouble(error); // unproven: it grows stale, and whoever decides sees that
      }
    }
  };
  run(watchQuiet);
  source.frames((bytes, at) => follower.frame(bytes, at), signal);

  return {
    up: () => {
      connected = true;
      generation += 1;
      run(sync);
    },
    down: (why) => {
      connected = false;
      generation += 1;
      const was = follower.live;
      follower.lose();
      if (was) lost(why);
    },
    replace: (changed) => {
      const was = follower.live;
      instrument = changed;
      generation += 1;
      follower.lose();
      follower = make();
      if (was) lost("the market's filters have changed");
      if (connected) run(sync);
    },
  };
}

function levelsOf({ count, prices, sizes }: FrameSide): Level[] {
  const levels: Level[] = [];
  for (let at = 0; at < count; at++) levels.push([prices[at] as Ticks, sizes[at] as Lots]); // whole numbers: the reader let them in
  return levels;
}
