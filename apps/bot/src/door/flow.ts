// What goes over to the thread of the door: never more than it takes in, and of frames only the newest.
import type { FillNow, Frame, News } from "dashboard/contract";

/** Batches on their way at most. */
const inFlightMost = 2;
/** Lines and trades that wait at most; the oldest are dropped. */
const waitingMost = 1_000;

/** What a batch holds. */
export interface Batch {
  readonly frame: Frame | undefined;
  readonly news: readonly News[];
  readonly fills: readonly FillNow[];
}

/** A flow to somebody who says when he has taken in what was sent. */
export interface Flow {
  frame(frame: Frame): void;
  news(lines: readonly News[]): void;
  fills(fills: readonly FillNow[]): void;
  /** One batch was taken in. */
  taken(): void;
  /** Nobody takes in anything; what comes waits, as far as there is room. */
  halt(): void;
  /** Somebody else does: nothing is on its way any more. */
  again(): void;
  /** Lines and trades that were dropped so far. */
  readonly dropped: number;
}

/** @param send - takes over a batch at once; it may copy it, and does not wait */
export function createFlow(send: (batch: Batch) => void): Flow {
  let inFlight = 0;
  let isHalted = false;
  let dropped = 0;
  let frame: Frame | undefined;
  let news: News[] = [];
  let fills: FillNow[] = [];
  const pump = () => {
    if (isHalted || inFlight >= inFlightMost || (frame === undefined && news.length === 0 && fills.length === 0))
      return;
    const batch = { frame, news, fills };
    [frame, news, fills] = [undefined, [], []];
    inFlight += 1;
    send(batch);
  };
  const cut = (list: unknown[]) => {
    const over = list.length - waitingMost;
    if (over <= 0) return;
    list.splice(0, over);
    dropped += over;
  };
  return {
    frame: (next) => {
      frame = next;
      pump();
    },
    news: (lines) => {
      news.push(...lines);
      cut(news);
      pump();
    },
    fills: (trades) => {
      fills.push(...trades);
      cut(fills);
      pump();
    },
    taken: () => {
      inFlight = Math.max(0, inFlight - 1);
      pump();
    },
    halt: () => {
      isHalted = true;
    },
    again: () => {
      [inFlight, isHalted] = [0, false];
      pump();
    },
    get dropped() {
      return dropped;
    },
  };
}
