// Commands as the venue's requests. Always a limit order with our own price: there is no market order here.
import { trimmed, type WhichOrder } from "@bp/adapter";
import { type Instrument, type PlaceOrder, priceText, sizeText, symbolOf } from "@bp/core";
import type { PlaceParams as FuturesPlace } from "../rest/futures/trade/place.ts";
import type { WhichOrder as WireOrder } from "../rest/params.ts";
import type { PlaceParams as SpotPlace } from "../rest/spot/trade/place.ts";
import { clientOrderIdOf } from "./clientIds.ts";

/** How positions of the account are kept. */
export type PositionMode = "one-way" | "hedge";

const forces = { gtc: "GTC", gtx: "GTX", ioc: "IOC", fok: "FOK" } as const;

/** An order for the spot market. */
export function spotPlaceOf(command: PlaceOrder, instrument: Instrument): SpotPlace {
  return {
    symbol: symbolOf(command.instrument),
    side: command.side === "buy" ? "BUY" : "SELL",
    type: "LIMIT",
    timeInForce: forces[command.tif],
    quantity: trimmed(sizeText(instrument, command.size)),
    price: trimmed(priceText(instrument, command.price)),
    newClientOrderId: clientOrderIdOf(command.clientId),
  };
}

/**
 * An order for a perpetual. In hedge mode a purchase opens a long and a sale a short, and what is reduce-only closes the other one.
 *
 * @param stops - the account can say which of two orders of its own ends (V3)
 */
export function futuresPlaceOf(
  command: PlaceOrder,
  instrument: Instrument,
  mode: PositionMode,
  stops: boolean,
): FuturesPlace {
  const { side, reduceOnly } = command;
  const long = (side === "buy") !== reduceOnly;
  const position =
    mode === "hedge" ? ({ positionSide: long ? "LONG" : "SHORT" } as const) : reduceOnly ? { reduceOnly: true } : {};
  return {
    ...spotPlaceOf(command, instrument),
    ...position,
    newOrderRespType: "RESULT",
    ...(stops ? { stpMode: "EXPIRE_TAKER" } : {}),
  };
}

/** Which order is meant: by the venue's id where it is known, else by ours. */
export function wireOrderOf({
  clientId,
  instrument,
  venueOrderId,
}: Pick<WhichOrder, "clientId" | "instrument" | "venueOrderId">): WireOrder {
  const symbol = symbolOf(instrument.id);
  return venueOrderId === undefined
    ? { symbol, origClientOrderId: clientOrderIdOf(clientId) }
    : { symbol, orderId: venueOrderId };
}
