// Events and commands, a line each.
import { type Command, type Event, plain } from "@bp/core";
import { cut, type Numbers } from "./numbers.ts";

/** A command. */
export function commandText(command: Command, numbers: Numbers): string {
  if (command.type === "account.ask") return `${command.type} ${command.venue}: ${plain(command.why)}`;
  if (command.type === "order.cancel") return `${command.type} ${command.clientId} ${command.instrument}`;
  const { type, clientId, instrument, side, price, size, tif, reduceOnly } = command;
  const { price: priced, size: sized } = numbers(instrument);
  return `${type} ${clientId} ${instrument} ${side} ${sized(size)} ${priced(price)} ${tif}${reduceOnly ? " reduce-only" : ""}`;
}

/** What an event says, in a line. */
export function factText(event: Event, numbers: Numbers): string {
  if (event.type === "book.reset" || event.type === "book.changed")
    return `${event.instrument}: ${event.bids.length} bids, ${event.asks.length} asks`;
  if (event.type === "trade.printed" || event.type === "order.filled") {
    const { price, size } = numbers(event.instrument);
    const side = event.type === "order.filled" ? event.side : event.taker;
    const who =
      event.type === "order.filled" ? ` of order ${event.clientId ?? "-"}, trade ${plain(event.tradeId)}` : "";
    return `${event.instrument}: ${side} ${size(event.size)} at ${price(event.price)}${who}`;
  }
  const { type: _, seq: __, at: ___, venueAt: ____, ...rest } = event;
  return cut(JSON.stringify(rest));
}
