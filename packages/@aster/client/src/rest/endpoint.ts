// What an endpoint of Aster has beside the general kind: its service, its two paths, who may call it and what it costs.
import type { CallOptions, Endpoint } from "@bp/adapter";

/** Two services with two hosts, two sets of markets and two budgets. */
export type Service = "futures" | "spot";

/** `v1`: old keys, HMAC, timestamp. `v3`: agents, EIP-712, nonce. Each has its own paths. */
export type Scheme = "v1" | "v3";

/**
 * One call of the REST interface. `path` is the newest one, `v3` where there is one; public data is always asked for there.
 *
 * @see https://github.com/asterdex/api-docs
 */
export interface AsterEndpoint<P, A> extends Endpoint<P, A> {
  readonly service: Service;
  /** `key`: a V1 key is named in a header and nothing is signed; an agent signs it like everything else. */
  readonly security: "none" | "key" | "signed";
  /** For V1 keys. At least one of the two paths is there. */
  readonly v1?: string;
  /** For agents, and for public data. */
  readonly v3?: string;
  /** Where else an agent may find it: an older or newer path, tried when `v3` is answered with 404. Reading calls only. */
  readonly elsewhere?: string;
  /** Of the requests a minute of this address. */
  readonly weight: number | ((params: P) => number);
  /** Of the orders that the account may place; none if left out. */
  readonly orders?: number | ((params: P) => number);
  /** The nonce is the caller's own and no new one is taken: `noop` alone. */
  readonly reusesNonce?: true;
}

/** The general kind that every endpoint fits. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are contravariant; no other type takes every endpoint
export type AnyAsterEndpoint = AsterEndpoint<any, unknown>; // oxlint-disable-line typescript/no-explicit-any

/** What a single call may bring along. */
export interface AsterCallOptions extends CallOptions {
  /** Hears the nonce that an agent's request goes out with, each time it is sent: `noop` needs it. */
  readonly onNonce?: (nonce: number) => void;
}

/** Whoever sends a request and reads its answer. */
export type Call = <P, A>(endpoint: AsterEndpoint<P, A>, params: P, options?: AsterCallOptions) => Promise<A>;

/** What this call costs. */
export function costOf<P>(endpoint: AsterEndpoint<P, unknown>, params: P): { weight: number; orders: number } {
  const { weight, orders = 0 } = endpoint;
  return {
    weight: typeof weight === "function" ? weight(params) : weight,
    orders: typeof orders === "function" ? orders(params) : orders,
  };
}
