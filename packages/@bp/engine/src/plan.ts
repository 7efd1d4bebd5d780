// The difference between what is wished and what works, as commands.
import {
  type ClientId,
  type Command,
  type Hold,
  type Instrument,
  type InstrumentId,
  type Lots,
  type PlaceOrder,
  type Quote,
  fits,
  lots,
} from "@bp/core";
import type { Ruling } from "@bp/risk";
import type { Order } from "./orders.ts";
import type { Rests } from "./rests.ts";
import type { World } from "./world.ts";

/** What came of a round: commands, and why some wishes have to wait. */
export interface Plan {
  readonly commands: readonly Command[];
  readonly notes: readonly { readonly rule: string; readonly slot: string; readonly why: string }[];
}

/**
 * Brings the orders towards the wishes and remembers what it ordered.
 *
 * A quote keeps its order (and its place in the queue) while side and price are wished and what is left of it is not
 * above the wish. A slot is busy until its order is terminal. While an order of an instrument is in doubt nothing is
 * placed there that could add to the risk. A hold takes precedence over own quotes that it could trade with.
 *
 * @param next - gives the next order number
 */
export function plan(wishes: readonly Ruling[], world: World, rests: Rests, next: () => ClientId): Plan {
  const commands: Command[] = [];
  const notes: { rule: string; slot: string; why: string }[] = [];
  const { orders, now } = world;
  const wished = new Map<string, Quote>();
  const holds: { readonly strategy: string; readonly slot: string; readonly hold: Hold; readonly missing: number }[] = [];

  for (const { strategy, slot, intent } of wishes) {
    if (intent.kind === "quote") {
      wished.set(slot, intent);
      continue;
    }
    const missing = intent.position - world.account.size(world.instrument(intent.instrument), strategy);
    if (missing !== 0) holds.push({ strategy, slot, hold: intent, missing });
  }

  const meetsHold = (side: "buy" | "sell", price: number, instrument: InstrumentId): boolean => {
    for (const { hold, missing } of holds) {
      if (hold.instrument !== instrument) continue;
      if (missing > 0 && side === "sell" && price <= hold.worst) return true;
      if (missing < 0 && side === "buy" && price >= hold.worst) return true;
    }
    return false;
  };

  for (const order of orders.live.values()) {
    if (order.state !== "open" || order.tif === "ioc") continue;
    const quote = wished.get(order.slot);
    if (quote !== undefined && keeps(order, quote) && !meetsHold(order.side, order.price, order.instrument)) continue;
    orders.cancelling(order, now);
    commands.push({ type: "order.cancel", clientId: order.clientId, instrument: order.instrument });
  }

  const place = (strategy: string, slot: string, order: Omit<PlaceOrder, "type" | "clientId" | "slot">): void => {
    const instrument = world.instrument(order.instrument);
    const misfit = fits(instrument, { ...order, postOnly: order.tif === "gtx" }, world.price(order.instrument));
    if (misfit !== undefined) return void notes.push({ rule: "filters", slot, why: misfit.text });
    const command: PlaceOrder = { type: "order.place", clientId: next(), slot, ...order };
    orders.placed(command, strategy, now);
    commands.push(command);
  };

  for (const { strategy, slot, hold: intent, missing } of holds) {
    if (orders.inSlot(slot) !== undefined) continue;
    if (rests.resting(slot, undefined, now)) continue;
    const side = missing > 0 ? "buy" : "sell";
    if (meetsOwn(world, intent.instrument, side, intent.worst)) {
      notes.push({ rule: "own-cross", slot, why: "waits until own orders that it could trade with are gone" });
      continue;
    }
    const instrument = world.instrument(intent.instrument);
    const reducing = reduces(world, instrument, strategy, missing);
    if (!reducing && orders.doubtful(intent.instrument)) {
      notes.push({ rule: "unknown-order", slot, why: "waits until an order in doubt is cleared up" });
      continue;
    }
    const size = lots(Math.min(Math.abs(missing), instrument.maxSize ?? Number.MAX_SAFE_INTEGER));
    const reduceOnly = reducing && instrument.kind === "perp";
    place(strategy, slot, { instrument: intent.instrument, side, price: intent.worst, size, tif: "ioc", reduceOnly });
  }

  for (const { strategy, slot, intent } of wishes) {
    if (intent.kind !== "quote") continue;
    if (orders.inSlot(slot) !== undefined) continue;
    if (rests.resting(slot, intent.price, now)) continue;
    const { instrument, side, price, size, postOnly, reduceOnly = false } = intent;
    if (meetsHold(side, price, instrument)) continue;
    if (!reduceOnly && orders.doubtful(instrument)) {
      notes.push({ rule: "unknown-order", slot, why: "waits until an order in doubt is cleared up" });
      continue;
    }
    place(strategy, slot, { instrument, side, price, size, tif: postOnly ? "gtx" : "gtc", reduceOnly });
  }
  return { commands, notes };
}

function keeps(order: Order, quote: Quote): boolean {
  return (
    order.side === quote.side &&
    order.price === quote.price &&
    order.instrument === quote.instrument &&
    order.postOnly === quote.postOnly &&
    order.reduceOnly === (quote.reduceOnly ?? false) &&
    order.size - order.filled <= quote.size
  );
}

function meetsOwn(world: World, instrument: InstrumentId, side: "buy" | "sell", worst: number): boolean {
  for (const order of world.orders.live.values()) {
    if (order.instrument !== instrument || order.side === side) continue;
    if (side === "buy" ? order.price <= worst : order.price >= worst) return true;
  }
  return false;
}

/** Whether trading `missing` lots brings the owner, and the venue's account as a whole, nearer to flat. */
function reduces(world: World, instrument: Instrument, strategy: string, missing: number): boolean {
  const own = world.account.size(instrument, strategy);
  if (!nearer(own, missing)) return false;
  if (instrument.kind === "spot") return true;
  const whole = world.account.size(instrument) + ((world.account.external(instrument.id) ?? 0) as Lots);
  return nearer(whole, missing);
}

function nearer(position: number, missing: number): boolean {
  return Math.sign(position) === -Math.sign(missing) && Math.abs(missing) <= Math.abs(position);
}
