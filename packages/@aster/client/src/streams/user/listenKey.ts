// The key of the account's stream: kept alive, and given up when the venue no longer knows it.
import { BpError, type Clock, isBpError } from "@bp/core";

/** How the key is got and kept: two calls of REST. It is never closed from here: all programs of an account share one. */
export interface ListenKeys {
  /** Asks for the key. The venue gives the same one again, and prolongs it. */
  create(signal: AbortSignal): Promise<{ readonly listenKey: string }>;
  /**
   * Prolongs it by 60 minutes.
   *
   * @returns state `gone` when the venue no longer knows it; a refusal with code -1125 is as good
   */
  keepAlive(listenKey: string, signal: AbortSignal): Promise<{ readonly state: string }>;
}

/** Which key, until when, and who hears what. */
export interface KeepAliveOptions {
  readonly listenKeys: ListenKeys;
  readonly listenKey: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Events so far: an account that says nothing may have lost its key. */
  readonly heard: () => number;
  /** The key is gone: ask for it again and connect anew. */
  readonly gone: () => void;
  readonly trouble: (error: BpError) => void;
}

const lookMs = 5 * 60_000;
const keepMs = 25 * 60_000;

/** Prolongs the key every 25 minutes, and every 5 while nothing comes, until the signal aborts or the key is gone. */
export async function keepAlive(options: KeepAliveOptions): Promise<void> {
  const { listenKeys, listenKey, clock, signal, heard, gone, trouble } = options;
  let keptAt = clock.now();
  let heardThen = heard();
  for (;;) {
    await clock.sleep(lookMs, signal);
    if (signal.aborted) return;
    const isQuiet = heard() === heardThen;
    heardThen = heard();
    if (!isQuiet && clock.now() - keptAt < keepMs) continue;
    try {
      const { state } = await listenKeys.keepAlive(listenKey, signal);
      if (signal.aborted) return;
      if (state === "gone") return gone();
      keptAt = clock.now();
    } catch (error) {
      if (!isBpError(error)) throw error;
      if (signal.aborted) return;
      if (isBpError(error, "venue/refused") && error.context.code === "-1125") return gone();
      trouble(error); // tried again at the next look; the key is good for an hour
    }
  }
}

/** The same error without the key: whoever has it reads the account's stream. */
export function withoutKey(error: BpError, listenKey: string): BpError {
  if (listenKey === "" || !JSON.stringify(error.context).includes(listenKey)) return error;
  const hidden = Object.entries(error.context).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "string" ? value.replaceAll(listenKey, "[listen key]") : value,
  ]);
  return new BpError(error.code, Object.fromEntries(hidden) as typeof error.context); // the same fields
}
