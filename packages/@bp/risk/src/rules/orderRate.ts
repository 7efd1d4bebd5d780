// Rule: not more new orders in a while than a limit.
import { type ClientId, type Event, type Millis, type RiskRule, runOf, type View } from "@bp/core";

/** New orders that the venue has said something about. */
export interface Sent {
  /** Oldest first. */
  readonly recent: readonly { readonly id: ClientId; readonly at: Millis }[];
  /** The highest number that has left the window, by run; numbers of a run count up, and others' are in other runs. */
  readonly floors: Readonly<Record<number, number>>;
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
  start: () => ({ recent: [], floors: {} }),
  remember: (memory, event, view) => {
    if (event.type === "link.lost" && event.resumed === true) return resumed(memory, view, event.at, windowMs);
    const ids = newOrders(event, memory);
    if (ids.length === 0) return memory;
    const { recent, floors } = within(memory, event.at - windowMs);
    return { recent: [...recent, ...ids.map((id) => ({ id, at: event.at }))], floors };
  },
  check: (intent, view, pass, { recent }) => {
    if (!pass.places || pass.reduces) return { pass: intent };
    const since = view.now - windowMs;
    const used = pass.placing + unanswered(view, recent, since) + answered(recent, since);
    return used < orders ? { pass: intent } : { refuse: `at most ${orders} new orders in ${windowMs} ms` };
  },
});

/**
 * The bot was away. How long is not known, because the clock may have been set meanwhile: the last orders before it count as
 * sent just now.
 */
function resumed({ recent, floors }: Sent, view: View, now: Millis, windowMs: number): Sent {
  const sent = [...recent];
  for (const { clientId: id, placedAt: at } of view.orders()) if (!isCounted(recent, id)) sent.push({ id, at });
  const last = within({ recent: sent, floors }, Math.max(...sent.map(({ at }) => at)) - windowMs);
  return { ...last, recent: last.recent.map(({ id }) => ({ id, at: now })) };
}

/** Lets go of those that were sent up to `since`. */
function within(sent: Sent, since: number): Sent {
  const recent: Sent["recent"][number][] = [];
  const floors = { ...sent.floors };
  for (const each of sent.recent)
    if (each.at > since) recent.push(each);
    else floors[runOf(each.id)] = Math.max(floorOf(floors, each.id), each.id);
  return { recent, floors };
}

/**
 * The orders that the venue speaks of for the first time, as far as we can tell. The acceptance of one may never reach us: then
 * whatever else is told of it counts, unless its number says that it has left the window.
 */
function newOrders(event: Event, { recent, floors }: Sent): readonly ClientId[] {
  const isLater = (id: ClientId) => id > floorOf(floors, id);
  if (event.type === "account.snapshot")
    return event.orders.flatMap(({ clientId: id }) =>
      id !== undefined && isLater(id) && !isCounted(recent, id) ? [id] : [],
    );
  if (!("clientId" in event) || event.clientId === undefined) return [];
  const { clientId, type } = event;
  const isAnswer = type === "order.accepted" || type === "order.rejected";
  return !isCounted(recent, clientId) && (isAnswer || isLater(clientId)) ? [clientId] : [];
}

const isCounted = (recent: Sent["recent"], id: ClientId): boolean => recent.some((each) => each.id === id);

const floorOf = (floors: Sent["floors"], id: ClientId): number => floors[runOf(id)] ?? 0;

function unanswered(view: View, recent: Sent["recent"], since: number): number {
  let sum = 0;
  for (const { clientId, placedAt } of view.orders()) if (placedAt > since && !isCounted(recent, clientId)) sum += 1;
  return sum;
}

function answered(recent: Sent["recent"], since: number): number {
  let sum = 0;
  for (let at = recent.length - 1; at >= 0 && (recent[at]?.at ?? since) > since; at--) sum += 1;
  return sum;
}
