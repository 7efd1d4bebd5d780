// The core of a client: for each service one function that calls any endpoint, the venue's clock, the budget.

import { jsonOf, wholeNumber } from "@bp/adapter";
import type { Clock } from "@bp/core";
import { Secret } from "@bp/signing";
import {
  type Answer,
  type Budget,
  createHttp,
  createSkew,
  type Http,
  proxiesFor,
  type Skew,
  systemClock,
  usageIn,
} from "@bp/transport";
import { type AsterBudget, createAsterBudget, limitsOfHost } from "./budget.ts";
import { createCall } from "./call.ts";
import { failureOf, negativeOf, pauseOf } from "./failure.ts";
import { type CoreOptions, hosts } from "./options.ts";
import type { Call, Scheme, Service } from "./rest/endpoint.ts";
import type { KeySource } from "./sign.ts";
import { venueTime } from "./venueTime.ts";

/** One service of one account, or its public data, without functions for single endpoints. */
export interface AsterConnection {
  readonly service: Service;
  /** Calls any endpoint of this service. `bind(call, { place })` makes functions of those that are wanted. */
  readonly call: Call;
  /** The venue's clock. Measured before the first signed request, and after one that it refused for its time. */
  readonly skew: Skew;
  readonly clock: Clock;
  readonly budget: Budget;
  /** Takes over the limits out of an answer of `exchangeInfo`. */
  readonly applyLimits: AsterBudget["applyLimits"];
  /** How requests are signed; `undefined` without a key. */
  readonly signs: Scheme | undefined;
  /** Where the streams are. */
  readonly wsUrl: string;
  /** An HTTP proxy for the sockets. It may have a password in it. */
  readonly socketProxy: Secret | undefined;
  /** Opens connections, so that the first order finds them, and measures the clock. Never throws. */
  warm(): Promise<void>;
  /** Ends all REST connections. */
  close(): Promise<void>;
}

/** Both services of one account, or their public data. */
export interface AsterCore {
  readonly futures: AsterConnection;
  readonly spot: AsterConnection;
  close(): Promise<void>;
}

/** How well the clock has to be known, ms: V1 refuses what is a second early, V3 what is 10 s off. */
const clockLimitMs = 1_000;

/**
 * A client that knows no endpoint by itself: a bundle has only those that are handed to it.
 *
 * @throws BpError `config/invalid` for a URL or a proxy that cannot be
 * @example
 * import { createAsterCore, withAgent } from "@aster/client/core";
 * import { place } from "@aster/client/rest/futures/trade";
 * const { futures } = createAsterCore({ key: withAgent({ user, signer, privateKey }) });
 * await futures.call(place, order);
 */
export function createAsterCore(options: CoreOptions = {}): AsterCore {
  const { clock = systemClock, network = "mainnet" } = options;
  const signerOf = options.key?.({ clock, network });
  const futures = connect("futures", options, clock, signerOf);
  const spot = connect("spot", options, clock, signerOf);
  return {
    futures,
    spot,
    close: async () => {
      await Promise.all([futures.close(), spot.close()]);
    },
  };
}

function connect(
  service: Service,
  options: CoreOptions,
  clock: Clock,
  signerOf: ReturnType<KeySource> | undefined,
): AsterConnection {
  const { network = "mainnet", timeoutMs = 7_000, send = "body" } = options;
  const usual = hosts[network][service];
  const { restUrl = usual.restUrl, wsUrl = usual.wsUrl } = options[service] ?? {};
  const proxies = proxiesFor(options.proxy, "aster", { rest: restUrl, socket: wsUrl });
  const { limits = limitsOfHost(service, clock, restUrl, proxies.rest) } = options[service] ?? {};
  const { budget, applyLimits } = createAsterBudget(limits, clock);
  const pauseFor = (answer: Answer) => pauseOf(answer, Math.round(venueTime(skew, clock)));
  const timePath = service === "futures" ? "/fapi/v3/time" : "/api/v3/time";
  const http = createHttp({
    baseUrl: restUrl,
    clock,
    timeoutMs,
    budget,
    look: { path: timePath, isWell },
    userAgent: "bp-aster-client",
    readUsage: (headers) => usageIn(headers, { "x-mbx-used-weight-": "weight", "x-mbx-order-count-": "orders" }),
    pauseOf: pauseFor,
    ...(proxies.rest === undefined ? {} : { proxy: proxies.rest }),
  });
  const measure = (signal?: AbortSignal) => askTime(http, timePath, service, signal);
  const skew = createSkew({ measure, clock, limitMs: clockLimitMs });
  const signer = signerOf?.(skew);
  return {
    service,
    call: createCall({ service, http, budget, signer, skew, send }),
    skew,
    clock,
    budget,
    applyLimits,
    signs: signer?.scheme,
    wsUrl,
    socketProxy: proxies.socket === undefined ? undefined : Secret.of(proxies.socket),
    warm: async () => {
      await http.warm(timePath);
      if (signer !== undefined) await skew.sync().catch(() => undefined); // the first signed request says better what is wrong
    },
    close: () => http.close(),
  };
}

/** One round trip without repeats: a repeated one would make the clock look wrong. */
function askTime(http: Http, path: string, service: Service, signal: AbortSignal | undefined): Promise<number> {
  const request = { method: "GET", path, lane: "cancel", isWell, ...(signal === undefined ? {} : { signal }) } as const;
  return new Promise((resolve, reject) => {
    http.send(request, (outcome) => {
      if (outcome instanceof Error) return reject(outcome);
      const time = timeIn(outcome);
      if (time !== undefined) return resolve(time);
      const { status, text } = outcome;
      const negative = negativeOf(status, text, jsonOf(text));
      const none = { status, code: undefined, message: "no time in it" };
      reject(failureOf(negative ?? none, "reads", `aster-${service}`));
    });
  });
}

const isWell = (answer: Answer) => timeIn(answer) !== undefined;

function timeIn({ status, text }: Answer): number | undefined {
  const value = jsonOf(text);
  if (negativeOf(status, text, value) !== undefined) return undefined;
  const { serverTime } = (value ?? {}) as { readonly serverTime?: unknown }; // any value but null can be asked for a key
  const found = wholeNumber.safeParse(serverTime);
  return found.success && found.data > 1e12 ? found.data : undefined;
}
