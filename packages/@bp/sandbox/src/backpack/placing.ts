// Hands an order to the exchange with what the venue does around it: notes, spot margin, and its own words for a refusal.
import type { ClientKey, OrderRequest, PlaceResult } from "@bp/sim";
import type { Answer } from "../answer.ts";
import type { House } from "../house.ts";
import type { Member } from "./accounts.ts";
import type { SpotMargin } from "./desks/spotMargin.ts";
import type { NoteBook, OrderNote } from "./notes.ts";
import { notFound } from "./refuse.ts";

/** Who has to do with an order that is placed. */
interface Counter extends Pick<House, "exchange" | "agenda"> {
  readonly notes: NoteBook;
  readonly spotMargin: SpotMargin;
}

/** Places an order. Money that is lent or can be borrowed is fetched where the order allows it and needs it. */
export function placeNoted(
  { exchange, notes, spotMargin, agenda }: Counter,
  member: Member,
  request: OrderRequest,
  note: OrderNote,
): PlaceResult {
  if (!spotMargin.allows(member, request)) return { ok: false, refusal: "no-margin", text: "Insufficient margin" };
  const attempt = () => notes.during(member.name, note, () => exchange.place(member.name, request));
  let result = attempt();
  if (!result.ok && result.refusal === "no-funds" && spotMargin.fetch(member, request, note.auto)) result = attempt();
  agenda.run(exchange.now()); // what its fills set in motion
  return result;
}

/** The exchange's refusal in the venue's words. */
export function refusalAnswer(result: Extract<PlaceResult, { ok: false }>, clientId: ClientKey | undefined): Answer {
  const say = (code: string, message: string, status = 400): Answer => ({ status, json: { code, message } });
  switch (result.refusal) {
    case "would-take":
      return say("INVALID_ORDER", "Order would immediately match and take");
    case "duplicate-client-id":
      return say("INVALID_ORDER", `Order with client ID already exists: ${clientId ?? 0}`);
    case "no-funds":
      return say("INSUFFICIENT_FUNDS", "Insufficient funds");
    case "no-margin":
      return say("INSUFFICIENT_MARGIN", "Insufficient margin");
    case "bad-price":
      return say("INVALID_PRICE", result.text);
    case "bad-size":
      return say("INVALID_QUANTITY", result.text);
    case "reduce-only":
      return say("INVALID_ORDER", "Reduce only order not reduced");
    case "market-closed":
      return say("TRADING_PAUSED", "Trading paused");
    case "too-many-orders":
      return say("ORDER_LIMIT", "Too many open orders");
    case "unknown-instrument":
      return say("INVALID_MARKET", "Invalid market");
    case "not-found":
      return notFound;
    case "would-trigger":
      return say("INVALID_ORDER", "Order would immediately trigger");
    case "position-side":
    case "bad-request":
      return say("INVALID_ORDER", result.text);
  }
}
