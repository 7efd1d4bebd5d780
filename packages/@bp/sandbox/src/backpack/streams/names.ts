// Names of streams: what they mean, or that there is none of that name.
import type { Instrument } from "@bp/core";
import { type Interval, intervalNames } from "../../bars.ts";
import type { House } from "../../house.ts";
import { rfqMarket } from "../desks/rfqMarkets.ts";

/** What a name asks for. */
export type Ask =
  | {
      readonly kind: "bookTicker" | "depth" | "trade" | "ticker" | "markPrice" | "openInterest";
      readonly market: Instrument;
    }
  | { readonly kind: "depth-every"; readonly market: Instrument; readonly periodMs: number }
  | { readonly kind: "kline"; readonly market: Instrument; readonly interval: Interval }
  | { readonly kind: "liquidation" }
  | { readonly kind: "account"; readonly what: AccountStream; readonly market: Instrument | undefined };

type AccountStream = "orderUpdate" | "positionUpdate" | "balanceUpdate" | "rfqUpdate";

/** The periods of the aggregated depth streams. */
export const periods = [200, 600, 1000] as const;

const accountNames: readonly AccountStream[] = ["orderUpdate", "positionUpdate", "balanceUpdate", "rfqUpdate"];
const plainKinds = ["bookTicker", "trade", "ticker"] as const;
const perpKinds = ["markPrice", "openInterest"] as const;

/** Reads the name of a stream; `undefined`: the venue has none of that name. Symbols may contain dots. */
export function readStream(house: House, name: string): Ask | undefined {
  if (name === "liquidation") return { kind: "liquidation" };
  const [first, rest] = cut(name);
  if (rest === undefined) return undefined;
  if (first === "account") {
    const [what, symbol] = cut(rest);
    const found = accountNames.find((each) => each === what);
    if (found === undefined) return undefined;
    if (symbol === undefined) return { kind: "account", what: found, market: undefined };
    const market = found === "rfqUpdate" ? rfqMarket(house, symbol)?.instrument : house.market(symbol);
    return market === undefined || found === "balanceUpdate" ? undefined : { kind: "account", what: found, market };
  }
  if (first === "depth") {
    const market = house.market(rest);
    if (market !== undefined) return { kind: "depth", market };
    const [period, symbol] = cut(rest);
    const periodMs = periods.find((each) => `${each}ms` === period);
    const of = house.market(symbol ?? "");
    return periodMs === undefined || of === undefined ? undefined : { kind: "depth-every", market: of, periodMs };
  }
  if (first === "kline") {
    const [word, symbol] = cut(rest);
    const interval = intervalNames.find((each) => each === word);
    const market = house.market(symbol ?? "");
    return interval === undefined || market === undefined ? undefined : { kind: "kline", market, interval };
  }
  const market = house.market(rest);
  if (market === undefined) return undefined;
  const kind =
    plainKinds.find((each) => each === first) ??
    (market.kind === "perp" ? perpKinds.find((each) => each === first) : undefined);
  return kind === undefined ? undefined : { kind, market };
}

/** Before and after the first point. */
function cut(name: string): readonly [string, string | undefined] {
  const point = name.indexOf(".");
  return point < 0 ? [name, undefined] : [name.slice(0, point), name.slice(point + 1)];
}
