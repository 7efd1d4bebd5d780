// What may be sent in a minute: by account, by address where nobody signs, and candles and old trades by address too.
import type { Clock } from "@bp/core";
import { type Budget, type Cost, createBudgetOver, createPause, createPurse, perHost } from "@bp/transport";

/** The budgets of one client. */
export interface ClientLimits {
  readonly budget: Budget;
  /** For candles, funding rates and old trades: they count in both. */
  readonly slow: Budget;
}

// The venue takes 2,000 and 30 in a minute.
const perMs = 60_000;
const slackMs = 2_000;
const perAccount = 1_900;
const unsigned = 1_900;
const historical = 28;
/** Share that quotes and readings leave to cancels and hedges. */
const reserved = 0.2;

const addresses = /* @__PURE__ */ perHost((clock) => ({
  unsigned: createPurse({ counts: "unsigned", capacity: unsigned, perMs, slackMs, reserved, clock }),
  historical: createPurse({ counts: "historical", capacity: historical, perMs, slackMs, reserved: 0, clock }),
}));

/**
 * The budgets of a client. What counts by address is shared with all clients of this process that go to the host by the
 * same way; silence after a 429 is of both budgets of a client, and no other account's.
 *
 * @param own - somebody's own budget in place of ours: then only the slow requests are held back here
 */
export function clientLimits(clock: Clock, url: string, proxy: string | undefined, own?: Budget): ClientLimits {
  const address = addresses.of(clock, url, proxy);
  const maxWaitMs = 60_000;
  if (own !== undefined)
    return { budget: own, slow: createBudgetOver({ purses: [address.historical], clock, maxWaitMs, pause: own }) };
  const pause = createPause(clock);
  const account = createPurse({ capacity: perAccount, perMs, slackMs, reserved, clock });
  return {
    budget: createBudgetOver({ purses: [account, address.unsigned], clock, pause }),
    slow: createBudgetOver({ purses: [account, address.unsigned, address.historical], clock, maxWaitMs, pause }),
  };
}

/** What a request costs. */
export function costOf(signs: boolean, slow: boolean): Cost {
  return costs[signs ? "signed" : "unsigned"][slow ? "slow" : "quick"];
}

const costs = {
  signed: { quick: { weight: 1 }, slow: { weight: 1, historical: 1 } },
  unsigned: { quick: { weight: 1, unsigned: 1 }, slow: { weight: 1, unsigned: 1, historical: 1 } },
} as const;
