// Lets exchange time pass with the wall clock, in slices of a few ms, so that the event loop stays free.
import { millis } from "@bp/core";
import type { Clock } from "./agenda.ts";
import type { Times } from "./times.ts";

export interface Pace {
  start(): void;
  stop(): void;
  /** Brings the exchange to the present before a request is handled, as far as `budgetMs` of work allows. */
  catchUp(budgetMs: number): void;
}

const beatMs = 4;
const sliceMs = 8; // work in one turn of the event loop
const idleMs = 60_000; // at full speed a market that has nothing more to tell stands still before such a silence
const slipMs = 250; // further behind than this, the clock that is told gives way

/**
 * @param speed - exchange ms per wall ms; `max`: as fast as the processor allows
 * @param goesOn - whether the market still has something to tell, however late, as a recording with a pause has
 * @param failed - told once when the market source throws; time stands still then
 */
export function createPace(
  exchange: Clock,
  times: Times,
  speed: number | "max",
  goesOn: () => boolean,
  failed: (error: unknown) => void,
): Pace {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let broken = false;
  const work = (budgetMs: number): void => {
    const until = performance.now() + budgetMs;
    if (speed === "max") times.anchor(exchange.now());
    const due = speed === "max" ? Number.POSITIVE_INFINITY : Math.floor(times.due());
    let steps = 0;
    // Somebody else has moved the exchange ahead of its time: what was due on the way is done now.
    if ((exchange.nextAt() ?? due) <= exchange.now()) exchange.advance(exchange.now());
    while (exchange.now() < due) {
      const next = exchange.nextAt();
      if (next === undefined || next > due) {
        if (Number.isFinite(due)) exchange.advance(millis(due));
        break;
      }
      if (speed === "max" && next - exchange.now() > idleMs && !goesOn()) break;
      exchange.advance(next);
      steps += 1;
      if (steps % 16 === 0 && performance.now() > until) break;
    }
    if (speed !== "max" && due - exchange.now() > slipMs * speed) times.anchor(exchange.now());
  };
  const guarded = (budgetMs: number) => {
    if (broken) return;
    try {
      work(budgetMs);
    } catch (error) {
      broken = true;
      failed(error);
    }
  };
  const beat = () => {
    if (!running) return;
    guarded(sliceMs);
    timer = setTimeout(beat, beatMs);
  };
  return {
    start: () => {
      running = true;
      beat();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
    catchUp: (budgetMs) => {
      if (running) guarded(budgetMs);
    },
  };
}
