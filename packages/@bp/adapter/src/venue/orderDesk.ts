// Our orders at a venue: every frame and every answer about one becomes a fact once, and what is unclear is looked up.
import type {
  BpError,
  CancelOrder,
  ClientId,
  Clock,
  Fill,
  Instrument,
  Millis,
  OpenOrder,
  PlaceOrder,
  Unnumbered,
} from "@bp/core";
import { symbolOf } from "@bp/core";
import { createCancelling } from "./cancelling.ts";
import type { Desk } from "./desk.ts";
import { createDoubts } from "./doubts.ts";
import { createEnds } from "./ends.ts";
import type { OrderApi, OrderFrame } from "./orderApi.ts";
import { createPlacing } from "./placing.ts";
import { createOrderIndex } from "./tracked.ts";

/** Whose orders, at which venue, and who hears of them. */
export interface OrderDeskOptions {
  readonly api: OrderApi;
  readonly clock: Clock;
  /** The venue's time. */
  readonly venueNow: () => Millis;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly emit: (fact: Unnumbered) => void;
  readonly trouble: (error: BpError) => void;
  readonly askSnapshot: (why: string) => void;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}

/** The orders of one account. */
export interface OrderDesk {
  readonly place: (command: PlaceOrder) => void;
  readonly cancel: (command: CancelOrder) => void;
  /** A frame of the private stream. */
  readonly heard: (frame: OrderFrame) => void;
  /** What a snapshot has told. */
  readonly told: (fills: readonly Fill[], open: readonly OpenOrder[]) => void;
  /** Trades that the stream told since then: what a complete list of fills must have. */
  readonly tradesSince: (venueAt: Millis) => ReadonlyMap<string, Fill>;
  readonly clientIdOfOrder: (venueOrderId: string) => ClientId | undefined;
  /** Whether an order of ours may rest in this market. */
  readonly resting: (symbol: string) => boolean;
}

/** The desk of one account. */
export function createOrderDesk(options: OrderDeskOptions): OrderDesk {
  const { clock, instrumentOf, venueNow, emit, askSnapshot, signal } = options;
  const index = createOrderIndex();
  const tell: Desk["tell"] = (news, venueAt) => {
    if (!signal.aborted) emit({ ...news, venueAt, at: clock.now() });
  };
  const desk: Desk = { ...options, index, tell };
  const ends = createEnds(desk);
  const doubts = createDoubts(desk, ends);

  const heard = ({ instrument, venueOrderId, clientId, venueAt, news }: OrderFrame) => {
    let order = index.byVenue(venueOrderId) ?? (clientId === undefined ? undefined : index.byClient(clientId));
    if (order === undefined && clientId !== undefined) order = index.add(clientId, instrument, venueNow());
    if (order !== undefined) {
      index.name(order, venueOrderId);
      order.heard = true;
      if (order.givenUp) askSnapshot(`order ${order.clientId} has arrived after it was given up`);
    }
    switch (news.type) {
      case "filled":
        if (order !== undefined) ends.accepted(order, venueAt);
        return ends.filled(order, { ...news.fill, clientId: order?.clientId });
      case "accepted":
        return order === undefined ? undefined : ends.accepted(order, venueAt);
      case "ended":
        return order === undefined ? undefined : ends.end(order, news.endingOf(order.tif), news.executed, venueAt, 0);
      case "unsure":
        return order === undefined ? askSnapshot(news.why) : doubts.check(order);
      case "changed":
        return askSnapshot(news.why);
    }
  };

  return {
    place: createPlacing(desk, doubts),
    cancel: createCancelling(desk, ends, doubts),
    heard,
    told: (fills, open) => {
      for (const each of open) {
        const instrument = instrumentOf(symbolOf(each.instrument));
        if (each.clientId === undefined || instrument === undefined || index.byClient(each.clientId) !== undefined)
          continue;
        const order = index.add(each.clientId, instrument, venueNow());
        index.name(order, each.venueOrderId);
        order.size = each.size;
        order.filled = each.filled;
        order.known = "accepted";
      }
      for (const fill of fills) ends.known(fill);
    },
    tradesSince: ends.tradesSince,
    clientIdOfOrder: (venueOrderId) => index.byVenue(venueOrderId)?.clientId,
    resting: index.resting,
  };
}
