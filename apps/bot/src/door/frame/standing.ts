// What was wished when a step was explained, held against what stands when the picture is drawn: it is younger.
import { type OrderView, plain, priceText, sizeText } from "@bp/core";
import type { Engine, Explained } from "@bp/engine";
import type { StrategyNow, WishNow } from "dashboard/contract";
import { heldBy } from "./idle.ts";

/** What is so now. */
export type StandingWorld = Pick<Engine, "orders" | "quiet"> & {
  readonly view: Pick<Engine["view"], "halted" | "instrument">;
};

/**
 * Strategies whose wishes are true of now. None is said to be placed whose order is not there; an order that was placed since
 * is what its wish has become. Without an explained step, or since a halt or a person's ask has changed everything, there are
 * no wishes, and why is said.
 *
 * @param told - made from the explained step
 */
export function standingNow(
  told: readonly StrategyNow[],
  explained: Explained | undefined,
  { orders, quiet, view }: StandingWorld,
): readonly StrategyNow[] {
  const { halted } = view;
  if (explained === undefined || explained.view.halted !== halted || explained.view.quiet !== quiet) {
    const why = { ...(halted === undefined ? {} : { halted }), ...(quiet === undefined ? {} : { quiet }) };
    const idle = plain(heldBy(why) ?? "it has not been judged yet");
    return told.map((strategy) => ({ ...strategy, wishes: [], idle }));
  }
  const bySlot = new Map([...orders.values()].map((order) => [order.slot, order]));
  return told.map((strategy) => ({
    ...strategy,
    wishes: strategy.wishes.map((wish) => against(wish, bySlot.get(`${strategy.name}/${wish.slot}`))),
  }));

  function against(wish: WishNow, order: OrderView | undefined): WishNow {
    const { rule: _rule, why: _why, ...terms } = wish;
    const goes = order?.state === "open" || order?.state === "placing";
    if (wish.outcome !== "works" && wish.outcome !== "trimmed")
      return goes && isNew(order) ? became(wish, order) : wish;
    if (order === undefined) return { ...terms, outcome: "waits", why: "no order of it stands now" };
    if (order.state === "unknown") return { ...terms, outcome: "waits", why: "its order is in doubt" };
    if (!goes) return { ...terms, outcome: "waits", why: "its order is being cancelled" };
    if (wish.kind === "hold") return wish;
    const price = priceText(view.instrument(order.instrument), order.price);
    if (order.side === wish.side && price === wish.price) return wish;
    if (isNew(order)) return became(wish, order);
    return { ...terms, outcome: "waits", why: `its order still stands at ${price}` };
  }

  function isNew({ placedAt }: OrderView): boolean {
    return explained !== undefined && placedAt >= explained.view.now;
  }

  function became(wish: WishNow, { instrument: id, side, price, size }: OrderView): WishNow {
    const { rule: _rule, why, ...rest } = wish;
    if (wish.kind === "hold") return { ...rest, outcome: "works", ...(why === undefined ? {} : { why }) };
    const instrument = view.instrument(id);
    const terms = { side, price: priceText(instrument, price), size: sizeText(instrument, size) };
    return { ...rest, market: id, ...terms, outcome: "works" };
  }
}
