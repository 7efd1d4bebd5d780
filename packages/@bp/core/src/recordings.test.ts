// Books and sequences against recorded streams whose touch after every frame was made by another program.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Book, createBook } from "./book.ts";
import { type Grid, gridOf, toGrid } from "./decimal.ts";
import type { Level } from "./side.ts";
import { createDepthSync, type DepthSync, type SequenceRule } from "./sync.ts";
import { lots, millis, ticks } from "./units.ts";

/** `../shared/data` beside the repository; it does not ship with it. */
function findData(): string | undefined {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "../shared/data");
    if (existsSync(join(found, "README.md"))) return found;
  }
  return undefined;
}

interface Recording {
  readonly name: string;
  readonly rule: SequenceRule;
  readonly tick: string;
  readonly lot: string;
  /** At least so many `bookTicker` messages carry the id of a depth frame. */
  readonly tickers: number;
}

const recordings: readonly Recording[] = [
  { name: "usdm-btcusdt-20240808", rule: "futures", tick: "0.1", lot: "0.001", tickers: 629 },
  { name: "cm-ethusd_perp-20240808", rule: "futures", tick: "0.01", lot: "1", tickers: 2278 },
  { name: "spot-btcusdt-20240808", rule: "spot", tick: "0.01", lot: "0.00000001", tickers: 1072 },
  { name: "backpackfmt-btc_usdc-transcoded", rule: "backpack", tick: "0.01", lot: "0.00001", tickers: 10_000 },
  { name: "cm-sync-a-20210722", rule: "futures", tick: "0.0001", lot: "1", tickers: 20 },
  { name: "usdm-sync-sushi-akro-20210722", rule: "futures", tick: "0.00001", lot: "1", tickers: 19 },
];

interface Frame {
  readonly kind: "frame";
  readonly symbol: string;
  readonly first: number;
  readonly last: number;
  readonly previous: number | undefined;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}
interface Snapshot {
  readonly kind: "snapshot";
  readonly symbol: string;
  readonly id: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}
type Message = Frame | Snapshot;

interface Tape {
  readonly messages: readonly Message[];
  /** Touch by symbol and update id, as the exchange's own bookTicker says. */
  readonly tickers: ReadonlyMap<string, string>;
  /** `symbol u bid bidSize ask askSize` after every applied frame. */
  readonly oracle: readonly string[];
}

const levels = (pairs: readonly [string, string][], price: Grid, size: Grid): Level[] =>
  pairs.map((pair) => [ticks(toGrid(pair[0], price)), lots(toGrid(pair[1], size))]);

const isDepth = /"e":"depth(Update)?"/;
const isTicker = /bookTicker/i;

function load(data: string, recording: Recording): Tape {
  const [price, size] = [gridOf(recording.tick), gridOf(recording.lot)];
  const read = (file: string) =>
    gunzipSync(readFileSync(join(data, file)))
      .toString("latin1")
      .trimEnd()
      .split("\n");
  const messages: Message[] = [];
  const tickers = new Map<string, string>();
  for (const line of read(`${recording.name}.l2.ndjson.gz`)) {
    if (line.includes('"rest":')) {
      const { rest, d } = JSON.parse(line);
      const symbol: string = /symbol=(\w+)/.exec(rest)?.[1] ?? "";
      const [bids, asks] = [levels(d.bids, price, size), levels(d.asks, price, size)];
      messages.push({ kind: "snapshot", symbol, id: Number(d.lastUpdateId), bids, asks });
    } else if (isDepth.test(line)) {
      const { s, U, u, pu, b, a } = JSON.parse(line).d.data;
      const [bids, asks] = [levels(b, price, size), levels(a, price, size)];
      messages.push({ kind: "frame", symbol: s, first: U, last: u, previous: pu, bids, asks });
    } else if (isTicker.test(line)) {
      const { s, u, b, B, a, A } = JSON.parse(line).d.data;
      tickers.set(`${s} ${u}`, `${toGrid(b, price)} ${toGrid(B, size)} ${toGrid(a, price)} ${toGrid(A, size)}`);
    }
  }
  const only = new Set(messages.map((message) => message.symbol)).size === 1 ? messages[0]?.symbol : undefined;
  const oracle = read(`${recording.name}.bbo.csv.gz`)
    .slice(1)
    .map((row) => {
      const cells = row.split(",");
      if (only !== undefined) cells.unshift(only);
      const [symbol, u, bid = "", bidSize = "", ask = "", askSize = ""] = cells;
      return `${symbol} ${u} ${toGrid(bid, price)} ${toGrid(bidSize, size)} ${toGrid(ask, price)} ${toGrid(askSize, size)}`;
    });
  return { messages, tickers, oracle };
}

const touchOf = (book: Book): string => `${book.bidPrice} ${book.bidSize} ${book.askPrice} ${book.askSize}`;

/** A book that follows one symbol's frames and snapshots as a client would. */
interface Follower {
  readonly book: Book;
  readonly sync: DepthSync<Frame>;
  readonly losses: string[];
  /** Returns whether a snapshot was of use; true for frames. */
  take(message: Message): boolean;
}

function follow(rule: SequenceRule, applied: (frame: Frame, book: Book) => void = () => undefined): Follower {
  const book = createBook();
  const losses: string[] = [];
  const sync = createDepthSync<Frame>({
    rule,
    ids: (frame) => frame,
    apply: (frame) => {
      for (const [price, size] of frame.bids) book.apply("bid", price, size);
      for (const [price, size] of frame.asks) book.apply("ask", price, size);
      applied(frame, book);
    },
    lost: (why) => {
      losses.push(why);
      book.lose();
    },
  });
  return {
    book,
    sync,
    losses,
    take: (message) => {
      if (message.kind === "snapshot")
        return sync.snapshot(message.id, () => book.reset(message.bids, message.asks, millis(1)));
      sync.frame(message);
      return true;
    },
  };
}

/** Plays messages of any number of symbols; gives the followers by symbol. */
function play(
  rule: SequenceRule,
  messages: Iterable<Message>,
  applied?: (frame: Frame, book: Book) => void,
): Map<string, Follower> {
  const followers = new Map<string, Follower>();
  for (const message of messages) {
    let follower = followers.get(message.symbol);
    if (follower === undefined) {
      follower = follow(rule, applied);
      followers.set(message.symbol, follower);
    }
    follower.take(message);
  }
  return followers;
}

const whole = (book: Book): string =>
  JSON.stringify([book.levels("bid", Number.POSITIVE_INFINITY), book.levels("ask", Number.POSITIVE_INFINITY)]);

const endOf = (followers: Map<string, Follower>): string =>
  [...followers]
    .map(([symbol, { book }]) => symbol + whole(book))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join("\n");

const data = findData();

describe.skipIf(data === undefined)("recorded streams (skipped without ../shared/data beside the repository)", () => {
  const tapes = new Map<string, Tape>();
  const tapeOf = (recording: Recording): Tape => {
    let tape = tapes.get(recording.name);
    if (tape === undefined) {
      tape = load(data ?? "", recording);
      tapes.set(recording.name, tape);
    }
    return tape;
  };

  for (const recording of recordings)
    describe(`recording ${recording.name}`, { timeout: 180_000 }, () => {
      it("has the oracle's touch after every applied frame: no row missing, no gap, never crossed", () => {
        const { messages, oracle } = tapeOf(recording);
        const wrong: string[] = [];
        let count = 0;
        let crossed = 0;
        // Several symbols are interleaved in the stream and may be in another order in the oracle.
        const expected = new Map(oracle.map((row) => [row.slice(0, row.indexOf(" ", row.indexOf(" ") + 1)), row]));
        const followers = play(recording.rule, messages, (frame, book) => {
          count += 1;
          if (book.crossed) crossed += 1;
          const key = `${frame.symbol} ${frame.last}`;
          const found = `${key} ${touchOf(book)}`;
          if (expected.get(key) !== found && wrong.length < 5) wrong.push(`${found}, oracle ${expected.get(key)}`);
        });
        const losses = [...followers.values()].flatMap((follower) => follower.losses);
        expect({ wrong, count, crossed, losses }).toEqual({ wrong: [], count: oracle.length, crossed: 0, losses: [] });
        expect(expected.size).toBe(oracle.length);
      });

      it("equals the exchange's own bookTicker wherever that carries the id of a frame", () => {
        const { messages, tickers } = tapeOf(recording);
        const wrong: string[] = [];
        let compared = 0;
        play(recording.rule, messages, (frame, book) => {
          const told = tickers.get(`${frame.symbol} ${frame.last}`);
          if (told === undefined) return;
          compared += 1;
          if (told !== touchOf(book) && wrong.length < 5) wrong.push(`${frame.last}: ${touchOf(book)}, told ${told}`);
        });
        expect(wrong).toEqual([]);
        expect(compared).toBeGreaterThanOrEqual(recording.tickers);
      });

      it("ends the same however late the snapshot is", () => {
        const { messages } = tapeOf(recording);
        const wanted = endOf(play(recording.rule, messages));
        for (const late of [1, 2, 3, 10, 50, 200]) {
          const delayed: Message[] = [];
          const held: { readonly at: number; readonly message: Message }[] = [];
          for (const [at, message] of messages.entries()) {
            if (message.kind === "snapshot") held.push({ at: Math.min(at + late, messages.length - 1), message });
            else delayed.push(message);
            while (held[0] !== undefined && held[0].at <= at)
              delayed.push(...held.splice(0, 1).map((each) => each.message));
          }
          expect(delayed.length).toBe(messages.length);
          const same = endOf(play(recording.rule, delayed)) === wanted;
          expect([late, same]).toEqual([late, true]);
        }
      });

      it("reports a deleted frame at the next one, and shows nothing until a new snapshot, wherever it was deleted", () => {
        const { messages, oracle } = tapeOf(recording);
        const rows = new Set(oracle);
        for (const symbol of new Set(messages.map((message) => message.symbol))) {
          const own = messages.filter((message) => message.symbol === symbol);
          const reports = deletions(recording.rule, own, 150);
          expect(reports.length).toBeGreaterThan(Math.min(140, rows.size / 20));
          expect(reports.filter((report) => report !== "reported, silent, healed")).toEqual([]);
        }
      });
    });
});

/**
 * Deletes single frames spread over a stream, each in a run of its own that starts at a full snapshot shortly before, and
 * says what was seen: the next frame reports it, all others are kept, and a snapshot taken later brings the right book back.
 */
function deletions(rule: SequenceRule, own: readonly Message[], samples: number): string[] {
  const frames: Frame[] = [];
  const touches: string[] = [];
  const snapshots = new Map<number, Snapshot>();
  const total = own.length;
  const stride = Math.max(1, Math.floor(total / samples));
  const silent = 8; // frames between the deleted one and the new snapshot
  play(rule, own, (frame, book) => {
    const index = frames.length;
    frames.push(frame);
    touches.push(touchOf(book));
    if (index % stride === 0 || index % stride === (silent + 2) % stride) {
      const all = Number.POSITIVE_INFINITY;
      const [bids, asks] = [book.levels("bid", all), book.levels("ask", all)];
      snapshots.set(index, { kind: "snapshot", symbol: frame.symbol, id: frame.last, bids, asks });
    }
  });
  const reports: string[] = [];
  for (let start = 0; start + silent + 4 < frames.length; start += stride) {
    const [before, after] = [snapshots.get(start), snapshots.get(start + silent + 2)];
    if (before === undefined || after === undefined) continue;
    const follower = follow(rule);
    follower.take(before);
    const feed = (index: number) => {
      const frame = frames[index];
      if (frame !== undefined) follower.take(frame);
    };
    feed(start + 1);
    const well = touchOf(follower.book) === touches[start + 1];
    feed(start + 3); // start + 2 is deleted
    const reported = follower.losses.join() === "gap" && !follower.sync.live && !follower.book.valid;
    let shown = 0;
    for (let index = start + 4; index <= start + 1 + silent; index++) {
      feed(index);
      if (follower.book.valid || follower.book.bid !== undefined || follower.book.askPrice !== 0) shown += 1;
    }
    const tooOld = follower.take(before); // a snapshot from before the loss is of no use
    follower.take(after);
    let wrong = 0;
    for (let index = start + silent + 3; index < Math.min(frames.length, start + silent + 20); index++) {
      feed(index);
      if (touchOf(follower.book) !== touches[index]) wrong += 1;
    }
    const healed = wrong === 0 && follower.book.valid && follower.losses.length === 1 && !tooOld;
    reports.push(
      [
        well ? "" : "wrong before; ",
        reported ? "reported" : "not reported",
        shown === 0 ? ", silent" : ", shown",
        healed ? ", healed" : `, not healed (${wrong} wrong, old snapshot taken: ${tooOld})`,
      ].join(""),
    );
  }
  return reports;
}
