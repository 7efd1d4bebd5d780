// Exchange time told as wall time: whatever the speed, everything on the wire carries the clock that the clients have.
import { type Millis, millis } from "@bp/core";

/** From this exchange moment on, `told = wall + (at - moment) × rate`. */
interface Anchor {
  readonly moment: number;
  readonly wall: number;
  readonly rate: number;
}

export interface Times {
  /** Shifts the venue's clock: everything it tells and every window it checks. */
  offsetMs: number;
  /** The venue's clock in ms, with a fraction. */
  now(): number;
  /** Exchange time as the venue tells it, in ms with a fraction. */
  told(at: Millis): number;
  /** The same as whole ms. */
  toldMs(at: Millis): number;
  /** The same as whole µs. */
  toldMicros(at: Millis): number;
  /** When a fact of this exchange moment leaves the socket server, in µs: now, and always a little after it happened. */
  emitted(at: Millis): number;
  /** Which exchange time it should be now, at a fixed speed. */
  due(): number;
  /** Ties an exchange moment to the present wall time, because the exchange could not keep up or has no fixed speed. */
  anchor(at: Millis): void;
}

/**
 * @param speed - exchange ms per wall ms; `undefined`: as the anchors say
 * @param moment - the exchange time that is told as `wall`
 */
export function createTimes(speed: number | undefined, moment: Millis, wall: number): Times {
  const rate = speed === undefined ? 0 : 1 / speed;
  const first: Anchor = { moment, wall, rate };
  let anchors: Anchor[] = [first];
  let last = first;
  let base = performance.timeOrigin;
  let checkedAt = 0;
  /** The system's clock with a fraction, and without the small steps in which it is corrected. */
  const clock = () => {
    const passed = performance.now();
    if (passed - checkedAt > 1000) {
      checkedAt = passed;
      const off = Date.now() - (base + passed);
      if (Math.abs(off) > 5) base += off;
    }
    return base + passed;
  };
  const find = (at: number): Anchor => {
    if (at >= last.moment) return last;
    let low = 0;
    let high = anchors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((anchors[middle] ?? first).moment <= at) low = middle;
      else high = middle - 1;
    }
    return anchors[low] ?? first;
  };
  const plain = (at: number) => {
    const anchor = find(at);
    if (anchor.rate > 0) return anchor.wall + (at - anchor.moment) * anchor.rate;
    if (anchor !== last || at <= last.moment) return anchor.wall;
    const elapsed = last.moment - first.moment; // the future at full speed: as fast as so far
    return (
      anchor.wall + (elapsed > 0 ? ((at - anchor.moment) * (last.wall - first.wall)) / elapsed : at - anchor.moment)
    );
  };
  const times: Times = {
    offsetMs: 0,
    now: () => clock() + times.offsetMs,
    told: (at) => plain(at) + times.offsetMs,
    toldMs: (at) => Math.floor(plain(at) + times.offsetMs),
    toldMicros: (at) => Math.round((plain(at) + times.offsetMs) * 1000),
    emitted: (at) => Math.max(times.toldMicros(at) + 60, Math.round(times.now() * 1000)),
    due: () => last.moment + (clock() - last.wall) * (speed ?? 0),
    anchor: (at) => {
      last = { moment: at, wall: clock(), rate };
      anchors.push(last);
      // Old moments may be told a little coarser, so that a long run stays small.
      if (anchors.length > 20_000) anchors = anchors.filter((_, index) => index % 2 === 0 || index > 10_000);
    },
  };
  return times;
}

/** A wall time as whole ms. */
export const wholeMs = (at: number): Millis => millis(Math.floor(at));
