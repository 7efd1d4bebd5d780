// The client: REST as groups of functions, streams, the venue's clock.
import { type Bound, bind } from "@bp/adapter";
import { BpError, type Clock, millis } from "@bp/core";
import { ed25519Key, type Secret } from "@bp/signing";
import { type Budget, createBudget, createHttp, createSkew, type Http, type Skew, systemClock } from "@bp/transport";
import { createCall } from "./call.ts";
import { failureOf, negativeOf } from "./failure.ts";
import * as account from "./rest/account/index.ts";
import * as capital from "./rest/capital/index.ts";
import type { Call } from "./rest/endpoint.ts";
import { type AllFills, allFills } from "./rest/history/allFills.ts";
import * as history from "./rest/history/index.ts";
import * as markets from "./rest/markets/index.ts";
import * as orders from "./rest/orders/index.ts";
import * as positions from "./rest/positions/index.ts";
import * as system from "./rest/system/index.ts";
import * as trades from "./rest/trades/index.ts";
import { createStreams, type Streams } from "./streams/streams.ts";

/** Who asks, where, and for how long. Without any: public data of the real venue. */
export interface BackpackOptions {
  /** Left out: public data only. `apiKey` is the base64 of the public key, `secret` that of the 32-byte seed. */
  readonly key?: { readonly apiKey: string; readonly secret: Secret | string };
  /** Default: https://api.backpack.exchange */
  readonly restUrl?: string;
  /** Default: wss://ws.backpack.exchange */
  readonly wsUrl?: string;
  readonly clock?: Clock;
  /** How long a signed request is good, ms; 5,000 if left out, at most 60,000. */
  readonly windowMs?: number;
  /** For an answer, ms; a little more than the window if left out. */
  readonly timeoutMs?: number;
  /** An HTTP proxy, `http://user:password@host:port`. */
  readonly proxy?: string;
  /** Instead of the client's own 2,000 requests a minute (a fifth of it for cancels and holds): clients of one account share one. */
  readonly budget?: Budget;
}

/**
 * The REST interface in groups, each function `(params, { signal, timeoutMs })`. Decimals stay text, names are the
 * venue's.
 */
export interface Rest {
  readonly markets: Bound<typeof markets>;
  readonly trades: Bound<typeof trades>;
  readonly system: Bound<typeof system>;
  readonly orders: Bound<typeof orders>;
  readonly account: Bound<typeof account>;
  readonly capital: Bound<typeof capital>;
  readonly positions: Bound<typeof positions>;
  readonly history: Bound<typeof history> & { readonly allFills: AllFills };
}

/** A client of one account, or of public data alone. */
export interface Backpack {
  readonly rest: Rest;
  readonly streams: Streams;
  /** Any endpoint, also one that has no function here. */
  readonly call: Call;
  /** The venue's clock. Measured before the first signed request, and after one that came too late. */
  readonly skew: Skew;
  readonly clock: Clock;
  readonly windowMs: number;
  /** Whether there is a key. */
  readonly signs: boolean;
  /** Opens the connections that the first order will use. Never throws. */
  warm(): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * A client of Backpack Exchange.
 *
 * @throws BpError `signing/bad-key`, `signing/key-mismatch` for a key that cannot sign; `config/invalid` for a URL or window that cannot be
 * @example
 * const backpack = createBackpack({});
 * const book = await backpack.rest.markets.depth({ symbol: "SOL_USDC_PERP", limit: 20 });
 */
export function createBackpack(options: BackpackOptions = {}): Backpack {
  const {
    restUrl = "https://api.backpack.exchange",
    wsUrl = "wss://ws.backpack.exchange",
    clock = systemClock,
    windowMs = 5_000,
    proxy,
  } = options;
  checkWindow(windowMs);
  const key = options.key === undefined ? undefined : ed25519Key(options.key.apiKey, options.key.secret);
  const budget = options.budget ?? createBudget({ capacity: 2_000, perMs: 60_000, reserved: 0.2, clock });
  const slow = createBudget({ capacity: 30, perMs: 60_000, reserved: 0, clock, maxWaitMs: 60_000 });
  const timeoutMs = options.timeoutMs ?? windowMs + 2_000;
  const way = { baseUrl: restUrl, clock, timeoutMs, ...(proxy === undefined ? {} : { proxy }) };
  const http = createHttp({ ...way, budget });
  const slowHttp = createHttp({ ...way, budget: slow });
  const skew = createSkew({ measure: (signal) => askTime(http, signal), clock, limitMs: windowMs / 2 });
  const call = createCall({ http, slowHttp, key, skew, clock, windowMs });
  const streams = createStreams({
    url: wsUrl,
    clock,
    signer: key === undefined ? undefined : { key, skew, windowMs },
    proxy,
  });
  const past = bind(call, history);
  return {
    rest: {
      markets: bind(call, markets),
      trades: bind(call, trades),
      system: bind(call, system),
      orders: bind(call, orders),
      account: bind(call, account),
      capital: bind(call, capital),
      positions: bind(call, positions),
      history: { ...past, allFills: allFills(past.fills) },
    },
    streams,
    call,
    skew,
    clock,
    windowMs,
    signs: key !== undefined,
    warm: () => http.warm("/api/v1/time"),
    close: async () => {
      streams.close();
      await Promise.all([http.close(), slowHttp.close()]);
    },
  };
}

/** One round trip without repeats: a repeated one would make the clock look wrong. */
function askTime(http: Http, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = {
      method: "GET",
      path: "/api/v1/time",
      lane: "read",
      ...(signal === undefined ? {} : { signal }),
    } as const;
    http.send(request, (outcome) => {
      if (outcome instanceof Error) return reject(outcome);
      const found = Number(outcome.text);
      if (outcome.status === 200 && Number.isSafeInteger(found) && found > 1e12) resolve(millis(found));
      else reject(failureOf(negativeOf(outcome.status, outcome.text), "reads"));
    });
  });
}

function checkWindow(windowMs: number): void {
  if (Number.isInteger(windowMs) && windowMs >= 1 && windowMs <= 60_000) return;
  throw new BpError("config/invalid", { path: "windowMs", found: String(windowMs), expected: "1 to 60000 ms" });
}
