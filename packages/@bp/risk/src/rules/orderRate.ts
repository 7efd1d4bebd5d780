// Rule: not more new orders in a while than a limit.
import type { ClientId, Event, Millis, RiskRule, View } from "@bp/core";

/** New orders that the venue has said something about. */
export interface Sent {
  /** Oldest first. */
  readonly recent: readonly { readonly id: ClientId; readonly at: Millis }[];
  /** The highest number seen; numbers of a run count up. */
  readonly highest: number;
}

/**
 * Refuses wishes that need a new order once `orders` of them were sent within `windowMs`: those the venue has answered,
 * those still on the wire, and those approved in this round. Reductions count, but always pass, so that quotes can never
 * starve them. A refused change of a quote takes the old order away, since a price that is no longer wished must not stay.
 *
 * @param orders - at least 1
 * @param windowMs - above 0
 */
export const orderRate = (orders: number, windowMs: number): RiskRule<Sent> => ({
  name: "order-rate",
  start: () => ({ recent: [], highest: 0 }),
  remember: (memory, event) => {
    const id = newOrder(event, memory);
    if (id === undefined) return memory;
    const since = event.at - windowMs;
    const recent = memory.recent.filter((each) => each.at > since);
    return { recent: [...recent, { id, at: event.at }], highest: Math.max(id, memory.highest) };
  },
  check: (intent, view, pass, { recent }) => {
    if (!pass.places || pass.reduces) return { pass: intent };
    const since = view.now - windowMs;
    const used = pass.placing + unanswered(view, recent, since) + answered(recent, since);
    return used < orders ? { pass: intent } : { refuse: `at most ${orders} new orders in ${windowMs} ms` };
  },
});

/**
 * The order that the venue speaks of for the first time, as far as we can tell. Its acceptance may never reach us: then it is
 * whatever else is told of it that counts, if its number is above one that was counted within the window.
 */
function newOrder(event: Event, { recent, highest }: Sent): ClientId | undefined {
  if (!("clientId" in event) || event.clientId === undefined) return undefined;
  const { clientId, type } = event;
  if (recent.some(({ id }) => id === clientId)) return undefined;
  if (type === "order.accepted" || type === "order.rejected") return clientId;
  return clientId > (recent[0]?.id ?? highest) ? clientId : undefined;
}

function unanswered(view: View, recent: Sent["recent"], since: number): number {
  let sum = 0;
  for (const { clientId, placedAt } of view.orders())
    if (placedAt > since && !recent.some(({ id }) => id === clientId)) sum += 1;
  return sum;
}

function answered(recent: Sent["recent"], since: number): number {
  let sum = 0;
  for (let at = recent.length - 1; at >= 0 && (recent[at]?.at ?? since) > since; at--) sum += 1;
  return sum;
}
