// One try to tell one alert.
import type { Alert } from "./alert.ts";
import type { Channel, Sender } from "./channel.ts";

/** How a try ended: told; to be tried again, perhaps after a wait that the service asked for; or never to be told like this. */
export type Delivery =
  | { readonly kind: "done" }
  | { readonly kind: "later"; readonly why: string; readonly afterMs?: number }
  | { readonly kind: "refused"; readonly why: string };

/** A service that says nothing for so long is not there, ms. */
const patienceMs = 10_000;
/** No service is believed to want more than this, ms. */
const longestWaitMs = 300_000;
/** What is read of an answer, characters. */
const mostRead = 2_000;

/** Sends it. Never throws; what it says of a failure holds no address and no token. */
export async function deliver(channel: Channel, alert: Alert, sender: Sender, stop: AbortSignal): Promise<Delivery> {
  const { url, headers, body } = channel.message(alert, sender, Date.now());
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "error" });
    const text = (await response.text()).slice(0, mostRead);
    const { status } = response;
    if (response.ok) {
      const refusal = channel.refusal?.(text);
      return refusal === undefined ? { kind: "done" } : { kind: "refused", why: refusal };
    }
    const why = `HTTP ${status}`;
    if (status !== 429 && status < 500 && status !== 408) return { kind: "refused", why };
    const afterMs = waitAsked(response.headers.get("retry-after"), text);
    return { kind: "later", why, ...(afterMs === undefined ? {} : { afterMs }) };
  } catch (error) {
    return { kind: "later", why: failureOf(error) };
  }
}

/** Seconds: by the header, or as Telegram and Discord put it into the answer. */
function waitAsked(header: string | null, body: string): number | undefined {
  const seconds = Number(header ?? /"retry_after"\s*:\s*([\d.]+)/.exec(body)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, longestWaitMs) : undefined;
}

/** The system's code alone: messages of `fetch` name the address. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.name === "TimeoutError") return `no answer within ${patienceMs / 1_000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.name;
}
