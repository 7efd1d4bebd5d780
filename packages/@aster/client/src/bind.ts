// Endpoints as functions.
import { type AnyEndpoint, type Bound, bind as bindAny } from "@bp/adapter";
import type { AnyAsterEndpoint, AsterCallOptions, Call } from "./rest/endpoint.ts";

/**
 * Makes functions of endpoints of one service.
 *
 * @example
 * const market = bind(futures.call, { depth, exchangeInfo });
 * await market.depth({ symbol: "BTCUSDT" });
 */
export function bind<const G extends Readonly<Record<string, AnyAsterEndpoint>>>(
  call: Call,
  group: G,
): Bound<G, AsterCallOptions> {
  const any = call as (endpoint: AnyEndpoint, params: unknown, options?: AsterCallOptions) => Promise<unknown>; // it is given those of `group` alone
  return bindAny<G, AsterCallOptions>(any, group);
}
