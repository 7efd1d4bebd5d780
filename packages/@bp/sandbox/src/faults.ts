// What may go wrong, on demand: requests that get another answer, none, or a late one; frames lost or doubled; sockets cut.
import type { Answer } from "./answer.ts";

/** What happens to a request. */
export type RequestFault =
  /** Answered with this instead of being handled. */
  | { readonly do: "answer"; readonly status: number; readonly json?: unknown; readonly text?: string }
  /** Neither handled nor ever answered. */
  | { readonly do: "hang" }
  /** Handled, and the connection is cut before the answer. */
  | { readonly do: "lose-answer" }
  /** Handled, and never answered. */
  | { readonly do: "swallow-answer" }
  /** The connection is cut before it is handled. */
  | { readonly do: "reset" }
  /** Handled and answered, `ms` later than it would have been; `before` it is handled, or `after`. */
  | { readonly do: "delay"; readonly ms: number; readonly when?: "before" | "after" };

/** What happens to a frame of a stream. */
export type FrameFault = "drop" | "twice";

/** Which requests: a method, and the path exactly or by pattern; left out: any. */
export interface RequestMatch {
  readonly method?: string;
  readonly path?: string | RegExp;
}

/** A fault that waits for its turn. */
export interface Pending {
  /** How often it has happened. */
  readonly hits: number;
  cancel(): void;
}

/** What may be broken on demand. Each fault is counted and can be called off. */
export interface Faults {
  /** The next `count` matching requests (default 1; `Infinity`: until cancelled) meet this. Faults are asked oldest first. */
  request(match: RequestMatch, fault: RequestFault, count?: number): Pending;
  /** The next `count` frames of matching streams (name exactly or by pattern) meet this, for every subscriber alike. */
  frame(stream: string | RegExp, fault: FrameFault, count?: number): Pending;
  /** Cuts every open socket without a goodbye; returns how many there were. */
  cutSockets(): number;
  /** Refuses the next `count` attempts to open a socket with 503. */
  refuseSockets(count: number): Pending;
  /** Puts the venue's clock off by so many ms (8000: the venue is 8 s ahead); 0 mends it. */
  setClockOffset(ms: number): void;
  /** Forgets every waiting fault and mends the clock. */
  clear(): void;
}

/** Faults as the server asks for them. */
export interface FaultDesk extends Faults {
  forRequest(method: string, path: string): RequestFault | undefined;
  forFrame(stream: string): FrameFault | undefined;
  forSocket(): boolean;
}

interface Entry<M, F> {
  readonly match: M;
  readonly fault: F;
  left: number;
  hits: number;
}

/** No faults yet. */
export function createFaults(hooks: {
  readonly cut: () => number;
  readonly setOffset: (ms: number) => void;
}): FaultDesk {
  let requests: Entry<RequestMatch, RequestFault>[] = [];
  let frames: Entry<string | RegExp, FrameFault>[] = [];
  let sockets: Entry<undefined, "refuse">[] = [];
  const wait = <E extends { left: number; hits: number }>(list: E[], entry: E): Pending => {
    list.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      cancel: () => {
        entry.left = 0;
      },
    };
  };
  const take = <M, F>(list: readonly Entry<M, F>[], fits: (match: M) => boolean): F | undefined => {
    const entry = list.find((each) => each.left > 0 && fits(each.match));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    entry.hits += 1;
    return entry.fault;
  };
  const same = (wanted: string | RegExp | undefined, value: string) =>
    wanted === undefined ||
    (typeof wanted === "string"
      ? wanted === value
      : new RegExp(wanted.source, wanted.flags.replace("g", "")).test(value));
  return {
    request: (match, fault, count = 1) => wait(requests, { match, fault, left: count, hits: 0 }),
    frame: (stream, fault, count = 1) => wait(frames, { match: stream, fault, left: count, hits: 0 }),
    cutSockets: hooks.cut,
    refuseSockets: (count) => wait(sockets, { match: undefined, fault: "refuse", left: count, hits: 0 }),
    setClockOffset: hooks.setOffset,
    clear: () => {
      requests = [];
      frames = [];
      sockets = [];
      hooks.setOffset(0);
    },
    forRequest: (method, path) =>
      requests.length === 0
        ? undefined
        : take(requests, (match) => (match.method ?? method) === method && same(match.path, path)),
    forFrame: (stream) => (frames.length === 0 ? undefined : take(frames, (match) => same(match, stream))),
    forSocket: () => take(sockets, () => true) !== undefined,
  };
}

/** The answer of an `answer` fault. */
export const faultAnswer = (fault: Extract<RequestFault, { do: "answer" }>): Answer => ({
  status: fault.status,
  ...(fault.json === undefined ? {} : { json: fault.json }),
  ...(fault.text === undefined ? {} : { text: fault.text }),
});
