// Requests as they go out, a line each, for who looks closely: never a header, a body or a query, so never a key or a signature.
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** What undici tells of a request; there is more in it, which is nobody's business here. */
interface Told {
  readonly request: { readonly method?: string; readonly origin?: string | URL; readonly path: string };
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

/**
 * Hears of every request of this process that goes through undici, as all of our clients' do: `request: GET
 * https://api.backpack.exchange/api/v1/depth 200 in 31 ms`. The time is from its dispatch to the head of the answer.
 *
 * @returns ends it
 */
export function watchRequests(write: (text: string) => void): () => void {
  const begun = new WeakMap<object, number>();
  const line = ({ request }: Told, what: string) => {
    const { method, origin, path } = request;
    const since = begun.get(request);
    const took = since === undefined ? "" : ` in ${Math.round(performance.now() - since)} ms`;
    write(`request: ${method ?? "?"} ${String(origin ?? "")}${path.split("?", 1)[0]} ${what}${took}`);
  };
  // Subscribers are given whatever the channel's owner publishes; these are undici's documented messages.
  const listeners: readonly (readonly [string, (message: unknown) => void])[] = [
    ["undici:request:create", (message) => void begun.set((message as Told).request, performance.now())],
    ["undici:request:headers", (message) => line(message as Told, String((message as Told).response?.statusCode))],
    ["undici:request:error", (message) => line(message as Told, `failed (${codeOf((message as Told).error)})`)],
  ];
  for (const [name, listener] of listeners) subscribe(name, listener);
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener);
  };
}

/** The code of an error, or its kind: a message may quote what was sent. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
