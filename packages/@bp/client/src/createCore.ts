// The core of a client: one function that calls any endpoint, two connections for any stream, the venue's clock.
import { BpError, type Clock, millis } from "@bp/core";
import type { Ed25519Key } from "@bp/signing";
import {
  type Answer,
  type Budget,
  createHttp,
  createSkew,
  type Http,
  type Proxies,
  proxiesFor,
  type Skew,
  systemClock,
} from "@bp/transport";
import { createCall } from "./call.ts";
import { failureOf, negativeOf } from "./failure.ts";
import { clientLimits, costOf } from "./limits.ts";
import type { Call } from "./rest/endpoint.ts";
import { createSides, type StreamSides } from "./streams/sides.ts";

/** Who asks, where, and for how long. Without any: public data of the real venue. */
export interface BackpackCoreOptions {
  /**
   * Left out: public data only. `ed25519Key` of @bp/signing makes one of an API key and its secret; anything else that signs ED25519
   * will do, and then no curve is bundled.
   */
  readonly key?: Ed25519Key;
  /** Default: https://api.backpack.exchange */
  readonly restUrl?: string;
  /** Default: wss://ws.backpack.exchange */
  readonly wsUrl?: string;
  readonly clock?: Clock;
  /** How long a signed request is good, ms; 5,000 if left out, at most 60,000. */
  readonly windowMs?: number;
  /** For an answer, ms; a little more than the window if left out. */
  readonly timeoutMs?: number;
  /**
   * An HTTP proxy, `http://user:password@host:port`, for everything, or one for REST and one for the sockets. Left out: what the
   * environment says (`BACKPACK_PROXY_WEBSOCKET`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`); `{}` goes straight.
   */
  readonly proxy?: string | Proxies;
  /** Instead of the client's own 1,900 requests a minute (a fifth of it for cancels and hedges): clients of one account share one. */
  readonly budget?: Budget;
  /** The number that the venue gave to a broker, 0 to 65535. It travels as a header of new orders and strategies; none if left out. */
  readonly brokerId?: number;
  /**
   * `"allowed"` lets this client withdraw, change the withdrawal delay and ask for second factors. Left out: those calls throw
   * `config/invalid` before anything is sent. A trading program leaves it out, and takes a key that cannot withdraw.
   */
  readonly withdrawals?: "allowed";
}

/** A client without functions for single endpoints and streams. */
export interface BackpackCore {
  /** Calls any endpoint. `bind(call, { place })` makes functions of those that are wanted. */
  readonly call: Call;
  /** Reads any stream. */
  readonly streams: StreamSides;
  /** The venue's clock. Measured before the first signed request, and after one that came too late. */
  readonly skew: Skew;
  /** What may be sent, and how full it is; shared by address with the other clients of this process. */
  readonly budget: Budget;
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
 * A client that knows no endpoint and no stream by itself: a bundle has only those that are handed to it.
 *
 * @throws BpError `config/invalid` for a URL, window, proxy or broker that cannot be
 * @example
 * import { bind, createBackpackCore } from "@bp/client/core";
 * import { place } from "@bp/client/rest/orders";
 * const core = createBackpackCore({ key: ed25519Key(apiKey, secret) });
 * const orders = bind(core.call, { place });
 */
export function createBackpackCore(options: BackpackCoreOptions = {}): BackpackCore {
  const {
    restUrl = "https://api.backpack.exchange",
    wsUrl = "wss://ws.backpack.exchange",
    clock = systemClock,
    windowMs = 5_000,
    key,
    brokerId,
    withdrawals,
  } = options;
  const proxies = proxiesFor(options.proxy, "backpack", { rest: restUrl, socket: wsUrl });
  checkWhole("windowMs", windowMs, 1, 60_000, "ms");
  if (brokerId !== undefined) checkWhole("brokerId", brokerId, 0, 0xffff, "as the venue gave it");
  const { budget, slow } = clientLimits(clock, restUrl, proxies.rest, options.budget);
  const timeoutMs = options.timeoutMs ?? windowMs + 2_000;
  const way = { baseUrl: restUrl, clock, timeoutMs, ...(proxies.rest === undefined ? {} : { proxy: proxies.rest }) };
  const http = createHttp({ ...way, budget, look: timeLook });
  const slowHttp = createHttp({ ...way, budget: slow });
  const skew = createSkew({ measure: (signal) => askTime(http, signal), clock, limitMs: windowMs / 2 });
  const streams = createSides({
    url: wsUrl,
    clock,
    signer: key === undefined ? undefined : { key, skew, windowMs },
    proxy: proxies.socket,
  });
  return {
    call: createCall({
      http,
      slowHttp,
      pausedMs: () => budget.pausedMs(),
      key,
      skew,
      clock,
      windowMs,
      timeoutMs,
      brokerId,
      withdrawals,
    }),
    streams,
    skew,
    budget,
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
    const request = { ...timeLook, method: "GET", lane: "cancel" } as const; // a cancel may wait for it
    http.send({ ...request, ...(signal === undefined ? {} : { signal }) }, (outcome) => {
      if (outcome instanceof Error) return reject(outcome);
      const found = timeIn(outcome);
      if (found !== undefined) resolve(millis(found));
      else reject(failureOf(negativeOf(outcome.status, outcome.text), "reads"));
    });
  });
}

function timeIn({ status, text }: Answer): number | undefined {
  const found = Number(text);
  return status === 200 && Number.isSafeInteger(found) && found > 1e12 ? found : undefined;
}

const timeLook = {
  path: "/api/v1/time",
  cost: costOf(false, false),
  isWell: (answer: Answer) => timeIn(answer) !== undefined,
};

function checkWhole(path: string, value: number, least: number, most: number, unit: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new BpError("config/invalid", { path, found: String(value), expected: `${least} to ${most}, ${unit}` });
}
