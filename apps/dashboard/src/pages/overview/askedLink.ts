// How it stands with a door that has no bot of its own: it streams nothing, and is asked again and again.
import type { DoorRefusal } from "../../feed/api.ts";
import type { LinkNow } from "../../feed/store.ts";

/** @param refusal - what became of the last question, where it had no answer @param again - when it is asked again */
export function askedLink(refusal: Pick<DoorRefusal, "status" | "message"> | undefined, again: number): LinkNow {
  if (refusal === undefined) return { state: "up" };
  const { status, message } = refusal;
  return status === 401 || status === 403
    ? { state: "refused", why: message }
    : { state: "down", why: status === 0 ? "" : message, again };
}
