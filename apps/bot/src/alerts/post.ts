// How messages get out: one way to each service, through the proxy that the environment names for it, as everything of the bot.
import { type BpError, isBpError } from "@bp/core";
import { type Answer, createHttp, type Http } from "@bp/transport";

/** A request to a service, complete. */
export interface Letter {
  readonly method: "GET" | "POST";
  /** A secret in most of them: a token is part of it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From sending to the end of the answer, ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Sends letters. */
export interface Post {
  /** Sent once, whatever happens; no redirect is followed. Never throws: an answer of any status, or why there is none, without the address. */
  send(letter: Letter): Promise<Answer | string>;
  /** Ends all connections, so that none keeps the process. */
  close(): Promise<void>;
}

/** @param proxyOf - the proxy for an address; `undefined`: straight */
export function createPost(proxyOf: (url: string) => string | undefined): Post {
  const ways = new Map<string, Http>();
  const wayTo = (origin: string): Http => {
    const known = ways.get(origin);
    if (known !== undefined) return known;
    const proxy = proxyOf(origin);
    // Pauses are ours: who waits here would not see the alert that is more urgent.
    const http = createHttp({ baseUrl: origin, pauseOf: () => 0, ...(proxy === undefined ? {} : { proxy }) });
    ways.set(origin, http);
    return http;
  };
  return {
    send: ({ method, url, headers, body, timeoutMs, signal }) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve("given up");
        const { origin, pathname, search } = new URL(url);
        const what = { method, path: pathname, rawQuery: search.slice(1), timeoutMs, signal };
        const late = { ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) };
        wayTo(origin).send({ ...what, ...late }, (outcome) =>
          resolve(isBpError(outcome) ? failureOf(outcome, timeoutMs) : outcome),
        );
      }),
    close: async () => {
      await Promise.all([...ways.values()].map((way) => way.close()));
    },
  };
}

/** The system's own code alone: whole messages name the address. */
function failureOf(error: BpError, timeoutMs: number): string {
  if (error.code === "transport/timeout") return `no answer within ${timeoutMs / 1_000} s`;
  return /\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.code;
}
