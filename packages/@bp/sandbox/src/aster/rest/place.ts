// Placing one order: the exchange is asked, and the answer says what was asked for.
import type { OrderRequest, PlaceResult } from "@bp/sim";
import type { Member } from "../accounts.ts";
import type { Entry } from "../desk.ts";
import type { AsterHouse } from "../house.ts";
import { acknowledged, type OrderForm, orderJson } from "../wire/order.ts";
import type { Draft } from "./draft.ts";
import { refusedOrder } from "./refusals.ts";

/** @throws Refused when the exchange does not take it */
export async function place(
  house: AsterHouse,
  member: Member,
  draft: Draft,
  form: OrderForm,
): Promise<Record<string, unknown>> {
  const entry = placeNow(house, member, draft);
  if (draft.response === "ACK") return orderJson(house, acknowledged(entry), form);
  return orderJson(house, await matched(house, member, draft.request, entry), form);
}

/** Asks the exchange. @throws Refused */
export function placeNow(house: AsterHouse, member: Member, { request, note }: Draft): Entry {
  const result: PlaceResult = house.because("ORDER", () =>
    house.desk.noting(member.name, note, () => house.exchange.place(member.name, request)),
  );
  if (!result.ok) throw refusedOrder(result.refusal, request.trigger !== undefined || request.trailing !== undefined);
  const { order } = result;
  return (
    house.desk.entry(member.name, order.id) ?? {
      order,
      note,
      updatedAt: house.exchange.now(),
      fired: false,
      system: false,
    }
  );
}

/** The order after the delay of those that may take. */
async function matched(house: AsterHouse, member: Member, request: OrderRequest, entry: Entry): Promise<Entry> {
  const { exchange, takerDelayMs } = house;
  if (takerDelayMs > 0 && !request.postOnly)
    while (exchange.now() <= entry.order.createdAt + takerDelayMs)
      await new Promise((resolve) => setTimeout(resolve, 2));
  return house.desk.entry(member.name, entry.order.id) ?? entry;
}
