// Our orders at a venue: every frame and every answer about one becomes a fact once, and what is unclear is looked up.
import type {
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
import { BpError, type News, plain, symbolOf } from "@bp/core";
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
  /** @param mayLeave - asked at the last moment: after a no the order is not sent, and told as rejected */
  readonly place: (command: PlaceOrder, mayLeave?: () => boolean) => void;
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
    if (!signal.aborted) emit({ ...readable(news), venueAt, at: clock.now() });
  };
  const twin: Desk["twin"] = ({ clientId, id = "" }, second) => {
    options.trouble(
      new BpError("wire/schema", {
        what: `order ${clientId}`,
        path: "id",
        expected: `its only name, ${id}`,
        raw: second,
      }),
    );
    askSnapshot(`order ${clientId} is there twice, as ${id} and as ${second}`);
  };
  const desk: Desk = { ...options, index, tell, twin };
  const ends = createEnds(desk);
  const doubts = createDoubts(desk, ends);

  const heard = ({ instrument, venueOrderId, clientId, venueAt, news }: OrderFrame) => {
    let order = index.byVenue(venueOrderId) ?? (clientId === undefined ? undefined : index.byClient(clientId));
    if (order === undefined && clientId !== undefined) order = index.add(clientId, instrument, venueNow());
    if (order !== undefined && !index.name(order, venueOrderId)) {
      desk.twin(order, venueOrderId);
      order = undefined; // what it did is the account's, not this order's
    }
    if (order !== undefined) {
      order.heard = true;
      if (order.givenUp) askSnapshot(`order ${order.clientId} has arrived after it was given up`);
    }
    switch (news.type) {
      case "filled":
        if (order !== undefined) ends.accepted(order, venueAt);
        else askSnapshot("a trade of an order that nobody here placed"); // or of another account: the lists must bear it out
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

/** No reason is longer. */
const longestText = 500;

/** The same with the venue's words as they may be shown: a reason ends on screens and in logs. */
function readable(news: News): News {
  return "text" in news ? { ...news, text: plain(news.text).slice(0, longestText) } : news;
}
