// What may go wrong, on demand: requests that get another answer, none, or a late one; frames lost or doubled; sockets cut.
import type { Answer } from "./answer.ts";

/** What happens to a request. */
export type RequestFault =
  /** Answered with this instead of being handled. */
  | ({ readonly do: "answer" } & Reply)
  /** Handled, and answered with this all the same: 503 for an order that was placed. */
  | ({ readonly do: "deny" } & Reply)
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

/** An answer that somebody wrote down beforehand. */
interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  /** `{ "retry-after": "30" }` */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens to a frame of a stream: lost, doubled, behind the next one of its stream, or later. */
export type FrameFault = "drop" | "twice" | "swap" | { readonly lateMs: number };

/** Which requests: a method, and the path exactly or by pattern; left out: any. */
export interface RequestMatch {
  readonly method?: string;
  readonly path?: string | RegExp;
}

/** When: how many of those that fit (default 1; `Infinity`: until cancelled), after leaving some in peace (default 0). */
export type Turn = number | { readonly count?: number; readonly after?: number };

/** A fault that waits for its turn. */
export interface Pending {
  /** How often it has happened. */
  readonly hits: number;
  cancel(): void;
}

/** What may be broken on demand. Each fault is counted and can be called off. */
export interface Faults {
  /** The next matching requests meet this. Faults are asked oldest first. */
  request(match: RequestMatch, fault: RequestFault, turn?: Turn): Pending;
  /** The next frames of matching streams (name exactly or by pattern) meet this, for every subscriber alike. */
  frame(stream: string | RegExp, fault: FrameFault, turn?: Turn): Pending;
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
  /** Still to be left in peace. */
  peace: number;
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
    const entry = list.find((each) => {
      if (each.left <= 0 || !fits(each.match)) return false;
      if (each.peace === 0) return true;
      each.peace -= 1;
      return false;
    });
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
    request: (match, fault, turn = 1) => wait(requests, { match, fault, ...turnOf(turn), hits: 0 }),
    frame: (stream, fault, turn = 1) => wait(frames, { match: stream, fault, ...turnOf(turn), hits: 0 }),
    cutSockets: hooks.cut,
    refuseSockets: (count) => wait(sockets, { match: undefined, fault: "refuse", left: count, peace: 0, hits: 0 }),
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

const turnOf = (turn: Turn) =>
  typeof turn === "number" ? { left: turn, peace: 0 } : { left: turn.count ?? 1, peace: turn.after ?? 0 };

/** The answer that a fault brings along. */
export const faultAnswer = (fault: Extract<RequestFault, { do: "answer" | "deny" }>): Answer => ({
  status: fault.status,
  ...(fault.headers === undefined ? {} : { headers: fault.headers }),
  ...(fault.json === undefined ? {} : { json: fault.json }),
  ...(fault.text === undefined ? {} : { text: fault.text }),
});
