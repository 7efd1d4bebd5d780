import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createBook, type Instrument, instrument, type Lots, millis, priceText, sizeText, type Ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Service } from "../streams/names.ts";
import { depthAnswer } from "../wire/depth.ts";
import { type AsterBookFollower, followAsterBook } from "./followAsterBook.ts";

const now = millis(1_000);
const btc = instrument({
  id: "aster-futures:BTCUSDT",
  kind: "perp",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.1",
  lotSize: "0.001",
});

interface Bridge {
  readonly snapshot: unknown;
  readonly events: readonly object[];
  readonly expected: {
    readonly dropped: readonly number[];
    readonly applied: readonly number[];
    readonly gapAt: number;
  };
}
const bridge = JSON.parse(
  readFileSync(new URL("../../fixtures/futures-ws-depth-bridge.synthetic.json", import.meta.url), "utf8"),
) as Bridge;

function bytes(value: unknown, stream?: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(stream === undefined ? value : { stream, data: value }));
}
function follow(service: Service = "futures") {
  const losses: string[] = [];
  const bad: string[] = [];
  const follower = followAsterBook({
    service,
    instrument: btc,
    onLost: (why) => losses.push(why),
    onBad: ({ message }) => bad.push(message),
  });
  return { follower, losses, bad };
}
function update(
  U: number,
  u: number,
  pu: number | undefined,
  b: readonly string[][] = [],
  a: readonly string[][] = [],
) {
  return { e: "depthUpdate", E: 1, T: 1, s: "BTCUSDT", U, u, ...(pu === undefined ? {} : { pu }), b, a };
}
const snapshot = (lastUpdateId: number) =>
  depthAnswer.parse({ lastUpdateId, bids: [["100.0", "1"]], asks: [["100.1", "1"]] });

describe("followAsterBook", () => {
  it.each([
    ["with", "btcusdt@depth@100ms"],
    ["without", undefined],
  ] as const)("bridges the sample %s an envelope, whenever the snapshot comes", (_, stream) => {
    const { events, expected } = bridge;
    const told = [0, 1, 2, 3].map((early) => {
      const { follower, losses } = follow();
      const take = (some: readonly object[]) => some.map((event) => follower.frame(bytes(event, stream), now));
      const before = take(events.slice(0, early));
      const snapshotTaken = follower.snapshot(depthAnswer.parse(bridge.snapshot), now);
      const after = take(events.slice(early, expected.gapAt));
      const { book, lastUpdateId } = follower;
      const known = [lastUpdateId, book.bidSize, book.askPrice];
      const last = take(events.slice(expected.gapAt));
      expect(follower.counts).toEqual({ frames: 4, slow: 0, bad: 0, lost: 1 });
      return { known, snapshotTaken, losses, verdicts: [...before, ...after, ...last].join() };
    });
    const same = { known: [1012, 3_000, 1_002], snapshotTaken: true, losses: ["gap"] };
    expect(told).toEqual([
      { ...same, verdicts: "dropped,applied,applied,lost" },
      { ...same, verdicts: "buffered,applied,applied,lost" },
      { ...same, verdicts: "buffered,buffered,applied,lost" },
      { ...same, verdicts: "buffered,buffered,buffered,lost" },
    ]);
  });

  it("takes a snapshot whose id falls between `pu` and `U`", () => {
    const { follower } = follow();
    follower.snapshot(snapshot(1_005), now);
    expect(follower.frame(bytes(update(1_010, 1_012, 1_003)), now)).toBe("applied");
  });

  it("refuses a snapshot that is too old for what waits, and takes the next", () => {
    const { follower } = follow();
    follower.frame(bytes(update(1_010, 1_012, 1_003)), now);
    expect(follower.snapshot(snapshot(1_000), now)).toBe(false);
    expect(follower.snapshot(snapshot(1_003), now)).toBe(true);
    expect(follower.lastUpdateId).toBe(1_012);
  });

  it("follows `pu` on spot, and `U` where there is none", () => {
    const { follower } = follow("spot");
    follower.snapshot(snapshot(10), now);
    const verdicts = [update(9, 10, 8), update(13, 14, 10), update(15, 15, undefined), update(17, 17, undefined)].map(
      (each) => follower.frame(bytes(each), now),
    );
    expect(verdicts).toEqual(["dropped", "applied", "applied", "lost"]);
  });

  it("reads other spellings the slow way: spaces, bids and asks, numbers as text or bare", () => {
    const { follower } = follow("spot");
    follower.snapshot(snapshot(10), now);
    const frame = { ...update(11, 11, 10), U: "11", b: undefined, a: undefined, bids: [["100.0", 0.5]], asks: [] };
    expect(follower.frame(new TextEncoder().encode(JSON.stringify(frame, null, 1)), now)).toBe("applied");
    expect(follower.book.bidSize).toBe(500);
    expect(follower.counts.slow).toBe(1);
  });

  it("never takes the top of the book for changes", () => {
    const { follower, bad } = follow();
    follower.snapshot(snapshot(10), now);
    expect(follower.frame(bytes(update(11, 11, 10), "btcusdt@depth20@100ms"), now)).toBe("lost");
    expect(bad[0]).toContain("changes of the book");
  });

  it("takes no frame of another market", () => {
    const { follower, bad } = follow();
    follower.snapshot(snapshot(10), now);
    expect(follower.frame(bytes({ ...update(11, 11, 10), s: "ETHUSDT" }), now)).toBe("lost");
    expect(bad).toHaveLength(1);
  });

  it("is lost when it is crossed", () => {
    const { follower, losses } = follow();
    follower.snapshot(snapshot(10), now);
    expect(follower.frame(bytes(update(11, 11, 10, [["100.1", "1"]])), now)).toBe("lost");
    expect(losses).toEqual(["crossed"]);
  });

  it("reads symbols of any script", () => {
    const odd = { ...btc, id: "aster-futures:币安人生USDT" as const };
    const follower = followAsterBook({ service: "futures", instrument: odd });
    follower.snapshot(snapshot(10), now);
    const frame = bytes({ ...update(11, 11, 10), s: "币安人生USDT" }, "币安人生usdt@depth@100ms");
    expect(follower.frame(frame, now)).toBe("applied");
    expect(follower.counts.slow).toBe(0);
  });
});

interface Recorded {
  readonly file: string;
  readonly service: Service;
  readonly markets: readonly (readonly [symbol: string, tickSize: string, lotSize: string])[];
}
const recorded: readonly Recorded[] = [
  { file: "usdm-btcusdt-20240808", service: "futures", markets: [["BTCUSDT", "0.10", "0.001"]] },
  { file: "cm-ethusd_perp-20240808", service: "futures", markets: [["ETHUSD_PERP", "0.01", "1"]] },
  { file: "spot-btcusdt-20240808", service: "spot", markets: [["BTCUSDT", "0.01", "0.000001"]] }, // some sizes are finer than its step
  {
    file: "usdm-sync-sushi-akro-20210722",
    service: "futures",
    markets: [
      ["SUSHIUSDT", "0.0010", "1"],
      ["AKROUSDT", "0.00001", "1"],
    ],
  },
];
const data = new URL("../../../../../../shared/data/", import.meta.url);
const linesOf = (name: string) =>
  gunzipSync(readFileSync(new URL(`${name}.gz`, data)))
    .toString("latin1")
    .trimEnd()
    .split("\n");

interface Market {
  readonly about: Instrument;
  readonly follower: AsterBookFollower;
  readonly touches: Map<string, string>;
}

/** Plays a recording; snapshots come `late` depth frames after their place. */
function play({ file, service, markets }: Recorded, late = 0) {
  const books = markets.map(([symbol, tickSize, lotSize]): Market => {
    const kind = "perp"; // means nothing to a book
    const about = instrument({ id: `aster-${service}:${symbol}`, kind, base: "B", quote: "Q", tickSize, lotSize });
    const follower = followAsterBook({ service, instrument: about, book: createBook() });
    return { about, follower, touches: new Map() };
  });
  for (const line of linesOf(`${file}.bbo.csv`).slice(1)) {
    const cells = line.split(",");
    const market = cells.length === 6 ? books[markets.findIndex(([symbol]) => symbol === cells[0])] : books[0];
    const [u = "", ...touch] = cells.slice(-5);
    market?.touches.set(u, touch.map(Number).join());
  }
  const pending: { left: number; readonly go: () => void }[] = [];
  let applied = 0;
  let wrong = 0;
  for (const line of linesOf(`${file}.l2.ndjson`)) {
    const symbol = /"rest":"[^"]*symbol=([^"&]+)/.exec(line)?.[1];
    if (symbol !== undefined) {
      const answer = depthAnswer.parse((JSON.parse(line) as { readonly d: unknown }).d);
      const market = books[markets.findIndex(([each]) => each === symbol)];
      const go = () => {
        market?.follower.snapshot(answer, now);
      };
      if (late === 0) go();
      else pending.push({ left: late, go });
      continue;
    }
    if (!line.includes('"depthUpdate"')) continue;
    const market = books[markets.findIndex(([each]) => line.includes(`"s":"${each}"`))];
    if (market === undefined) continue;
    const { follower, about, touches } = market;
    const { book } = follower;
    const frame = Buffer.from(line.slice(line.indexOf('"d":') + 4, -1), "latin1");
    if (follower.frame(frame, now) === "applied") {
      applied += 1;
      const found = [
        priceText(about, book.bidPrice as Ticks), // whole, as a book has them; likewise below
        sizeText(about, book.bidSize as Lots),
        priceText(about, book.askPrice as Ticks),
        sizeText(about, book.askSize as Lots),
      ];
      if (touches.get(String(follower.lastUpdateId)) !== found.map(Number).join()) wrong += 1;
    }
    for (const each of pending) {
      each.left -= 1;
      if (each.left === 0) each.go();
    }
  }
  const ends = books.map(({ follower: { book } }) => [book.bidPrice, book.bidSize, book.askPrice, book.askSize].join());
  const counts = books.map(({ follower }) => follower.counts);
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((total, each) => total + of(each), 0);
  const rows = books.reduce((total, { touches }) => total + touches.size, 0);
  return {
    applied,
    wrong,
    ends,
    rows,
    slow: sum(({ slow }) => slow),
    bad: sum(({ bad }) => bad),
    lost: sum(({ lost }) => lost),
  };
}

describe.skipIf(!existsSync(data))("recorded markets in the same form (skipped where ../shared/data is absent)", () => {
  it.each(recorded)(
    "$file: the oracle's touch after each frame, all read by offset",
    (recording) => {
      const { applied, wrong, rows, slow, bad, lost } = play(recording);
      expect({ wrong, slow, bad, lost }).toEqual({ wrong: 0, slow: 0, bad: 0, lost: 0 });
      expect(rows - applied).toBeLessThan(60); // those that waited for the snapshot
      expect(applied).toBeGreaterThan(400);
    },
    60_000,
  );

  it.each(recorded.slice(1))(
    "$file: the same end whenever the snapshot comes",
    (recording) => {
      const { ends } = play(recording);
      for (const late of [1, 7, 100]) expect(play(recording, late).ends).toEqual(ends);
    },
    60_000,
  );
});
