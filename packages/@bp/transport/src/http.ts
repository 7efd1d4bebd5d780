// REST: budget, deadline, pauses that the venue asks for, and repeats of what may be repeated. All of it through ky,
// whose hook hands the request to one wire; a hot path may call that wire itself.

import { BpError, type Clock, type Failure, isBpError, type Random } from "@bp/core";
import type { KyInstance } from "ky";
import { wireTo } from "#ways";
import {
  type Answer,
  type AnswerHeaders,
  type Method,
  type Outcome,
  type Query,
  queryText,
  type Wire,
} from "./answer.ts";
import { type Budget, createBudget } from "./budget.ts";
import { systemClock } from "./clock.ts";
import type { Cost, Lane, Told } from "./purse.ts";
import { createRests } from "./rests.ts";
import { runtime } from "./runtime.ts";

/** Where requests go, and what goes with all of them. */
export interface HttpOptions {
  /** Scheme, host, port, and a path that stands before every path. */
  readonly baseUrl: string;
  readonly clock?: Clock;
  /**
   * Left out: no limit of ours; a pause that the venue asks for is kept all the same. Several of these to one host stop
   * together if their budgets have the same `pause`.
   */
  readonly budget?: Budget;
  /** From sending to the end of the answer, ms; 10,000 if left out. Waiting for the budget does not count. */
  readonly timeoutMs?: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `bp-transport` if left out. Browsers send their own. */
  readonly userAgent?: string;
  /** An HTTP proxy, `http://user:password@host:port`, or `https:` for TLS up to it. Node only. */
  readonly proxy?: string;
  /** Draws the jitter of repeats. */
  readonly random?: Pick<Random, "next">;
  /**
   * What the venue says it has counted, out of the headers of each answer; it goes to `budget.observe`. `usageIn` reads the
   * usual form.
   */
  readonly readUsage?: (headers: AnswerHeaders) => Iterable<Told>;
  /**
   * How long the venue wants silence, ms, by an answer of status 400 or above; 0 for none. `undefined`: by the general
   * rule, which is `Retry-After` or a growing pause for 429 and 418, and none for others.
   */
  readonly pauseOf?: (answer: Answer) => number | undefined;
  /**
   * A reading request that goes to see whether a pause is over, where a hedge waits for that and no cancel has gone to look. Left out:
   * only cancels look.
   */
  readonly look?: Pick<SentRequest, "path" | "cost" | "isWell">;
  /** The venue asked for a pause: nothing goes out for `waitMs`, and of cancels one a minute. */
  readonly onPause?: (pause: { readonly status: number; readonly waitMs: number }) => void;
}

/** What is known of a request only when it goes out: a signature has a time in it. */
export interface LateParts {
  readonly query?: Query;
  /** A whole query, encoded, without `?`: sent byte for byte, in place of `query`. What was signed stays what is sent. */
  readonly rawQuery?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent byte for byte. */
  readonly body?: string;
  /** Of the body; JSON if left out. `formType` for parameters. */
  readonly contentType?: string;
}

/** A request that goes out once, whatever happens. */
export interface SentRequest extends LateParts {
  readonly method: Method;
  /** From the root of `baseUrl`, without a query: `/api/v1/order`. */
  readonly path: string;
  /**
   * Called right before each sending, after any wait, and for each repeat anew; what it gives is laid over what
   * stands here. Sign here.
   */
  readonly sign?: () => LateParts;
  /** `read` for GET and `trade` for the others, if left out. */
  readonly lane?: Lane;
  /** Cost in the budget, `{ weight: 1 }` if left out. */
  readonly cost?: Cost;
  /** Short for `cost: { weight }`. */
  readonly weight?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /**
   * Asked after any wait: before it is signed, and again when a connection takes it. `false` gives it up: nothing is sent, and it ends
   * in `transport/aborted`. What was right when it was asked for may have become wrong while it waited.
   */
  readonly mayLeave?: () => boolean;
  /**
   * Whether this is what the venue answers to it, and not the word of somebody before the venue: asked of what has gone to look during a
   * pause, which nothing else ends. Left out: a status of 2xx with an object or a list in JSON.
   */
  readonly isWell?: (answer: Answer) => boolean;
}

/** A request that is repeated where that does no harm. */
export interface HttpRequest extends SentRequest {
  /** Whether sending it twice does no harm. Only then is it repeated: up to 3 tries. */
  readonly safe: boolean;
}

/**
 * A way to send requests to one host. An HTTP status is an answer, never thrown; a failure says whether the request
 * may have arrived.
 */
export interface Http {
  /**
   * Sends a request, through ky, and gives the answer whatever its status is.
   *
   * A safe one is tried up to 3 times: again after `transport/*` failures, 429, 418 and 5xx, with growing, jittered pauses.
   *
   * @throws BpError `transport/unreachable`: nothing was sent. `transport/timeout`, `transport/broken`: it may have
   *   arrived. `transport/budget`: it was not sent, the wait would have been too long. `transport/aborted`: it was given up before
   */
  request(request: HttpRequest): Promise<Answer>;
  /**
   * The shortest way out, for orders: no ky, no promise, no repeat. With room in the budget the request is on the wire
   * when this returns. `end` is called exactly once, later, with an answer or a failure (`isBpError`).
   */
  send(request: SentRequest, end: (outcome: Outcome) => void): void;
  /** Opens connections of the order pool with four GETs of `path` (`/` if left out), so that the first order finds them. Never throws. */
  warm(path?: string): Promise<void>;
  /** Ends all connections. What is on its way ends in `transport/broken`. */
  close(): Promise<void>;
}

const jsonType = "application/json; charset=utf-8";
const warmed = 4; // connections; an answer and the next order may cross on two of them, and a ladder needs more
const tries = 3;
const onTheWay: ReadonlySet<Failure> = new Set(["transport/timeout", "transport/broken", "transport/unreachable"]);
const firstBackoffMs = 250;
const longestBackoffMs = 4_000;
/** How long a hedge waits for what looks, ms. */
const lookMs = 2_000;

/**
 * REST over HTTP/1.1.
 *
 * @throws BpError `config/invalid` for a base URL or a proxy that is none
 * @example
 * const http = createHttp({ baseUrl: "https://api.backpack.exchange" });
 * const { status, text } = await http.request({ method: "GET", path: "/api/v1/time", safe: true });
 */
export function createHttp(options: HttpOptions): Http {
  const { origin } = baseOf(options.baseUrl);
  return createHttpOver(wireTo(origin, options.proxy), options);
}

/** The same over a wire of one's own. */
export function createHttpOver(wire: Wire, options: HttpOptions): Http {
  const { clock = systemClock, random = { next: Math.random }, timeoutMs = 10_000 } = options;
  const { origin, prefix } = baseOf(options.baseUrl);
  const budget = options.budget ?? createBudget({ capacity: 1e9, perMs: 1_000, reserved: 0, clock });
  const rests = createRests(clock, options.pauseOf);
  const common = {
    // A browser sends a name of its own, and asks the venue's leave for another.
    ...(runtime() !== "a browser" ? { "user-agent": options.userAgent ?? "bp-transport" } : {}),
    ...options.headers,
  };
  const commonWithBody = { "content-type": jsonType, ...common };

  /** Sends what the budget has let through. */
  const put = (request: SentRequest, end: (outcome: Outcome) => void) => {
    let late: LateParts | undefined;
    const looks = laneOf(request) === "cancel" && budget.pausedMs() > 0;
    try {
      if (request.mayLeave?.() === false)
        throw new BpError("transport/aborted", { url: origin + prefix + request.path });
      late = request.sign?.();
    } catch (error) {
      if (!isBpError(error)) throw error;
      queueMicrotask(() => end(error));
      return;
    }
    const body = late?.body ?? request.body;
    const contentType = late?.contentType ?? request.contentType;
    const typed = contentType === undefined ? commonWithBody : { ...common, "content-type": contentType };
    wire.send(
      {
        method: request.method,
        target: prefix + request.path + queryOf(request, late),
        headers: { ...(body === undefined ? common : typed), ...request.headers, ...late?.headers },
        body,
        lane: laneOf(request),
        timeoutMs: request.timeoutMs ?? timeoutMs,
        signal: request.signal,
        mayLeave: request.mayLeave,
      },
      (outcome) => {
        if (!isBpError(outcome)) {
          if (options.readUsage !== undefined)
            for (const told of options.readUsage(outcome.headers)) budget.observe(told);
          const waitMs = rests.after(outcome, budget.pausedMs() > 0);
          if (waitMs > 0) {
            budget.pause(waitMs);
            options.onPause?.({ status: outcome.status, waitMs });
          } else if (looks && isWell(request, outcome)) budget.lift();
        }
        end(outcome);
      },
    );
  };

  /** Waits for room. A hedge that a pause holds up sees to it that somebody looks whether that is over. */
  const admitted = async (lane: Lane, cost: Cost | undefined, signal: AbortSignal | undefined) => {
    const { look } = options;
    if (lane === "hedge" && look !== undefined && budget.pausedMs() > 0 && budget.tryTake("cancel", look.cost))
      await new Promise((resolve) =>
        put({ ...look, method: "GET", lane: "cancel", timeoutMs: Math.min(timeoutMs, lookMs) }, resolve),
      );
    await budget.take(lane, cost, signal);
  };

  // ky builds an empty Request: body and headers travel in the context, past it. It is read with the first request, because
  // a program that has only begun needs none of it.
  let opened: Promise<KyInstance> | undefined;
  const open = async () => {
    const { default: ky } = await import("ky");
    return ky.create({
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      hooks: {
        beforeRequest: [
          ({ options: { context } }) =>
            new Promise((resolve, reject) => {
              const { job } = context as { job: Job }; // put there by `once`
              put(job.request, (outcome) => {
                if (isBpError(outcome)) return reject(outcome);
                job.answer = outcome;
                resolve(
                  new Response(null, { status: outcome.status >= 200 && outcome.status < 600 ? outcome.status : 502 }),
                );
              });
            }),
        ],
      },
    });
  };
  const opening = () => {
    opened ??= open().catch((cause: unknown) => {
      opened = undefined;
      throw new BpError("transport/unreachable", { url: origin, why: "ky cannot be loaded" }, { cause });
    });
    return opened;
  };
  const once = async (request: SentRequest): Promise<Answer> => {
    const lane = laneOf(request);
    const cost = request.cost ?? request.weight;
    if (!budget.tryTake(lane, cost)) await admitted(lane, cost, request.signal);
    const job: Job = { request, answer: undefined };
    const api = await opening();
    await api(origin, { context: { job } });
    if (job.answer === undefined)
      throw new BpError("transport/broken", { url: origin, why: "ky ended without an answer" });
    return job.answer;
  };

  return {
    request: async (request) => {
      let kept: Answer | undefined;
      for (let attempt = 1; ; attempt++) {
        const last = !request.safe || attempt >= tries;
        try {
          const answer = await once(request);
          if (last || !worthRepeating(answer.status)) return answer;
          kept = answer;
        } catch (error) {
          // The repeat would have to wait too long: what the venue said tells more than that.
          if (kept !== undefined && isBpError(error, "transport/budget")) return kept;
          if (last || !isBpError(error) || !onTheWay.has(error.code) || request.signal?.aborted === true) throw error;
        }
        const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 4 ** (attempt - 1));
        await clock.sleep(backoffMs * (0.5 + random.next()), request.signal);
      }
    },
    send: (request, end) => {
      const lane = laneOf(request);
      const cost = request.cost ?? request.weight;
      if (budget.tryTake(lane, cost)) return put(request, end);
      admitted(lane, cost, request.signal).then(
        () => put(request, end),
        (error: BpError) => end(error),
      );
    },
    warm: async (path = "/") => {
      const one = () =>
        once({ method: "GET", path, lane: "trade" }).then(
          () => undefined,
          () => undefined, // an order will say better why there is no connection
        );
      await Promise.all(Array.from({ length: warmed }, one));
    },
    close: () => wire.close(),
  };
}

interface Job {
  readonly request: SentRequest;
  answer: Answer | undefined;
}

function laneOf({ lane, method }: SentRequest): Lane {
  return lane ?? (method === "GET" ? "read" : "trade");
}

/** Whether the venue lets us in: neither a limit, nor a failure of its own, and it is the venue that has answered. */
function isWell(request: SentRequest, answer: Answer): boolean {
  const { status } = answer;
  if (status >= 500 || status === 429 || status === 418) return false;
  return request.isWell?.(answer) ?? (status >= 200 && status < 300 && isJson(answer.text));
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function worthRepeating(status: number): boolean {
  return status >= 500 || status === 429 || status === 418;
}

/** With the `?`, or "". What was signed late counts before what stood in the request, and a whole text before its parts. */
function queryOf(request: SentRequest, late: LateParts | undefined): string {
  const raw = late?.rawQuery ?? request.rawQuery;
  if (raw !== undefined) return raw === "" ? "" : `?${raw}`;
  if (late?.query === undefined || request.query === undefined) return queryText(late?.query ?? request.query);
  return queryText({ ...request.query, ...late.query });
}

function baseOf(baseUrl: string): { readonly origin: string; readonly prefix: string } {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "")
    throw new BpError("config/invalid", {
      path: "baseUrl",
      found: url?.origin ?? "no URL",
      expected: "http(s)://host[:port][/path]",
    });
  return { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
}
