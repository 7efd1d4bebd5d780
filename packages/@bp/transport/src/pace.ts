// So many frames a second and not more: the others wait in line, as long as their connection lives.
import { BpError, type Clock } from "@bp/core";
import { createWindow } from "./window.ts";

/** Says whether it has sent a frame: what sends none costs none. */
type Work = () => boolean;

/** Does the work at once when its turn is now, later when it is not, and never when `signal` aborts before. */
export type Pace = (signal: AbortSignal, work: Work) => void;

const secondMs = 1_000;

/**
 * @param perSecond - frames in any second, for each signal anew: a new connection starts with a whole second; left out: all at once
 * @throws BpError `config/invalid` if it is below 1
 */
export function createPace(perSecond: number | undefined, clock: Clock): Pace {
  if (perSecond === undefined) return (_, work) => void work();
  if (!(perSecond >= 1))
    throw new BpError("config/invalid", {
      path: "messagesPerSecond",
      found: String(perSecond),
      expected: "1 or more, or nothing",
    });
  const limit = Math.floor(perSecond);
  const lines = new WeakMap<AbortSignal, (work: Work) => void>();
  return (signal, work) => {
    const line = lines.get(signal) ?? createLine(limit, signal, clock);
    lines.set(signal, line);
    line(work);
  };
}

function createLine(limit: number, signal: AbortSignal, clock: Clock): (work: Work) => void {
  const window = createWindow(secondMs, clock);
  let waiting: Work[] = [];
  const run = () => {
    if (signal.aborted) waiting = [];
    for (;;) {
      const at = window.now();
      const [work] = waiting;
      if (work === undefined) return;
      if (window.total() >= limit) {
        clock.sleep(window.below(limit - 1, limit) - at, signal).then(run, run);
        return;
      }
      waiting.shift();
      if (work()) window.add(1);
    }
  };
  return (work) => {
    waiting.push(work);
    if (waiting.length === 1) run();
  };
}
