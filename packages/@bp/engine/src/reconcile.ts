// The venue's word on the whole account: its trades, then its positions and balances, then its orders, and what does not fit.
import {
  type Big,
  bigToDecimal,
  type ClientId,
  type EventOf,
  type InstrumentId,
  lots,
  type OpenOrder,
  priceToBig,
  ticks,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { Change } from "./account.ts";
import { amountIn, priceIn } from "./amounts.ts";
import { type House, isFirst } from "./house.ts";
import type { Gap } from "./ledger.ts";
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
  claimNumbers(event, house);
  for (const fill of event.fills) if (!world.account.counted(fill)) foldFill({ ...fill, at, seq });
  if (!world.account.isNews(event)) return; // an older answer that came late
  const { changes, gaps } = world.account.snapshot(event, world.instruments, house.settleMs);
  asks.answer(venue, at);
  if (!world.deaf(venue)) world.account.know(venue);
  settleOrders(event, house, first);
  for (const change of changes) {
    if (first) welcome(change, house);
    else suspect(change, event, house);
  }
  judgeSuspects(event, house);
  for (const gap of gaps) judgeGap(gap, venue, house);
  for (const id of world.instruments.keys()) if (venueOf(id) === venue) concede(id, house);
}

/**
 * Numbers of this run that the venue shows, filled or resting, and that its journal has lost: counted as given, in the order in
 * which they were given, whatever order the venue lists them in.
 */
function claimNumbers({ orders, fills }: Snapshot, { world, earlier, claimLost, lost }: House): void {
  const shown = new Set<ClientId>();
  for (const { clientId } of [...orders, ...fills])
    if (clientId !== undefined && !earlier.has(clientId) && world.orders.find(clientId) === undefined)
      shown.add(clientId);
  for (const id of [...shown].toSorted((one, other) => one - other)) if (claimLost(id)) lost.add(id);
}

/** While nothing of ours is held, whatever the account holds is the user's own, unless the next snapshot explains it. */
export function concede(instrument: InstrumentId, { world }: House): void {
  if (!world.suspects.has(instrument)) world.account.concede(instrument);
}

function settleOrders(event: Snapshot, house: House, first: boolean): void {
  const { world, asks, patience, earlier, lost, foreign, surplus, note, differ } = house;
  const { venue } = event;
  const found = layOrders(event, world, patience);
  const late = (why: string) => differ(venue, "order", "late", why);
  for (const id of found.gone) late(`order ${id} is no longer at the venue`);
  for (const id of found.revived) late(`order ${id} stands after all`);
  for (const id of found.forgiven)
    differ(venue, "fill", "unexplained", `fills of order ${id} are in no list; the position tells the rest`);
  for (const { clientId } of found.surplus) late(`order ${clientId} stands beside a newer one and is cancelled`);
  surplus.push(...found.surplus);
  if (found.young.length + found.revived.length + found.surplus.length > 0)
    asks.want(venue, "what an order came to is not certain", event.at);

  let news = 0;
  for (const order of found.foreign) {
    seeTwin(order, house);
    const { clientId, instrument, venueOrderId } = order;
    const key = `${venue}/${venueOrderId}`;
    const isOfBefore = clientId !== undefined && earlier.has(clientId);
    if (clientId !== undefined && (isOfBefore || lost.has(clientId))) {
      surplus.push({ clientId, instrument });
      if (!foreign.has(key) && isOfBefore) late(`order ${clientId} of an earlier run still stands and is cancelled`);
      else if (!foreign.has(key))
        differ(
          venue,
          "order",
          "unexplained",
          `order ${clientId} is ours, and the journal has lost it: it is cancelled`,
        );
      asks.want(venue, "an order without a slot is cancelled", event.at);
    } else if (!foreign.has(key)) {
      news += 1;
      if (!first) differ(venue, "order", "external", `an order that nobody here placed: ${shown(order, world)}`);
    }
    foreign.add(key);
  }
  if (first && news > 0) note("external", `${news} resting orders that nobody here placed are left alone`);
}

function shown({ side, size, price, instrument }: OpenOrder, world: House["world"]): string {
  return `${side} ${amountIn(world, instrument, size)} at ${priceIn(world, instrument, price)} in ${instrument}`;
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
function welcome({ instrument, is }: Change, house: House): void {
  const { world, heirOf, flattens, note } = house;
  const heir = heirOf(instrument);
  if (heir !== undefined) world.account.adopt(world.instrument(instrument), heir);
  if (heir === undefined || world.account.external(instrument) !== 0) {
    tell(instrument, is, house);
    return;
  }
  note("adopt", `took over a position of ${amountIn(world, instrument, is)} in ${instrument}`);
  if (flattens) world.clearing.add(heir);
}

function suspect({ instrument, was, is }: Change, { asOf }: Snapshot, house: House): void {
  const { world } = house;
  tell(instrument, is, house);
  if (!world.suspects.has(instrument)) world.suspects.set(instrument, { was: was ?? lots(0), asOf });
}

function tell(instrument: InstrumentId, size: number, { world, note }: House): void {
  note("external", `the account holds ${amountIn(world, instrument, size)} in ${instrument} that is not ours`);
}

/** A list may lag behind a position: only what the next snapshot shows as well is a fact. */
function judgeSuspects(
  { venue, asOf, at }: Snapshot,
  { world, asks, patience, unexplainedLots, differ, halt }: House,
): void {
  for (const [instrument, { was, asOf: since }] of world.suspects) {
    if (venueOf(instrument) !== venue) continue;
    const by = (world.account.external(instrument) ?? 0) - was;
    const why = `the position in ${instrument} changed by ${amountIn(world, instrument, by)} without a trade that we know of`;
    if (by !== 0 && asOf - since < patience.patienceMs / 3) {
      asks.want(venue, why, at);
      continue;
    }
    world.suspects.delete(instrument);
    if (by === 0) differ(venue, "position", "late", `the position in ${instrument} is explained`);
    else differ(venue, "position", "unexplained", why);
    if (Math.abs(by) > unexplainedLots) halt(why);
  }
}

/**
 * What no trade, fee or funding explains of a balance is the user's own doing (a transfer, a trade in another market) or what
 * venues do not tell (interest), unless it is more than a person wants to have unexplained.
 */
function judgeGap({ asset, by }: Gap, venue: VenueId, { world, maxUnexplained, differ, halt }: House): void {
  const sign = by.gt(0) ? "+" : "";
  const why = `the balance of ${asset} at ${venue} changed by ${sign}${bigToDecimal(by)} without a trade, fee or funding that we know of`;
  const isMuch = maxUnexplained !== undefined && worthOf(asset, by, world).gt(maxUnexplained);
  differ(venue, "balance", isMuch ? "unexplained" : "external", why);
  if (isMuch) halt(why);
}

/** In quote, by the market in which it is the base; an asset that nobody here trades counts as it is. */
function worthOf(asset: string, by: Big, world: House["world"]): Big {
  for (const instrument of world.instruments.values()) if (instrument.quote === asset) return by.abs();
  for (const instrument of world.instruments.values()) {
    const price = instrument.base === asset ? world.price(instrument.id) : undefined;
    if (price !== undefined) return by.abs().times(priceToBig(instrument, ticks(Math.round(price))));
  }
  return by.abs();
}
