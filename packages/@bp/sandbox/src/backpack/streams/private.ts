// Account streams: orders, positions, balances, each to its own account alone.
import { type InstrumentId, symbolOf } from "@bp/core";
import type { SimFact } from "@bp/sim";
import { Big } from "big.js";
import type { Hub, Listener } from "../../hub.ts";
import { money } from "../../text.ts";
import type { BackpackHouse } from "../house.ts";
import { figuresOf, positionUpdate } from "../positions.ts";
import { type OrderEvent, orderUpdate } from "../wire/order.ts";

const orderEvents = {
  "order-accepted": "orderAccepted",
  "order-cancelled": "orderCancelled",
  "order-expired": "orderExpired",
  "order-modified": "orderModified",
  "order-amended": "orderModified",
  "order-filled": "orderFill",
  "order-waiting": "triggerPlaced",
  "order-trigger-failed": "triggerFailed",
} as const satisfies Record<string, OrderEvent>;

const positionEvents = { opened: "positionOpened", adjusted: "positionAdjusted", closed: "positionClosed" } as const;

/** Starts telling; returns the way to stop. */
export function startPrivateStreams(house: BackpackHouse, hub: Hub): () => void {
  const { exchange, times } = house;
  const datesOf = (fact: SimFact) => ({ emitted: times.emitted(fact.at), happened: times.toldMicros(fact.at) });
  /** To both forms of the stream: all markets, and this one. */
  const tell = (what: string, account: string, instrument: InstrumentId, make: () => Record<string, unknown>) => {
    const both = [`account.${what}`, `account.${what}.${symbolOf(instrument)}`].filter((stream) =>
      hub.wanted(stream, account),
    );
    if (both.length === 0) return;
    const data = make();
    for (const stream of both) hub.publish(stream, data, account);
  };
  return exchange.listen((fact) => {
    switch (fact.type) {
      case "order-accepted":
      case "order-cancelled":
      case "order-expired":
      case "order-modified":
      case "order-amended":
      case "order-waiting":
      case "order-trigger-failed":
      case "order-filled": {
        const { order } = fact;
        const fill = fact.type === "order-filled" ? fact.fill : undefined;
        const event = orderEvents[fact.type];
        const origin = house.isSystem(order.id) ? "LIQUIDATION_AUTOCLOSE" : "USER";
        tell("orderUpdate", fact.account, order.instrument, () =>
          orderUpdate(
            house.marketOf(order.instrument),
            event,
            order,
            fill,
            datesOf(fact),
            house.notes.of(order.id),
            origin,
          ),
        );
        return;
      }
      case "position": {
        const { position, account } = fact;
        tell("positionUpdate", account, position.instrument, () => {
          const figures = figuresOf(exchange, house.positions, house.marketOf(position.instrument), account, position);
          return positionUpdate(figures, position, datesOf(fact), positionEvents[fact.change]);
        });
        return;
      }
      case "balance": {
        const { balance, account } = fact;
        if (!hub.wanted("account.balanceUpdate", account)) return;
        const { emitted, happened } = datesOf(fact);
        const data = {
          A: money(new Big(balance.total).minus(balance.locked)),
          E: emitted,
          L: money(balance.locked),
          S: "0",
          T: happened,
          a: balance.asset,
          e: "balanceUpdate",
        };
        hub.publish("account.balanceUpdate", data, account);
        return;
      }
      case "depth":
      case "trade":
      case "mark":
      case "funding": // no stream tells it
      case "liquidation":
      case "instrument":
      case "order-triggered": // its acceptance or its failure follows
    }
  });
}

/** The open positions, told to one listener right after it subscribed; nothing when flat. */
export function tellPositions(
  house: BackpackHouse,
  hub: Hub,
  listener: Listener,
  stream: string,
  account: string,
  only: InstrumentId | undefined,
): void {
  const { exchange, times } = house;
  const at = exchange.now();
  for (const position of exchange.positions(account)) {
    if (position.size === 0 || (only ?? position.instrument) !== position.instrument) continue;
    const figures = figuresOf(exchange, house.positions, house.marketOf(position.instrument), account, position);
    const dates = { emitted: times.emitted(at), happened: times.toldMicros(at) };
    hub.tell(listener, stream, positionUpdate(figures, position, dates, undefined));
  }
}
