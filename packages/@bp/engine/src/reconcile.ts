// The venue's word on the whole account: its trades, then its positions and balances, then its orders, and what does not fit.
import { type EventOf, type InstrumentId, lots, type OpenOrder, venueOf } from "@bp/core";
import type { Difference } from "./account.ts";
import { type House, isFirst } from "./house.ts";
import { layOrders } from "./snapshot.ts";

type Snapshot = EventOf<"account.snapshot">;

/**
 * Lays a snapshot under what we know.
 *
 * @param foldFill - counts a trade, once
 */
export function reconcile(event: Snapshot, house: House, foldFill: (event: EventOf<"order.filled">) => void): void {
  const { world, asks } = house;
  const { venue, at, seq } = event;
  const first = isFirst(house, venue);
  for (const fill of event.fills) if (!world.account.counted(fill)) foldFill({ ...fill, at, seq });
  if (!world.account.isNews(event)) return; // an older answer that came late
  const changes = world.account.snapshot(event, world.instruments);
  asks.answer(venue, at);
  if (!world.deaf(venue)) world.account.know(venue);
  settleOrders(event, house, first);
  for (const change of changes) {
    if (first) welcome(change, house);
    else suspect(change, event, house);
  }
  judgeSuspects(event, house);
  for (const id of world.instruments.keys()) if (venueOf(id) === venue) concede(id, house);
}

/** While nothing of ours is held, whatever the account holds is the user's own, unless the next snapshot explains it. */
export function concede(instrument: InstrumentId, { world }: House): void {
  if (!world.suspects.has(instrument)) world.account.concede(instrument);
}

function settleOrders(event: Snapshot, house: House, first: boolean): void {
  const { world, asks, patience, surplus, note } = house;
  const found = layOrders(event, world, patience);
  for (const order of found.foreign) seeTwin(order, house);
  for (const id of found.gone) note("reconcile", `order ${id} is no longer at the venue`);
  for (const id of found.revived) note("reconcile", `order ${id} stands after all`);
  for (const id of found.forgiven)
    note("reconcile", `fills of order ${id} are in no list; the position tells the rest`);
  for (const { clientId } of found.surplus)
    note("reconcile", `order ${clientId} stands beside a newer one and is cancelled`);
  surplus.push(...found.surplus);
  if (found.young.length + found.revived.length + found.surplus.length > 0)
    asks.want(event.venue, "what an order came to is not certain");
  if (first && found.foreign.length > 0)
    note("external", `${found.foreign.length} resting orders that nobody here placed are left alone`);
}

/**
 * One account behind two keys: an order of ours that stands at the other account too. What each of them holds would be counted
 * twice, and legs that should hedge each other would be one.
 */
export function seeTwin(
  { clientId, instrument }: Pick<OpenOrder, "clientId" | "instrument">,
  { world, halt }: House,
): void {
  const ours = clientId === undefined ? undefined : world.orders.find(clientId);
  if (ours === undefined || ours.instrument === instrument) return;
  if (world.market(ours.instrument) !== world.market(instrument)) return;
  const [one, other] = [venueOf(ours.instrument), venueOf(instrument)];
  halt(`${one} and ${other} show the same order ${clientId}: their keys belong to one account`);
}

/** What was there before us. */
function welcome({ instrument, is }: Difference, { world, heirOf, flattens, note }: House): void {
  const heir = heirOf(instrument);
  if (heir !== undefined) world.account.adopt(world.instrument(instrument), heir);
  if (heir === undefined || world.account.external(instrument) !== 0) {
    tell(instrument, is, note);
    return;
  }
  note("adopt", `took over a position of ${is} lots in ${instrument}`);
  if (flattens) world.clearing.add(heir);
}

function suspect({ instrument, was, is }: Difference, { asOf }: Snapshot, { world, note }: House): void {
  tell(instrument, is, note);
  if (!world.suspects.has(instrument)) world.suspects.set(instrument, { was: was ?? lots(0), asOf });
}

function tell(instrument: string, size: number, note: House["note"]): void {
  note("external", `the account holds ${size} lots of ${instrument} that are not ours`);
}

/** A list may lag behind a position: only what the next snapshot shows as well is a fact. */
function judgeSuspects({ venue, asOf }: Snapshot, { world, asks, patience, unexplainedLots, halt }: House): void {
  for (const [instrument, { was, asOf: since }] of world.suspects) {
    if (venueOf(instrument) !== venue) continue;
    const by = (world.account.external(instrument) ?? 0) - was;
    if (by !== 0 && asOf - since < patience.patienceMs / 3) {
      asks.want(venue, `the position in ${instrument} changed by ${by} lots without a trade`);
      continue;
    }
    world.suspects.delete(instrument);
    if (Math.abs(by) > unexplainedLots)
      halt(`the position in ${instrument} changed by ${by} lots without a trade that we know of`);
  }
}
