// Whether whoever asked still waits for the answer.
import type { DoorContext } from "./app.ts";

/** Aborts when the caller is gone before the answer was written. */
export function goneSignal(c: DoorContext): AbortSignal {
  const gone = new AbortController();
  const { outgoing } = c.env;
  const closed = () => {
    if (!outgoing.writableFinished) gone.abort();
  };
  outgoing.once("close", closed);
  if (outgoing.destroyed) closed(); // while its body was read
  return gone.signal;
}
