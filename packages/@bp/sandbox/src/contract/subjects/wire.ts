// What can be broken on a sandbox, in the words of the contract.
import type { Faults, RequestMatch } from "../../faults.ts";
import type { Breaks, FrameKind, Need } from "../bench.ts";

/** What every venue on the wire offers to break. */
export const wireOffers: readonly Need[] = [
  "lost-answers",
  "denied-answers",
  "lost-requests",
  "late-requests",
  "frames",
  "cuts",
  "clock",
  "rate-limit",
  "maintenance",
];

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** Where a venue's orders, cancels and frames pass, and its words for two states. */
export interface WireWords {
  readonly placing: RequestMatch;
  readonly cancelling: RequestMatch;
  /** Where open orders are read. */
  readonly state: RequestMatch;
  readonly frames: Readonly<Record<FrameKind, RegExp>>;
  /** Frames that one fill makes; default 1. */
  readonly framesPerFill?: number;
  readonly tooMany: Answer;
  readonly maintenance: Answer;
  /** An order may have been done or not. */
  readonly unknown: Answer;
}

/** Faults of a sandbox as breaks. */
export function wireBreaks(faults: Faults, words: WireWords): Omit<Breaks, "expireListenKey"> {
  const { placing, cancelling, state, frames, framesPerFill = 1, tooMany, maintenance, unknown } = words;
  const each = (kind: FrameKind, count: number) => (kind === "orders" ? count * framesPerFill : count);
  return {
    loseAnswers: (request) => {
      faults.request(request === "place" ? placing : cancelling, { do: "lose-answer" }, Number.POSITIVE_INFINITY);
    },
    denyAnswer: () => {
      faults.request(placing, { do: "deny", ...unknown });
    },
    loseRequest: () => {
      faults.request(placing, { do: "hang" });
    },
    delayCancel: (ms) => {
      faults.request(cancelling, { do: "delay", ms, when: "before" });
    },
    delayState: (ms) => {
      faults.request(state, { do: "delay", ms, when: "before" });
    },
    dropFrames: (kind, count) => {
      const pending = faults.frame(frames[kind], "drop", each(kind, count));
      return () => pending.hits;
    },
    doubleFrames: (kind, count) => {
      const pending = faults.frame(frames[kind], "twice", each(kind, count));
      return () => pending.hits;
    },
    delayFrames: (kind, count, ms) => {
      const pending = faults.frame(frames[kind], { lateMs: ms }, each(kind, count));
      return () => pending.hits;
    },
    cut: async () => {
      faults.cutSockets();
    },
    clockOffset: (ms) => faults.setClockOffset(ms),
    rateLimit: () => {
      faults.request(placing, { do: "answer", ...tooMany });
    },
    maintenance: () => {
      faults.request({}, { do: "answer", ...maintenance }, Number.POSITIVE_INFINITY);
    },
    mend: () => faults.clear(),
  };
}
