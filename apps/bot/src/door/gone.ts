// Whether whoever asked still waits for the answer.
import type { DoorContext } from "./app.ts";

/** Aborts when the caller is gone before the answer was written. */
export function goneSignal(c: DoorContext): AbortSignal {
  const gone = new AbortController();
  const { outgoing } = c.env;
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return gone.signal;
}
