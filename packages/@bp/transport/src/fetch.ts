// Sending where there is no undici: browsers, Bun, Deno.
import { BpError } from "@bp/core";
import type { Outcome, Wire, WireRequest } from "./answer.ts";
import { broken, longestAnswer, tooLong, unreachable, urlOf } from "./pool.ts";
import { whyOf, withoutData } from "./why.ts";

// What a system says when no connection was made, so that nothing can have been sent.
const notConnected =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ConnectionRefused|UND_ERR_CONNECT_TIMEOUT/;

/** The wire of everything that has `fetch`. A browser does not say why a request failed: then it is `transport/broken`. */
export function fetchWire(origin: string): Wire {
  const closing = new AbortController();
  return {
    send: (request, end) => {
      exchange(origin, request, closing.signal).then(end, (cause: unknown) =>
        end(broken(origin, request, whyOf(cause), cause)),
      );
    },
    close: async () => closing.abort(),
  };
}

async function exchange(origin: string, request: WireRequest, closing: AbortSignal): Promise<Outcome> {
  const { method, target, headers, body, signal, timeoutMs } = request;
  const stop = new AbortController();
  let reason: BpError = broken(origin, request, "given up by the caller");
  const abandon = () => stop.abort();
  if (closing.aborted) return unreachable(origin, request, "the client was closed");
  if (signal?.aborted === true) return new BpError("transport/aborted", { url: urlOf(origin, request) });
  signal?.addEventListener("abort", abandon);
  closing.addEventListener("abort", abandon);
  const timer = setTimeout(() => {
    reason = new BpError("transport/timeout", { url: urlOf(origin, request), ms: timeoutMs });
    stop.abort();
  }, timeoutMs);
  try {
    const init = { method, headers, body: body ?? null, signal: stop.signal } as const;
    const answer = await fetch(origin + target, {
      ...init,
      cache: "no-store",
      credentials: "omit",
      redirect: "manual", // a signed request goes where it was meant to, or nowhere
    });
    const text = await textOf(answer);
    if (answer.status === 0) return broken(origin, request, "a redirect, which is not followed");
    const found = answer.headers;
    const all = { get: (name: string) => found.get(name) ?? undefined, names: () => found.keys() };
    return { status: answer.status, headers: all, text };
  } catch (cause) {
    if (stop.signal.aborted) return reason;
    const why = `${whyOf(cause)}${cause instanceof Error && cause.cause !== undefined ? `: ${whyOf(cause.cause)}` : ""}`;
    return (notConnected.test(why) ? unreachable : broken)(origin, request, why, withoutData(cause));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abandon);
    closing.removeEventListener("abort", abandon);
  }
}

/** The whole text of an answer. @throws Error for one that is longer than any of a venue */
async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) return answer.text();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > longestAnswer) {
      reader.cancel().catch(() => undefined); // it is over, whatever becomes of the rest
      throw new Error(tooLong);
    }
    text += decoder.decode(value, { stream: true });
  }
}
