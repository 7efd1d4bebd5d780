// Depth frames in Aster's form to feed to books, with what the touch must be after each.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Depth, depthAnswer } from "@aster/client";
import { type Instrument, instrument, symbolOf, toLots, toTicks } from "@bp/core";
import { recordings } from "../paths.ts";
import { generated } from "./recording.ts";

export interface AsterRecording {
  readonly about: string;
  readonly instrument: Instrument;
  readonly snapshot: Depth;
  /** As they come off the socket; the first one reaches back to the snapshot. */
  readonly frames: readonly Uint8Array[];
  /** Bid price, bid size, ask price, ask size after each frame, in ticks and lots. */
  readonly touches: Float64Array;
}

/** A market in files of the shared folder. */
interface Source {
  readonly name: string;
  readonly symbol: string;
  readonly tickSize: string;
  readonly lotSize: string;
}

/** Deep: some thirty levels a frame. Shallow: some eight. */
const sources = {
  deep: { name: "usdm-btcusdt-20240808", symbol: "BTCUSDT", tickSize: "0.10", lotSize: "0.001" },
  shallow: { name: "cm-ethusd_perp-20240808", symbol: "ETHUSD_PERP", tickSize: "0.01", lotSize: "1" },
} as const satisfies Readonly<Record<string, Source>>;

/** Which market. */
export type Which = keyof typeof sources;

/**
 * The recorded market where it is, else one that is generated.
 *
 * @param size - bytes, about
 */
export function asterRecording(which: Which, size: number): AsterRecording {
  const source = sources[which];
  const isThere = existsSync(join(recordings, `${source.name}.l2.ndjson.gz`));
  return isThere ? recorded(source, size) : asterGenerated(Math.round(size / 200));
}

function recorded({ name, symbol, tickSize, lotSize }: Source, size: number): AsterRecording {
  const lines = (kind: string) =>
    gunzipSync(readFileSync(join(recordings, `${name}.${kind}.gz`)))
      .toString("latin1")
      .trimEnd()
      .split("\n");
  const id = `aster-futures:${symbol}` as const;
  const market = instrument({ id, kind: "perp", base: "B", quote: "Q", tickSize, lotSize });
  const all = lines("l2.ndjson");
  const touches = new Map(lines("bbo.csv").map((line) => [line.slice(0, line.indexOf(",")), line.split(",").slice(1)]));
  const answer = all.find((line) => line.includes('"rest":')) ?? "";
  const frames: Uint8Array[] = [];
  let bytes = 0;
  const expected: number[] = [];
  for (const line of all) {
    const touch = touches.get(/"depthUpdate".*?"u":(\d+)/.exec(line)?.[1] ?? "");
    if (touch === undefined || bytes >= size) continue;
    bytes += line.length;
    const [bid = "", bidSize = "", ask = "", askSize = ""] = touch;
    frames.push(Buffer.from(line.slice(line.indexOf('"d":') + 4, -1), "latin1"));
    expected.push(toTicks(market, bid), toLots(market, bidSize), toTicks(market, ask), toLots(market, askSize));
  }
  return {
    about: `a recorded market of Binance, which has Aster's form (${symbol})`,
    instrument: market,
    snapshot: depthAnswer.parse((JSON.parse(answer) as { readonly d: unknown }).d), // checked by the schema
    frames,
    touches: Float64Array.from(expected),
  };
}

interface BackpackFrame {
  readonly data: {
    readonly E: number;
    readonly U: number;
    readonly u: number;
    readonly b: unknown;
    readonly a: unknown;
  };
}

/** The generated market of the other group in Aster's form. */
function asterGenerated(count: number): AsterRecording {
  const { instrument: market, snapshot, frames, touches } = generated(count);
  const s = symbolOf(market.id);
  return {
    about: "a market generated from a seed, in Aster's form",
    instrument: market,
    snapshot: depthAnswer.parse({ ...snapshot, bids: snapshot.bids.toReversed() }),
    frames: frames.map((frame) => {
      const { data } = JSON.parse(Buffer.from(frame).toString()) as BackpackFrame; // made by `generated`
      const { E, U, u, b, a } = data;
      const at = Math.floor(E / 1000);
      const update = { e: "depthUpdate", E: at, T: at, s, U, u, pu: U - 1, b, a };
      return Buffer.from(JSON.stringify({ stream: `${s.toLowerCase()}@depth@100ms`, data: update }));
    }),
    touches,
  };
}
