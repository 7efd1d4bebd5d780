// An account as the watchdog may touch it: it can look at what rests and take it back. There is nothing else in its hands.
import { BpError, type VenueId } from "@bp/core";

/** An order that rests. */
export interface Resting {
  readonly symbol: string;
  /** The venue's. */
  readonly id: string;
  /** Our number; `undefined` for orders of others. */
  readonly clientId: number | undefined;
}

/** Cancel-only. What it throws is a `BpError`. */
export interface CancelDoor {
  readonly venue: VenueId;
  /** How long a request of a bot that is gone may still arrive, ms. */
  readonly lateMs: number;
  /**
   * The lists that show all orders which may rest in these markets, each of which is asked for by itself: a market, or `undefined` for
   * everything that rests on the account.
   *
   * @param symbols - left out: any market, which costs Aster's budget forty times as much
   */
  lists(symbols?: readonly string[]): readonly (string | undefined)[];
  /**
   * One of these lists, with the user's own orders.
   *
   * @param timeoutMs - how long the answer is waited for
   */
  openOrders(timeoutMs: number, symbol?: string): Promise<readonly Resting[]>;
  /** Takes one order back. Resolves as well when there is no such order any more. */
  cancel(order: Resting, timeoutMs: number): Promise<void>;
  /** Opens connections and compares clocks ahead of time. Never throws. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** A venue's way of calling endpoints. */
// biome-ignore lint/suspicious/noExplicitAny: it takes the endpoints of either venue
type AnyCall = (endpoint: any, ...rest: any[]) => Promise<any>; // oxlint-disable-line typescript/no-explicit-any

/**
 * A call that sends nothing but questions and cancels: whatever is handed to it, nothing can be placed or changed through it.
 *
 * @throws BpError (the call it gives) `config/invalid` for an endpoint that is neither
 */
export function cancelOnly<C extends AnyCall>(call: C): C {
  const guarded = (endpoint: { readonly method: string; readonly path: string }, ...rest: unknown[]) => {
    const { method, path } = endpoint;
    if (method !== "GET" && method !== "DELETE")
      throw new BpError("config/invalid", {
        path: "watchdog",
        found: `${method} ${path}`,
        expected: "a GET or a DELETE",
      });
    return call(endpoint, ...rest);
  };
  return guarded as C; // the same parameters, and the answer of the same call
}

/** For an answer to anything else, such as the venue's time, ms. */
export const answerMs = 5_000;
