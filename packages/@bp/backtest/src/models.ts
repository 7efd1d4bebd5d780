// What stands between a recorded market and a live one: named, plain data, written into every result.
import { BpError } from "@bp/core";
import { constantLatency, drawnLatency, type Latency, type QueueModel, queueNamed, tableLatency } from "@bp/sim";

/** How long requests and account facts are on their way. */
export type LatencyModel =
  | { readonly kind: "constant"; readonly upMs: number; readonly downMs: number }
  /** A floor and an exponential tail, drawn anew for each message. */
  | { readonly kind: "drawn"; readonly floorMs: number; readonly meanMs: number }
  /** As measured: moment, up and down in ms, oldest first; each row holds until the next. */
  | { readonly kind: "table"; readonly rows: readonly (readonly [at: number, upMs: number, downMs: number])[] };

/** How a candle's two extremes are walked; see `tapeMarket`. */
export type CandlePath = "pessimistic" | "high-first" | "low-first" | "nearest-first";

/** Everything that a backtest assumes. */
export interface Models {
  /** How our place in a recorded queue moves: see `queueNamed` for the names. */
  readonly queue: string;
  readonly latency: LatencyModel;
  /**
   * When market facts reach us: as late as they reached the recorder, or by `latency`. Where the data of an exchange have no receipt
   * times (candles, trades of a CSV file), by `latency` in any case.
   */
  readonly feed: "recorded" | "latency";
  /** Fractions of notional, the tier of all accounts; left out: the instruments' own. */
  readonly fees?: { readonly maker: string; readonly taker: string } | undefined;
  readonly candles: {
    readonly path: CandlePath;
    /** Most that orders are given of a candle's volume, above 0 to 1. */
    readonly volumeShare: number;
    /** Whose volume that is: the candle's own and that of the one before it (default), or the latter alone; see `tapeMarket`. */
    readonly cappedBy?: "candle" | "shown";
  };
}

/**
 * Careful ones: only prints move queues, 20 ms each way, candles hurt the position first, a tenth of a candle's volume.
 */
export const usualModels: Models = {
  queue: "prints",
  latency: { kind: "constant", upMs: 20, downMs: 20 },
  feed: "recorded",
  candles: { path: "pessimistic", volumeShare: 0.1 },
};

/** The queue model of a name. @throws BpError `config/invalid` */
export function queueOf({ queue }: Models): QueueModel {
  return queueNamed(queue);
}

/** Draws the latency of one account. @throws BpError `config/invalid` for figures that cannot be */
export function latencyOf({ latency }: Models, seed: number): Latency {
  if (latency.kind === "table") {
    if (latency.rows.length === 0) throw wrong("a table with at least one row", "none");
    return tableLatency(latency.rows);
  }
  const figures = latency.kind === "constant" ? [latency.upMs, latency.downMs] : [latency.floorMs, latency.meanMs];
  const bad = figures.find((each) => !(each >= 0 && each <= 600_000));
  if (bad !== undefined) throw wrong("0 to 600000 ms", String(bad));
  return latency.kind === "constant"
    ? constantLatency(latency.upMs, latency.downMs)
    : drawnLatency({ seed, floorMs: latency.floorMs, meanMs: latency.meanMs });
}

function wrong(expected: string, found: string): BpError {
  return new BpError("config/invalid", { path: "models.latency", found, expected });
}

/** The models in a line each, for a person. */
export function modelLines({ queue, latency, feed, fees, candles }: Models): readonly string[] {
  const ways =
    latency.kind === "constant"
      ? `${latency.upMs} ms there, ${latency.downMs} ms back`
      : latency.kind === "drawn"
        ? `drawn: ${latency.floorMs} ms and an exponential ${latency.meanMs} ms more, each way`
        : `a table of ${latency.rows.length} rows`;
  return [
    `queue: ${queue}`,
    `latency: ${ways}`,
    `market data: ${feed === "recorded" ? "as late as they were recorded" : "as late as everything else"}`,
    `fees: ${fees === undefined ? "of the markets" : `maker ${fees.maker}, taker ${fees.taker}`}`,
    `candles: ${candles.path}, ${candles.volumeShare} of their volume`,
  ];
}
