// Sending on Node: connections of our own that stay open, one pool for orders and one for everything that may be slow.
import { BpError, isBpError } from "@bp/core";
import type { buildConnector, Dispatcher, Pool } from "undici";
import type { AnswerHeaders, Outcome, Wire, WireRequest } from "./answer.ts";
import { whyOf, withoutData } from "./why.ts";

/** Where the connections go, and who opens them. */
export interface PoolOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Opens the connections; left out: undici's own. */
  readonly connect?: buildConnector.connector | undefined;
}

// An order never waits behind a slow answer: it has its own connections, and enough for a whole ladder at once. A cancel uses
// those too, but does not wait behind orders that hang: then it has connections of its own, opened when they are needed, and
// enough for all cancels of a ladder at once.
const hotConnections = 8;
const coldConnections = 4;
const spareConnections = 32;
const idleMs = 65_000; // keeps a connection over the pauses between two decisions; a server's own hint is shorter
const connectMs = 10_000;
/** No answer of a venue is longer, in bytes: its list of all markets has two million. What has no end must not fill the memory. */
export const longestAnswer = 64 * 1_048_576;
export const tooLong = "an answer of more than 64 MB";

interface Pools {
  readonly hot: Pool;
  readonly cold: Pool;
  readonly spare: Pool;
}

/** The wire of Node. undici is loaded with the first request. */
export function poolWire({ origin, connect }: PoolOptions): Wire {
  let pools: Promise<Pools> | undefined;
  let ready: Pools | undefined;
  let closed = false;

  const open = async () => {
    const { Pool } = await import("undici");
    const make = (connections: number) =>
      new Pool(origin, {
        connections,
        pipelining: 1,
        keepAliveTimeout: idleMs,
        headersTimeout: 0, // the deadline of the request counts
        bodyTimeout: 0,
        connect: connect ?? { timeout: connectMs },
      });
    ready = { hot: make(hotConnections), cold: make(coldConnections), spare: make(spareConnections) };
    return ready;
  };
  const poolFor = ({ lane }: WireRequest, { hot, cold, spare }: Pools): Pool => {
    if (lane === "read") return cold;
    return lane !== "trade" && hot.stats.size >= hotConnections ? spare : hot;
  };
  const dispatch = (request: WireRequest, end: (outcome: Outcome) => void, all: Pools) =>
    exchange(poolFor(request, all), origin, request, end);

  return {
    send: (request, end) => {
      if (closed) queueMicrotask(() => end(unreachable(origin, request, "the client was closed")));
      else if (ready !== undefined) dispatch(request, end, ready);
      else {
        pools ??= open();
        pools.then(
          (both) => dispatch(request, end, both),
          (cause: unknown) => end(unreachable(origin, request, "undici cannot be loaded", cause)),
        );
      }
    },
    close: async () => {
      closed = true;
      const all = await pools?.catch(() => undefined); // what could not be opened need not be closed
      await Promise.all([all?.hot.destroy(), all?.cold.destroy(), all?.spare.destroy()]);
    },
  };
}

/** One request on one pool: a deadline, an end, and whether anything was sent. */
function exchange(pool: Pool, origin: string, request: WireRequest, end: (outcome: Outcome) => void): void {
  const { signal, timeoutMs } = request;
  let controller: Dispatcher.DispatchController | undefined; // there as soon as a connection takes the request
  let over = false;
  let returned = false; // from `dispatch`
  let status = 0;
  let headers: Record<string, string | string[] | undefined> = {};
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let length = 0;

  const finish = (outcome: Outcome) => {
    over = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abandon);
    end(outcome);
  };
  const giveUp = (error: BpError) => {
    if (over) return;
    finish(error);
    controller?.abort(error);
  };
  const abandon = () => {
    if (controller === undefined) giveUp(new BpError("transport/aborted", { url: urlOf(origin, request) }));
    else giveUp(broken(origin, request, "given up by the caller"));
  };
  const timer = setTimeout(() => {
    const url = urlOf(origin, request);
    if (controller !== undefined) giveUp(new BpError("transport/timeout", { url, ms: timeoutMs }));
    else giveUp(new BpError("transport/unreachable", { url, why: `no connection within ${timeoutMs} ms` }));
  }, timeoutMs);
  if (signal?.aborted === true) {
    queueMicrotask(abandon);
    return;
  }
  signal?.addEventListener("abort", abandon);

  pool.dispatch(
    {
      method: request.method,
      path: request.target,
      headers: request.headers,
      body: request.body ?? null,
      reset: false, // or a DELETE with a body would end its connection, and each cancel would begin with a handshake
    },
    {
      onRequestStart: (started) => {
        if (over)
          started.abort(new Error("its deadline has passed")); // nothing of it is written then
        else if (request.mayLeave?.() === false)
          started.abort(new BpError("transport/aborted", { url: urlOf(origin, request) }));
        else controller = started;
      },
      onResponseStart: (_, code, found) => {
        status = code;
        headers = found;
      },
      onResponseData: (_, chunk) => {
        length += chunk.length;
        if (length > longestAnswer) giveUp(broken(origin, request, tooLong));
        if (over) return;
        if (first === undefined) first = chunk;
        else if (rest === undefined) rest = [first, chunk];
        else rest.push(chunk);
      },
      onResponseEnd: () => {
        if (over) return;
        const body = rest === undefined ? first : Buffer.concat(rest);
        finish({ status, headers: headersOf(headers), text: body === undefined ? "" : body.toString("utf8") });
      },
      onResponseError: (_, cause) => {
        const make = controller === undefined ? unreachable : broken;
        const fail = () => {
          if (over) return;
          finish(isBpError(cause) ? cause : make(origin, request, whyOf(cause), withoutData(cause)));
        };
        if (returned) fail();
        else queueMicrotask(fail); // undici would not even take it
      },
    },
  );
  returned = true;
}

function headersOf(headers: Record<string, string | string[] | undefined>): AnswerHeaders {
  return {
    get: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    names: () => Object.keys(headers),
  };
}

/** Without the query: it may hold a signature. */
export function urlOf(origin: string, { target }: Pick<WireRequest, "target">): string {
  const query = target.indexOf("?");
  return origin + (query < 0 ? target : target.slice(0, query));
}

/** A failure before anything was sent. */
export function unreachable(origin: string, request: WireRequest, why: string, cause?: unknown): BpError {
  return new BpError("transport/unreachable", { url: urlOf(origin, request), why }, { cause });
}

/** A failure after which the request may have arrived. */
export function broken(origin: string, request: WireRequest, why: string, cause?: unknown): BpError {
  return new BpError("transport/broken", { url: urlOf(origin, request), why }, { cause });
}
