// What may be sent in which time: weight by address and minute, orders by account and window.
import type { Clock } from "@bp/core";
import {
  type Budget,
  createBudgetOver,
  createPause,
  createPurse,
  type Pause,
  type Purse,
  pauseOfHost,
  perHost,
} from "@bp/transport";
import type { Service } from "./rest/endpoint.ts";

/** Limits as `exchangeInfo` tells them. */
export interface RateLimit {
  readonly rateLimitType: string;
  readonly interval: string;
  readonly intervalNum: number;
  readonly limit: number;
}

/** What all clients of one address share at one service: the weight of a minute, and the pause that the venue asks for. */
export interface SharedLimits {
  readonly service: Service;
  readonly weight: Purse;
  readonly pause: Pause;
}

/** The budget of one account at one service. */
export interface AsterBudget {
  readonly budget: Budget;
  /**
   * Takes over what the venue has told in `exchangeInfo`, less a tenth, because it counts at other moments than we do. Until then half
   * of what is documented is used. Windows other than a minute (weight, orders) and 10 s (orders) are passed over.
   */
  readonly applyLimits: (info: { readonly rateLimits: readonly RateLimit[] }) => void;
}

/** Documented limits, of which half is used until the venue has told its own: weight and orders a minute, orders in 10 s. */
const documented = {
  futures: { weight: 2_400, minute: 1_200, tenSeconds: 300 },
  spot: { weight: 6_000, minute: 6_000, tenSeconds: 300 },
} as const;
/** Share that quotes and readings leave to cancels and hedges. */
const reserved = 0.2;
const margin = 0.9;
/** How much longer one request may be on its way than another, ms: a tenth of a window, at most 2 s. */
const slackOf = (perMs: number) => Math.min(2_000, perMs / 10);
const lengths: Readonly<Record<string, number>> = { SECOND: 1_000, MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000 }; // ms

/**
 * Limits to be shared by some clients and no others. Without it all clients of a process that go to one host by one way share them.
 *
 * @example
 * const limits = sharedLimits("futures", systemClock);
 * const clients = keys.map((key) => createAster({ key, futures: { limits } }));
 */
export function sharedLimits(service: Service, clock: Clock): SharedLimits {
  return { service, weight: weightOf(service, clock), pause: createPause(clock) };
}

const weightOf = (service: Service, clock: Clock): Purse =>
  createPurse({ capacity: documented[service].weight / 2, perMs: 60_000, slackMs: slackOf(60_000), reserved, clock });
const weights = {
  futures: /* @__PURE__ */ perHost((clock) => weightOf("futures", clock)),
  spot: /* @__PURE__ */ perHost((clock) => weightOf("spot", clock)),
};

/** What all clients of this process share that go to a host by one way: the venue counts weight by address, whose key it ever is. */
export function limitsOfHost(service: Service, clock: Clock, url: string, proxy?: string): SharedLimits {
  return { service, weight: weights[service].of(clock, url, proxy), pause: pauseOfHost(clock, url, proxy) };
}

/** The budget of one account. */
export function createAsterBudget({ service, weight, pause }: SharedLimits, clock: Clock): AsterBudget {
  const { minute, tenSeconds } = documented[service];
  const orders = (capacity: number, perMs: number) =>
    createPurse({ counts: "orders", capacity, perMs, slackMs: slackOf(perMs), reserved, clock });
  const purses = [weight, orders(minute / 2, 60_000), orders(tenSeconds / 2, 10_000)];
  return {
    budget: createBudgetOver({ purses, clock, pause }),
    applyLimits: ({ rateLimits }) => {
      for (const { rateLimitType, interval, intervalNum, limit } of rateLimits) {
        const counts =
          rateLimitType === "ORDERS" ? "orders" : rateLimitType === "REQUEST_WEIGHT" ? "weight" : undefined;
        const perMs = intervalNum * (lengths[interval] ?? Number.NaN);
        const capacity = Math.floor(limit * margin);
        if (!(capacity >= 1)) continue; // nothing that one could live by
        for (const purse of purses) if (purse.counts === counts && purse.perMs === perMs) purse.resize(capacity);
      }
    },
  };
}
