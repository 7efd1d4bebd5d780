// One try to tell one alert.
import type { Alert } from "./alert.ts";
import type { Channel, Sender } from "./channel.ts";
import type { Post } from "./post.ts";

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
export async function deliver(
  { post, channel, sender }: { readonly post: Post; readonly channel: Channel; readonly sender: Sender },
  alert: Alert,
  signal: AbortSignal,
): Promise<Delivery> {
  const message = channel.message(alert, sender, Date.now());
  const answer = await post.send({ ...message, method: "POST", timeoutMs: patienceMs, signal });
  if (typeof answer === "string") return { kind: "later", why: answer };
  const { status, headers } = answer;
  const text = answer.text.slice(0, mostRead);
  if (status >= 200 && status < 300) {
    const refusal = channel.refusal?.(text);
    return refusal === undefined ? { kind: "done" } : { kind: "refused", why: refusal };
  }
  const why = `HTTP ${status}`;
  if (status !== 429 && status < 500 && status !== 408) return { kind: "refused", why };
  const afterMs = waitAsked(headers.get("retry-after"), text);
  return { kind: "later", why, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Seconds: by the header, or as Telegram and Discord put it into the answer. */
function waitAsked(header: string | undefined, body: string): number | undefined {
  const seconds = Number(header ?? /"retry_after"\s*:\s*([\d.]+)/.exec(body)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, longestWaitMs) : undefined;
}
