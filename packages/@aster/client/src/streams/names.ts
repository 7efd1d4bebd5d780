// Names of streams.

export type { Service } from "../rest/endpoint.ts";

/**
 * Name of a stream of one market. The venue wants its symbols in lower case here, also those of other scripts; only in a URL are
 * they encoded.
 *
 * @param kind - `depth`, `kline_1m`
 * @param speed - `100ms`; left out: the venue's usual one
 */
export function nameOf(symbol: string, kind: string, speed?: string): string {
  return `${symbol.toLowerCase()}@${kind}${speed === undefined ? "" : `@${speed}`}`;
}

/** Name of a stream of all markets: `!ticker@arr`. */
export function nameOfAll(kind: string, form?: "arr", speed?: string): string {
  return `!${kind}${form === undefined ? "" : "@arr"}${speed === undefined ? "" : `@${speed}`}`;
}
