// How the way to an account is: the venue's clock against ours, and what may still be sent.
import type { Budget, Skew } from "@bp/transport";

/** One purse of a budget. */
export interface PurseHealth {
  readonly host: string;
  /** `weight`, `orders` … */
  readonly counts: string;
  readonly perMs: number;
  readonly used: number;
  readonly capacity: number;
  /** What each lane could send now. */
  readonly lanes: readonly { readonly lane: string; readonly free: number }[];
  /** Nothing goes out for so long, ms: the venue said so. */
  readonly pausedMs: number;
}

/** The way to one account. */
export interface AccountHealth {
  /** The venue's clock minus ours, ms; `undefined` before it was measured. */
  readonly skewMs: number | undefined;
  readonly skewUncertaintyMs: number | undefined;
  readonly budgets: readonly PurseHealth[];
}

const lanes = ["trade", "read", "hedge", "cancel"] as const;

/** Looks at a client. @param rest - its address; of a sandbox or the venue's own */
export function healthOf(skew: Skew, budget: Budget, rest: string): AccountHealth {
  const host = hostOf(rest);
  const pausedMs = budget.pausedMs();
  return {
    skewMs: skew.offsetMs,
    skewUncertaintyMs: skew.uncertaintyMs,
    budgets: budget.usage().map(({ counts, perMs, used, capacity }) => ({
      host,
      counts,
      perMs,
      used,
      capacity,
      lanes: lanes.map((lane) => ({ lane, free: budget.free(lane, counts) })),
      pausedMs,
    })),
  };
}

/** Without user, password and path. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
