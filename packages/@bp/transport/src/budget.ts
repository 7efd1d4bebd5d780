// How much may be sent: one or several weighted windows over time, each with a share that only cancels may use.
import { BpError, type Clock } from "@bp/core";
import { createPause, type Pause } from "./pause.ts";
import { type Cost, costIn, createPurse, invalid, type Lane, type Purse, type Told, type Usage } from "./purse.ts";
import { createQueue } from "./queue.ts";

/** How much may be sent, and who may send the last of it. */
export interface BudgetOptions {
  /** Weight that may be sent in any `perMs`. Leave the venue some margin: it counts at other moments than we do. */
  readonly capacity: number;
  /** Length of the window, ms. */
  readonly perMs: number;
  /** Share of the capacity kept for lanes `cancel` and `hedge`, 0 to below 1. */
  readonly reserved: number;
  readonly clock: Clock;
  /** Longest wait for room, ms; 5,000 if left out. */
  readonly maxWaitMs?: number;
  /** Shared by all budgets of one host; left out: its own. */
  readonly pause?: Pause;
}

/** Several limits at once. */
export interface BudgetOverOptions {
  /** At least one. A purse may be in several budgets. */
  readonly purses: readonly Purse[];
  readonly clock: Clock;
  /** Longest wait for room, ms; 5,000 if left out. */
  readonly maxWaitMs?: number;
  /** Shared by all budgets of one host; left out: its own. */
  readonly pause?: Pause;
}

/** What may be spent in each stretch of time; who asks for more waits in line. */
export interface Budget {
  /** Takes the cost if there is room for all of it now and nobody waits for that room. */
  tryTake(lane: Lane, cost?: Cost): boolean;
  /**
   * Takes the cost from all purses at once, waiting in line for room: cancels and hedges first, then the others in order. Nobody
   * takes room that someone before him waits for; who needs other purses passes.
   *
   * @param cost - 1 if left out, which is `{ weight: 1 }`; what no purse counts is free
   * @throws BpError `transport/budget` if the wait would be longer than `maxWaitMs`, `transport/aborted` if `signal` aborts
   */
  take(lane: Lane, cost?: Cost, signal?: AbortSignal): Promise<void>;
  /** Nothing goes out for this long, and of cancels one a minute: the venue said so. A shorter pause never ends a longer one. */
  pause(ms: number): void;
  /** ms until this lane may send again, until the end of the pause if it is left out; 0 when it may. */
  pausedMs(lane?: Lane): number;
  /** Something was sent past this budget: during a pause the next cancel that looks waits its minute. */
  passed(): void;
  /** The pause is over: a cancel that went to look has found the venue well. */
  lift(): void;
  /**
   * What this lane could send now of what is counted under this name (`weight` if left out); 0 during a pause, infinite
   * where no purse counts it.
   */
  free(lane: Lane, counts?: string): number;
  /** The venue has told what it counts. A window that no purse has is passed over. */
  observe(told: Told): void;
  /** How full each purse is, by our count and the venue's. */
  usage(): readonly Usage[];
}

/**
 * A budget over a sliding window: in no stretch of `perMs` is more than `capacity` sent.
 *
 * @throws BpError `config/invalid` for a capacity or window that is not above 0, or a reserved share outside 0 to 1
 * @example
 * const budget = createBudget({ capacity: 1900, perMs: 60_000, reserved: 0.2, clock: systemClock });
 */
export function createBudget(options: BudgetOptions): Budget {
  const { capacity, perMs, reserved, clock, ...rest } = options;
  return createBudgetOver({ purses: [createPurse({ capacity, perMs, reserved, clock })], clock, ...rest });
}

/**
 * A budget over several limits: a request takes from all of them or from none.
 *
 * @throws BpError `config/invalid` without any purse
 * @example
 * const clock = systemClock;
 * const weight = createPurse({ capacity: 2_000, perMs: 60_000, reserved: 0.3, clock }); // one for each address
 * const orders = createPurse({ counts: "orders", capacity: 280, perMs: 10_000, reserved: 0.2, clock }); // one for each account
 * const budget = createBudgetOver({ purses: [weight, orders], clock, pause });
 * await budget.take("trade", { weight: 1, orders: 1 });
 */
export function createBudgetOver(options: BudgetOverOptions): Budget {
  const { purses, clock, maxWaitMs = 5_000, pause = createPause(clock) } = options;
  if (purses.length === 0) throw invalid("purses", 0, "at least one");
  const queue = createQueue({ purses, pause, clock });

  const checked = (lane: Lane, cost: Cost) => {
    for (const purse of purses) {
      const weight = costIn(purse.counts, cost);
      const limit = purse.limitOf(lane);
      if (!(weight >= 0 && weight <= limit)) throw invalid(purse.counts, weight, `0 to ${limit}, what the lane holds`);
    }
  };
  return {
    tryTake: (lane, cost = 1) => {
      checked(lane, cost);
      return queue.pass(lane, cost);
    },
    take: async (lane, cost = 1, signal) => {
      checked(lane, cost);
      if (signal?.aborted === true) throw aborted();
      if (queue.pass(lane, cost)) return;
      const waitMs = queue.waitMs(lane, cost);
      if (waitMs > maxWaitMs) throw tooLong(lane, waitMs);
      await new Promise<void>((resolve, reject) => {
        const leave = () => waiter.leave(waitMs);
        const waiter = queue.join(lane, cost, maxWaitMs, (tooLongMs) => {
          signal?.removeEventListener("abort", leave);
          if (tooLongMs === undefined) resolve();
          else reject(signal?.aborted === true ? aborted() : tooLong(lane, tooLongMs));
        });
        signal?.addEventListener("abort", leave);
        queue.pump();
      });
    },
    pause: (ms) => {
      pause.pause(ms);
      queue.pump();
    },
    pausedMs: (lane) => pause.pausedMs(lane),
    passed: () => pause.passed(),
    lift: () => {
      pause.lift();
      queue.pump();
    },
    free: (lane, counts = "weight") => {
      if (pause.pausedMs(lane) > 0) return 0;
      let free = Number.POSITIVE_INFINITY;
      for (const purse of purses) {
        if (purse.counts !== counts) continue;
        purse.window.now();
        free = Math.min(free, Math.max(0, purse.limitOf(lane) - purse.window.total()));
      }
      return free;
    },
    observe: ({ counts, perMs, used }) => {
      for (const purse of purses) if (purse.counts === counts && purse.perMs === perMs) purse.observe(used);
    },
    usage: () => purses.map((purse) => purse.usage()),
  };
}

function aborted(): BpError {
  return new BpError("transport/aborted", { url: "a request that waits for its budget" });
}

function tooLong(lane: Lane, waitMs: number): BpError {
  return new BpError("transport/budget", { waitMs: Math.ceil(waitMs), lane });
}
