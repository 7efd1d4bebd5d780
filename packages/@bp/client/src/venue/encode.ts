// Commands as the venue's requests.

import { trimmed, type WhichOrder } from "@bp/adapter";
import { type Instrument, type PlaceOrder, priceText, sizeText, symbolOf } from "@bp/core";
import type { PlaceParams } from "../rest/orders/place.ts";
import type { WhichOrder as WireOrder } from "../rest/orders/which.ts";

/**
 * An order command as the body of a POST. Always a limit order with our own price: there is no market order here.
 *
 * @param redeem - take back what is lent if the order needs it (spot only)
 */
export function placeParamsOf(command: PlaceOrder, instrument: Instrument, redeem: boolean): PlaceParams {
  const { tif } = command;
  return {
    symbol: symbolOf(command.instrument),
    side: command.side === "buy" ? "Bid" : "Ask",
    orderType: "Limit",
    price: trimmed(priceText(instrument, command.price)),
    quantity: trimmed(sizeText(instrument, command.size)),
    timeInForce: tif === "ioc" ? "IOC" : tif === "fok" ? "FOK" : "GTC",
    clientId: command.clientId,
    selfTradePrevention: "RejectTaker",
    ...(tif === "gtx" ? { postOnly: true } : {}),
    ...(command.reduceOnly && instrument.kind === "perp" ? { reduceOnly: true } : {}),
    ...(redeem && instrument.kind === "spot" ? { autoLendRedeem: true } : {}),
  };
}

/** Which order is meant: by the venue's id where it is known, else by ours. */
export function wireOrderOf({
  clientId,
  instrument,
  venueOrderId,
}: Pick<WhichOrder, "clientId" | "instrument" | "venueOrderId">): WireOrder {
  const symbol = symbolOf(instrument.id);
  return venueOrderId === undefined ? { symbol, clientId } : { symbol, orderId: venueOrderId };
}
