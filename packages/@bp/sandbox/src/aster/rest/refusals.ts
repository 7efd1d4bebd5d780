// What the exchange refuses, in the venue's codes.
import type { ChangeRefusal, Refusal } from "@bp/sim";
import { Refused } from "../../answer.ts";
import { fault, unknownOrder } from "../refuse.ts";

const codes: Record<Refusal, readonly [number, string]> = {
  "unknown-instrument": [-1121, "Invalid symbol."],
  "market-closed": [-4141, "Symbol is closed."],
  "bad-price": [-4014, "Price not increased by tick size."],
  "bad-size": [-4005, "Quantity greater than max quantity."],
  "would-take": [
    -5022,
    "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history",
  ],
  "no-funds": [-2018, "Balance is insufficient."],
  "no-margin": [-2019, "Margin is insufficient."],
  "reduce-only": [-2022, "ReduceOnly Order is rejected."],
  "duplicate-client-id": [-2010, "Duplicate order sent."],
  "too-many-orders": [-2025, "Reach max open order limit."],
  "not-found": [-2013, "Order does not exist."],
  "bad-request": [-1130, "Data sent for parameter is not valid."],
  "would-trigger": [-2021, "Order would immediately trigger."],
  "position-side": [-4061, "Order's position side does not match user's setting."],
};

/** An order that was not taken. @param waits - whether it has a trigger */
export function refusedOrder(refusal: Refusal, waits: boolean): Refused {
  if (refusal === "too-many-orders" && waits) return new Refused(fault(-4045, "Reach max stop order limit."));
  const [code, msg] = codes[refusal];
  return new Refused(fault(code, msg));
}

/** A cancel that found nothing. */
export const refusedCancel = (refusal: Refusal): Refused =>
  refusal === "not-found" ? new Refused(unknownOrder) : refusedOrder(refusal, false);

const changes: Record<ChangeRefusal, readonly [number, string]> = {
  "unknown-instrument": [-1121, "Invalid symbol."],
  "open-orders": [-4047, "Margin type cannot be changed if there exists open orders."],
  "open-positions": [-4048, "Margin type cannot be changed if there exists position."],
  "no-position": [-4054, "Cannot add position margin: position is 0."],
  "no-margin": [-2019, "Margin is insufficient."],
  isolated: [-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions"],
  "multi-assets": [-4168, "Unable to adjust to isolated-margin mode under the Multi-Assets mode."],
  "bad-request": [-1130, "Data sent for parameter is not valid."],
};

/** A setting that stays as it is; where an endpoint has words of its own it gives them. */
export function refusedChange(
  refusal: ChangeRefusal,
  own: Partial<Record<ChangeRefusal, readonly [number, string]>> = {},
): Refused {
  const [code, msg] = own[refusal] ?? changes[refusal];
  return new Refused(fault(code, msg));
}
