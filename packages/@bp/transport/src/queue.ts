// Who waits for room in a budget: cancels and hedges before all others, and each in the order of coming.
import type { Clock } from "@bp/core";
import type { Pause } from "./pause.ts";
import { type Cost, costIn, type Lane, type Purse, reduces } from "./purse.ts";

interface Waiter {
  readonly lane: Lane;
  readonly cost: Cost;
  readonly deadline: number;
  /** Called once: without a wait when it may go, else with the ms it would still have had to wait. */
  readonly settle: (tooLongMs?: number) => void;
}

/** What is waited for, and by which clock. */
export interface QueueOptions {
  readonly purses: readonly Purse[];
  readonly pause: Pause;
  readonly clock: Clock;
}

/** The line before several purses. Someone takes from all of them or from none. */
export interface Queue {
  /** Takes at once, if nobody who waits is passed over by it. */
  pass(lane: Lane, cost: Cost): boolean;
  /** How long a request that came now would wait, ms; at least 1. */
  waitMs(lane: Lane, cost: Cost): number;
  /** Stands in line. Call `pump` after it. */
  join(lane: Lane, cost: Cost, maxWaitMs: number, settle: Waiter["settle"]): { leave(waitMs: number): void };
  /** Lets those go for whom there is room, and sends those away who have waited long enough. */
  pump(): void;
}

/** Nobody waits yet. */
export function createQueue({ purses, pause, clock }: QueueOptions): Queue {
  const urgent: Waiter[] = [];
  const ordinary: Waiter[] = [];
  let alarm = new AbortController();

  const queueOf = (lane: Lane) => (reduces(lane) ? urgent : ordinary);
  const before = (lane: Lane): readonly Waiter[] => (reduces(lane) ? urgent : [...urgent, ...ordinary]);
  /** The time, after every purse has forgotten what is old. */
  const now = () => {
    let at = 0;
    for (const { window } of purses) at = window.now();
    return at;
  };
  const claimed = (purse: Purse, waiters: readonly Waiter[]) =>
    waiters.reduce((sum, { cost }) => sum + costIn(purse.counts, cost), 0);
  /** Whether there is room in a purse behind those who claim some of it. */
  const fits = (purse: Purse, lane: Lane, weight: number, claims: number) =>
    weight === 0 || purse.window.total() + claims + weight <= purse.limitOf(lane);
  const roomAt = (purse: Purse, lane: Lane, weight: number, claims: number) =>
    purse.window.below(purse.limitOf(lane) - weight - claims, purse.limitOf(lane));
  const spend = (cost: Cost) => {
    for (const { counts, window } of purses) {
      const weight = costIn(counts, cost);
      if (weight > 0) window.add(weight);
    }
    pause.passed();
  };
  /** Sends away who stands in line for longer than he was to: after a standstill nothing goes out that was asked for before it. */
  const sendAway = (at: number) => {
    for (const queue of [urgent, ordinary])
      for (let head = queue[0]; head !== undefined && head.deadline < at; head = queue[0]) {
        queue.shift();
        head.settle(waitOf(head, []));
      }
  };

  /** Lets go who can, and says when the next look is worth it. */
  const release = (at: number): number => {
    const claims = purses.map(() => 0);
    const rooms = purses.map(() => Number.POSITIVE_INFINITY); // of the first who needs more of that purse than there is
    for (const queue of [urgent, ordinary])
      for (let place = 0; place < queue.length; ) {
        const waiter = queue[place] as Waiter; // within its length
        const { lane, cost } = waiter;
        let free = pause.pausedMs(lane) === 0;
        for (const [index, purse] of purses.entries()) {
          const weight = costIn(purse.counts, cost);
          if (fits(purse, lane, weight, claims[index] ?? 0)) continue;
          free = false;
          if (rooms[index] === Number.POSITIVE_INFINITY) rooms[index] = roomAt(purse, lane, weight, claims[index] ?? 0);
        }
        if (free) {
          queue.splice(place, 1);
          spend(cost);
          waiter.settle();
        } else {
          for (const [index, { counts }] of purses.entries())
            claims[index] = (claims[index] ?? 0) + costIn(counts, cost);
          place += 1;
        }
      }
    return Math.max(at + 1, Math.min(...rooms));
  };
  const pump = (): void => {
    const at = now();
    sendAway(at);
    let next = release(at);
    for (const queue of [urgent, ordinary]) {
      const head = queue[0];
      if (head === undefined) continue;
      if (head.deadline <= at) {
        const waitMs = waitOf(head, []);
        queue.shift();
        head.settle(waitMs);
        pump(); // it may have stood in the way of others
        return;
      }
      next = Math.min(next, head.deadline);
      for (const { lane } of queue) {
        const pausedMs = pause.pausedMs(lane); // a cancel may go to look while a hedge before it waits
        if (pausedMs > 0) next = Math.min(next, at + pausedMs);
      }
    }
    alarm.abort();
    if (urgent.length + ordinary.length > 0) arm(next - at);
  };
  const arm = (ms: number) => {
    alarm = new AbortController();
    const { signal } = alarm;
    const ring = () => {
      if (!signal.aborted) pump();
    };
    clock.sleep(ms, signal).then(ring, ring);
  };
  const waitOf = ({ lane, cost }: Pick<Waiter, "lane" | "cost">, ahead: readonly Waiter[]): number => {
    const at = now();
    let waitMs = pause.pausedMs(lane);
    for (const purse of purses) {
      const weight = costIn(purse.counts, cost);
      if (weight > 0) waitMs = Math.max(waitMs, roomAt(purse, lane, weight, claimed(purse, ahead)) - at);
    }
    return Math.max(1, waitMs);
  };

  return {
    pass: (lane, cost) => {
      now();
      if (pause.pausedMs(lane) > 0) return false;
      const waiting = urgent.length > 0 || (!reduces(lane) && ordinary.length > 0);
      const ahead = waiting ? before(lane) : [];
      for (const purse of purses) {
        const claims = waiting ? claimed(purse, ahead) : 0;
        if (!fits(purse, lane, costIn(purse.counts, cost), claims)) return false;
      }
      spend(cost);
      return true;
    },
    waitMs: (lane, cost) => waitOf({ lane, cost }, before(lane)),
    join: (lane, cost, maxWaitMs, settle) => {
      const queue = queueOf(lane);
      const waiter: Waiter = { lane, cost, deadline: clock.now() + maxWaitMs, settle };
      queue.push(waiter);
      return {
        leave: (waitMs) => {
          const place = queue.indexOf(waiter);
          if (place < 0) return;
          queue.splice(place, 1);
          settle(waitMs);
          pump();
        },
      };
    },
    pump,
  };
}
