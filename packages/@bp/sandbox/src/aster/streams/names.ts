// Names of streams: what they mean and how often they speak, or that there is none of that name.
import type { Instrument } from "@bp/core";
import type { Interval } from "../../bars.ts";
import type { AsterHouse } from "../house.ts";
import { intervalOf } from "../rest/candles.ts";

/** What a name asks for. `market` is absent where it asks for all of them. */
export type Ask = { readonly everyMs: number } & (
  | { readonly kind: "aggTrade" | "trade" | "tradepro" | "diff"; readonly market: Instrument }
  | { readonly kind: "partial"; readonly market: Instrument; readonly levels: number }
  | { readonly kind: "kline"; readonly market: Instrument; readonly interval: Interval; readonly word: string }
  | {
      readonly kind: "markPrice" | "miniTicker" | "ticker" | "bookTicker" | "forceOrder";
      readonly market: Instrument | undefined;
    }
);

/** As soon as it happens. */
const atOnce = 0;

/** Periods of the depth streams by the end of the name. */
const periods: Record<AsterHouse["service"], Readonly<Record<string, number>>> = {
  futures: { "": 250, "@250ms": 250, "@500ms": 500, "@100ms": 100 },
  spot: { "": 1000, "@1000ms": 1000, "@100ms": 100 },
};

/** Reads the name of a stream; `undefined`: the venue has none of that name, and says nothing about it. */
export function readStream(house: AsterHouse, name: string): Ask | undefined {
  const futures = house.service === "futures";
  if (name.startsWith("!")) return readAll(name, futures);
  const at = name.indexOf("@");
  if (at < 0) return undefined;
  const market = house.marketOfStream(name.slice(0, at));
  if (market === undefined) return undefined;
  const what = name.slice(at + 1);
  switch (what) {
    case "aggTrade":
      return { kind: "aggTrade", market, everyMs: atOnce };
    case "tradepro":
      return { kind: "tradepro", market, everyMs: atOnce };
    case "trade":
      return futures ? undefined : { kind: "trade", market, everyMs: atOnce };
    case "miniTicker":
    case "ticker":
      return { kind: what, market, everyMs: futures ? 500 : 1000 };
    case "bookTicker":
      return { kind: what, market, everyMs: atOnce };
    case "forceOrder":
      return futures ? { kind: what, market, everyMs: 1000 } : undefined;
    case "markPrice":
      return futures ? { kind: "markPrice", market, everyMs: 3000 } : undefined;
    case "markPrice@1s":
      return futures ? { kind: "markPrice", market, everyMs: 1000 } : undefined;
  }
  const depth = /^depth(5|10|20)?(@\d+ms)?$/.exec(what);
  if (depth !== null) {
    const everyMs = periods[house.service][depth[2] ?? ""];
    if (everyMs === undefined) return undefined;
    const levels = depth[1];
    return levels === undefined
      ? { kind: "diff", market, everyMs }
      : { kind: "partial", market, levels: Number(levels), everyMs };
  }
  const word = /^kline_(\w+)$/.exec(what)?.[1] ?? "";
  const interval = intervalOf(word);
  return interval === undefined ? undefined : { kind: "kline", market, interval, word, everyMs: futures ? 250 : 1900 }; // never more than 2 s apart;
}

function readAll(name: string, futures: boolean): Ask | undefined {
  const market = undefined;
  switch (name) {
    case "!miniTicker@arr":
      return { kind: "miniTicker", market, everyMs: 1000 };
    case "!ticker@arr":
      return { kind: "ticker", market, everyMs: 1000 };
    case "!bookTicker":
      return { kind: "bookTicker", market, everyMs: atOnce };
    case "!markPrice@arr":
      return futures ? { kind: "markPrice", market, everyMs: 3000 } : undefined;
    case "!markPrice@arr@1s":
      return futures ? { kind: "markPrice", market, everyMs: 1000 } : undefined;
    case "!forceOrder@arr":
      return futures ? { kind: "forceOrder", market, everyMs: 1000 } : undefined;
    default:
      return undefined;
  }
}
