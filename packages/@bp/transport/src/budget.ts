// How much may be sent: a weighted window over time, with a purse that only cancels may open.
import { BpError, type Clock } from "@bp/core";

/**
 * Whom a request serves. `cancel`: cancels and hedges, which reduce risk; they alone may use the reserved purse.
 * `trade`: orders. `read`: everything else.
 */
export type Lane = "trade" | "cancel" | "read";

/** How much may be sent, and who may send the last of it. */
export interface BudgetOptions {
  /** Weight that may be sent in any `perMs`. Leave the venue some margin: it counts at other moments than we do. */
  readonly capacity: number;
  /** Length of the window, ms. */
  readonly perMs: number;
  /** Share of the capacity kept for lane `cancel`, 0 to below 1. */
  readonly reserved: number;
  readonly clock: Clock;
  /** Longest wait for room, ms; 5,000 if left out. */
  readonly maxWaitMs?: number;
}

/** A weight that may be spent in each stretch of time; who asks for more waits in line. */
export interface Budget {
  /** Takes the weight if there is room now and nobody waits for it. */
  tryTake(lane: Lane, weight?: number): boolean;
  /**
   * Takes the weight, waiting in line for room: cancels first, then the others in order.
   *
   * @param weight - 1 if left out
   * @throws BpError `transport/budget` if the wait would be longer than `maxWaitMs`, or `signal` aborts
   */
  take(lane: Lane, weight?: number, signal?: AbortSignal): Promise<void>;
  /** Nothing goes out for this long, cancels included: the venue said so. A shorter pause never ends a longer one. */
  pause(ms: number): void;
  /** ms until the pause ends; 0 when there is none. */
  pausedMs(): number;
  /** Weight that this lane could send now; 0 during a pause. */
  free(lane: Lane): number;
}

interface Waiter {
  readonly lane: Lane;
  readonly weight: number;
  readonly deadline: number;
  readonly settle: (error?: BpError) => void;
}

/**
 * A budget over a sliding window: in no stretch of `perMs` is more than `capacity` sent.
 *
 * @throws BpError `config/invalid` for a capacity or window that is not above 0, or a reserved share outside 0 to 1
 * @example
 * const budget = createBudget({ capacity: 1900, perMs: 60_000, reserved: 0.2, clock: systemClock });
 */
export function createBudget({ capacity, perMs, reserved, clock, maxWaitMs = 5_000 }: BudgetOptions): Budget {
  if (!(capacity > 0)) throw invalid("capacity", capacity, "a weight above 0");
  if (!(perMs > 0)) throw invalid("perMs", perMs, "a length above 0 ms");
  if (!(reserved >= 0 && reserved < 1)) throw invalid("reserved", reserved, "a share from 0 to below 1");
  const common = capacity - capacity * reserved;
  const spent = createWindow(perMs, clock);
  const urgent: Waiter[] = [];
  const ordinary: Waiter[] = [];
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let alarm = new AbortController();

  const limitOf = (lane: Lane) => (lane === "cancel" ? capacity : common);
  const queueOf = (lane: Lane) => (lane === "cancel" ? urgent : ordinary);
  const now = () => {
    const { at, shift } = spent.now();
    pausedUntil -= shift;
    return at;
  };
  const roomAt = (lane: Lane, weight: number, ahead: number) =>
    Math.max(pausedUntil, spent.below(limitOf(lane) - weight - ahead, limitOf(lane)));
  const waiting = (lane: Lane) => urgent.length > 0 || (lane !== "cancel" && ordinary.length > 0);

  const tryTake = (lane: Lane, weight: number) => {
    const at = now();
    if (waiting(lane) || at < pausedUntil || spent.total() + weight > limitOf(lane)) return false;
    spent.add(weight);
    return true;
  };

  /** Lets those go for whom there is room, in order, and sends those away who have waited long enough. */
  const pump = (): void => {
    const at = now();
    let head = urgent[0] ?? ordinary[0];
    let room = at;
    for (; head !== undefined; head = urgent[0] ?? ordinary[0]) {
      room = roomAt(head.lane, head.weight, 0);
      if (room > at) break;
      queueOf(head.lane).shift();
      spent.add(head.weight);
      head.settle();
    }
    if (head === undefined) return;
    const late = [urgent, ordinary].find((queue) => queue[0] !== undefined && queue[0].deadline <= at)?.shift();
    if (late !== undefined) {
      late.settle(tooLong(late.lane, room - at));
      pump();
    } else arm(Math.min(room, urgent[0]?.deadline ?? room, ordinary[0]?.deadline ?? room) - at);
  };
  const arm = (ms: number) => {
    alarm.abort();
    alarm = new AbortController();
    const { signal } = alarm;
    const ring = () => {
      if (!signal.aborted) pump();
    };
    clock.sleep(ms, signal).then(ring, ring);
  };

  return {
    tryTake: (lane, weight = 1) => {
      checkWeight(weight, limitOf(lane));
      return tryTake(lane, weight);
    },
    take: async (lane, weight = 1, signal) => {
      checkWeight(weight, limitOf(lane));
      if (signal?.aborted === true) throw tooLong(lane, 0);
      if (tryTake(lane, weight)) return;
      const at = now();
      const before = lane === "cancel" ? urgent : [...urgent, ...ordinary];
      const ahead = before.reduce((sum, each) => sum + each.weight, 0);
      const waitMs = Math.max(1, roomAt(lane, weight, ahead) - at);
      if (waitMs > maxWaitMs) throw tooLong(lane, waitMs);
      await new Promise<void>((resolve, reject) => {
        const queue = queueOf(lane);
        const leave = () => {
          const place = queue.indexOf(waiter);
          if (place >= 0) queue.splice(place, 1);
          waiter.settle(tooLong(lane, waitMs));
          pump(); // it may have stood in the way of others
        };
        const settle = (error?: BpError) => {
          signal?.removeEventListener("abort", leave);
          if (error === undefined) resolve();
          else reject(error);
        };
        const waiter: Waiter = { lane, weight, deadline: at + maxWaitMs, settle };
        signal?.addEventListener("abort", leave);
        queue.push(waiter);
        pump();
      });
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, now() + ms);
      pump();
    },
    pausedMs: () => Math.max(0, pausedUntil - now()),
    free: (lane) => {
      const at = now();
      return at < pausedUntil ? 0 : Math.max(0, limitOf(lane) - spent.total());
    },
  };
}

/** What was sent in the last `perMs`, and when it will have grown old. */
function createWindow(perMs: number, clock: Clock) {
  let times: number[] = [];
  let weights: number[] = [];
  let head = 0;
  let sum = 0;
  let last: number = clock.now();

  return {
    /** The time, after forgetting what is too old. `shift` is what the clock was set back by since the last call. */
    now: () => {
      const at: number = clock.now();
      const shift = Math.max(0, last - at);
      if (shift > 0) times = times.map((time) => time - shift); // or nothing would grow old until the old hour is back
      last = at;
      for (let time = times[head]; time !== undefined && time + perMs <= at; time = times[head]) {
        sum -= weights[head] ?? 0;
        head += 1;
      }
      if (head > 1_000) {
        times = times.slice(head);
        weights = weights.slice(head);
        head = 0;
      }
      if (head === times.length) sum = 0;
      return { at, shift };
    },
    total: () => sum,
    add: (weight: number) => {
      const end = times.length - 1;
      if (end >= head && times[end] === last) weights[end] = (weights[end] ?? 0) + weight;
      else {
        times.push(last);
        weights.push(weight);
      }
      sum += weight;
    },
    /**
     * When the total will be at or below `limit` if nothing is added; long ago when it is already. Below 0 it is an
     * estimate: so many further windows, each filled with `perWindow`.
     */
    below: (limit: number, perWindow: number) => {
      let left = sum;
      let at = Number.NEGATIVE_INFINITY;
      for (let place = head; left > limit && place < times.length; place++) {
        left -= weights[place] ?? 0;
        at = (times[place] ?? 0) + perMs;
      }
      return left > limit ? last + perMs * (1 + Math.floor(-limit / perWindow)) : at;
    },
  };
}

function checkWeight(weight: number, limit: number): void {
  if (!(weight >= 0 && weight <= limit)) throw invalid("weight", weight, `0 to ${limit}, what the lane holds`);
}

function invalid(path: string, found: number, expected: string): BpError {
  return new BpError("config/invalid", { path: `budget.${path}`, found: String(found), expected });
}

function tooLong(lane: Lane, waitMs: number): BpError {
  return new BpError("transport/budget", { waitMs: Math.ceil(waitMs), lane });
}
