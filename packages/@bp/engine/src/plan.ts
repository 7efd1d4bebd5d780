// The difference between what is wished and what works, as commands.
import {
  type ClientId,
  type Command,
  fits,
  type Hold,
  type Instrument,
  type InstrumentId,
  lots,
  type PlaceOrder,
  type Quote,
  type Side,
} from "@bp/core";
import { keeps, type Remark, type Ruling } from "@bp/risk";
import { about, type Decision, whyCancelled, whyLeft } from "./decisions.ts";
import type { Order } from "./orders.ts";
import type { Rests } from "./rests.ts";
import type { World } from "./world.ts";

/** What came of a round: commands, and why some wishes have to wait. */
export interface Plan {
  readonly commands: readonly Command[];
  readonly notes: readonly Remark[];
}

/** A hold that is not reached yet. */
interface Working {
  readonly strategy: string;
  readonly slot: string;
  readonly hold: Hold;
  /** Signed, in lots; the venue takes that much. */
  readonly missing: number;
}

/**
 * Brings the orders towards the wishes and remembers what it ordered.
 *
 * A quote keeps its order (and its place in the queue) while side and price are wished and what is left of it is not
 * above the wish. A slot is busy until its order is terminal. While an order or the position of an instrument is in doubt
 * nothing is placed there that could add to the risk. A hold takes precedence over own quotes that it could trade with.
 * After the bot itself was away, orders rest on for a while until their market can be seen.
 *
 * @param next - gives the next order number
 * @param record - gets what became of each order and each wish; left out, nothing is kept
 */
export function plan(
  wishes: readonly Ruling[],
  world: World,
  rests: Rests,
  next: () => ClientId,
  record?: Decision[],
): Plan {
  const commands: Command[] = [];
  const notes: Remark[] = [];
  const { orders, now } = world;
  const holds = workingHolds(wishes, world, notes, record);

  const meetsHold = (side: Side, price: number, instrument: InstrumentId): boolean => {
    for (const { hold, missing } of holds) {
      if (world.market(hold.instrument) !== world.market(instrument)) continue; // two accounts are one market
      if (missing > 0 && side === "sell" && price <= hold.worst) return true;
      if (missing < 0 && side === "buy" && price >= hold.worst) return true;
    }
    return false;
  };

  const wished = new Map<Order, Quote>();
  for (const { slot, intent } of wishes) {
    if (intent.kind !== "quote") continue;
    const order = orders.inSlot(slot);
    if (order !== undefined) wished.set(order, intent);
  }
  const mayRest = (id: InstrumentId): boolean =>
    world.quiet === undefined &&
    world.halted === undefined &&
    now < (world.still.get(world.venue(id)) ?? 0) &&
    !world.sees(id);
  for (const order of orders.live.values()) {
    if (order.state !== "open" || order.tif === "ioc" || mayRest(order.instrument)) {
      if (record !== undefined) record.push(about(order, "leave", whyLeft(order)));
      continue;
    }
    const quote = wished.get(order);
    const asWished = quote !== undefined && keeps(order, quote);
    if (asWished && !meetsHold(order.side, order.price, order.instrument)) {
      if (record !== undefined)
        record.push(about(order, "keep", "it works as wished, and keeps its place in the queue"));
      continue;
    }
    if (record !== undefined) record.push(about(order, "cancel", whyCancelled(order, quote, asWished, world)));
    orders.cancelling(order, now);
    commands.push({ type: "order.cancel", clientId: order.clientId, instrument: order.instrument });
  }

  const unclear = (id: InstrumentId): string | undefined => {
    if (world.suspects.has(id)) return "waits until the position is explained";
    return orders.doubtful(id) ? "waits until an order in doubt is cleared up" : undefined;
  };
  const wait = (rule: string, slot: string, { instrument }: Pick<PlaceOrder, "instrument">, why: string): void => {
    notes.push({ rule, slot, why });
    if (record !== undefined) record.push({ slot, action: "wait", instrument, why });
  };
  const place = (strategy: string, slot: string, order: Omit<PlaceOrder, "type" | "clientId" | "slot">): void => {
    const instrument = world.instrument(order.instrument);
    const misfit = fits(instrument, { ...order, postOnly: order.tif === "gtx" }, world.price(order.instrument));
    if (misfit !== undefined) {
      wait("filters", slot, order, misfit.text);
      return;
    }
    const command: PlaceOrder = { type: "order.place", clientId: next(), slot, ...order };
    orders.placed(command, strategy, now);
    commands.push(command);
    if (record === undefined) return;
    const { clientId, instrument: market, side, price, size } = command;
    record.push({ slot, action: "place", instrument: market, why: "its slot is free", clientId, side, price, size });
  };

  for (const { strategy, slot, hold, missing } of holds) {
    if (orders.inSlot(slot) !== undefined || rests.resting(slot, undefined, now)) {
      if (record !== undefined) record.push(blocked(slot, hold.instrument, orders.inSlot(slot), false));
      continue;
    }
    const side = missing > 0 ? "buy" : "sell";
    const instrument = world.instrument(hold.instrument);
    const reducing = reduces(world, instrument, strategy, missing);
    if (meetsOwn(world, hold, side, reducing)) {
      wait("own-cross", slot, hold, "waits until own orders that it could trade with are gone");
      continue;
    }
    const why = reducing ? undefined : unclear(hold.instrument);
    if (why !== undefined) {
      wait("unknown", slot, hold, why);
      continue;
    }
    const size = lots(Math.min(Math.abs(missing), instrument.maxSize ?? Number.MAX_SAFE_INTEGER));
    const reduceOnly = reducing && instrument.kind === "perp";
    place(strategy, slot, { instrument: instrument.id, side, price: hold.worst, size, tif: "ioc", reduceOnly });
  }

  for (const { strategy, slot, intent } of wishes) {
    if (intent.kind !== "quote") continue;
    const busy = orders.inSlot(slot);
    if (busy !== undefined) {
      if (record !== undefined && !(busy.state === "open" && keeps(busy, intent)))
        record.push(blocked(slot, intent.instrument, busy, false));
      continue;
    }
    const { instrument, side, price, size, postOnly, reduceOnly = false } = intent;
    if (rests.resting(slot, price, now) || meetsHold(side, price, instrument)) {
      if (record !== undefined) record.push(blocked(slot, instrument, undefined, !rests.resting(slot, price, now)));
      continue;
    }
    const why = reduceOnly ? undefined : unclear(instrument);
    if (why !== undefined) wait("unknown", slot, intent, why);
    else place(strategy, slot, { instrument, side, price, size, tif: postOnly ? "gtx" : "gtc", reduceOnly });
  }
  return { commands, notes };
}

/** Why nothing is placed for a wish although it is approved. */
function blocked(slot: string, instrument: InstrumentId, busy: Order | undefined, meetsHold: boolean): Decision {
  const why =
    busy !== undefined
      ? `its slot is busy until order ${busy.clientId} (${busy.state}) is gone`
      : meetsHold
        ? "a hold could trade with it"
        : "it rests after a refusal or a try that ended";
  return { slot, action: "wait", instrument, why };
}

/** The holds that are not reached. One that lacks less than the venue trades, or than is there, is as near as it can be. */
function workingHolds(
  wishes: readonly Ruling[],
  world: World,
  notes: Remark[],
  record?: Decision[],
): readonly Working[] {
  const holds: Working[] = [];
  for (const { strategy, slot, intent } of wishes) {
    if (intent.kind !== "hold") continue;
    const wanted = intent.position - world.account.size(intent.instrument, strategy);
    if (wanted === 0) {
      if (record !== undefined) record.push(calm(slot, intent, "it is held already"));
      continue;
    }
    const instrument = world.instrument(intent.instrument);
    const missing = closable(world, instrument, strategy, wanted);
    if (Math.abs(missing) >= instrument.minSize) {
      holds.push({ strategy, slot, hold: intent, missing });
      notes.push({ rule: "hold", slot, why: intent.why });
      continue;
    }
    const [rule, why] =
      missing === wanted
        ? ["filters", `${missing} lots are missing, which is less than can be traded`]
        : ["external", "what it would close was taken by another hand or a liquidation"];
    notes.push({ rule, slot, why });
    if (record !== undefined) record.push(calm(slot, intent, why));
  }
  return holds;
}

const calm = (slot: string, { instrument }: Hold, why: string): Decision => ({ slot, action: "wait", instrument, why });

/**
 * What of `wanted` lots can be traded. Where a liquidation or another hand took a part of a perpetual's position, only what
 * is left of it: closing the same twice opens the other side.
 */
function closable({ account }: World, { id, kind }: Instrument, strategy: string, wanted: number): number {
  if (kind !== "perp") return wanted;
  const held = account.size(id, strategy);
  if (Math.sign(held) !== -Math.sign(wanted)) return wanted;
  const left = account.left(id, strategy);
  return left === held ? wanted : Math.sign(wanted) * Math.min(Math.abs(wanted), Math.abs(left));
}

/**
 * Whether an order of ours could trade with a hold. One in doubt does not keep a reduction waiting: it may take long to
 * clear up, and the venue itself does not let two orders of one account trade. It lets those of two accounts trade.
 */
function meetsOwn(world: World, { instrument, worst }: Hold, side: Side, reducing: boolean): boolean {
  for (const order of world.orders.live.values()) {
    if (order.side === side || world.market(order.instrument) !== world.market(instrument)) continue;
    if (reducing && order.state === "unknown" && order.instrument === instrument) continue;
    if (side === "buy" ? order.price <= worst : order.price >= worst) return true;
  }
  return false;
}

/** Whether trading `missing` lots brings the owner, and the venue's account as a whole, nearer to flat. */
function reduces(world: World, instrument: Instrument, strategy: string, missing: number): boolean {
  const { account } = world;
  if (!nearer(account.size(instrument.id, strategy), missing)) return false;
  if (instrument.kind === "spot") return true;
  return nearer(account.size(instrument.id) + (account.external(instrument.id) ?? 0), missing);
}

function nearer(position: number, missing: number): boolean {
  return Math.sign(position) === -Math.sign(missing) && Math.abs(missing) <= Math.abs(position);
}
