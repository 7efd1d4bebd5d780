// A log in the making, for tests: numbers events, keeps time, places and fills orders.
import {
  type ClientId,
  type Command,
  clientId,
  decimal,
  type Entry,
  type Event,
  type Instrument,
  instrument,
  lots,
  millis,
  type News,
  type Side,
  toLots,
  toTicks,
} from "@bp/core";

export const perp: Instrument = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.001",
  lotSize: "0.001",
});

export const spot: Instrument = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

export const start = 1_763_640_000_000;

export interface Scene {
  readonly entries: Entry[];
  now: number;
  event(news: News, dates?: { readonly at?: number; readonly venueAt?: number }): Event;
  command(command: Command): void;
  place(side: Side, price: string, size: string, tif?: "gtx" | "ioc"): ClientId;
  accept(id: ClientId): void;
  fill(id: ClientId, side: Side, price: string, size: string, more?: FillMore): Event;
  /** Places, accepts and fills at once. */
  trade(side: Side, price: string, size: string, more?: FillMore): Event;
  book(bid: string, ask: string): void;
}

interface FillMore {
  readonly fee?: string;
  readonly feeAsset?: string;
  readonly liquidity?: "maker" | "taker";
  readonly tradeId?: string;
  readonly total?: string;
  readonly dates?: { readonly at?: number; readonly venueAt?: number };
}

export function scene(market: Instrument = perp): Scene {
  const entries: Entry[] = [];
  let seq = 0;
  let orders = 0;
  let trades = 0;
  const made: Scene = {
    entries,
    now: start,
    event: (news, dates) => {
      const at = millis(dates?.at ?? made.now);
      const event: Event = { ...news, at, venueAt: millis(dates?.venueAt ?? at), seq: ++seq };
      entries.push({ dir: "in", event });
      return event;
    },
    command: (command) => void entries.push({ dir: "out", cause: seq, command }),
    place: (side, price, size, tif = "gtx") => {
      const id = clientId(0x100_0000 + ++orders);
      made.command({
        type: "order.place",
        clientId: id,
        instrument: market.id,
        slot: `maker/${side}.${orders}`,
        side,
        price: toTicks(market, price),
        size: toLots(market, size),
        tif,
        reduceOnly: false,
      });
      return id;
    },
    accept: (id) => void made.event({ type: "order.accepted", clientId: id, venueOrderId: `v${id}` }),
    fill: (id, side, price, size, more = {}) =>
      made.event(
        {
          type: "order.filled",
          clientId: id,
          venueOrderId: `v${id}`,
          tradeId: more.tradeId ?? `t${++trades}`,
          instrument: market.id,
          side,
          price: toTicks(market, price),
          size: toLots(market, size),
          total: toLots(market, more.total ?? size),
          fee: decimal(more.fee ?? "0"),
          feeAsset: more.feeAsset ?? market.quote,
          liquidity: more.liquidity ?? "maker",
        },
        more.dates,
      ),
    trade: (side, price, size, more) => {
      const id = made.place(side, price, size);
      made.accept(id);
      return made.fill(id, side, price, size, more);
    },
    book: (bid, ask) =>
      void made.event({
        type: "book.reset",
        instrument: market.id,
        bids: [[toTicks(market, bid), lots(100)]],
        asks: [[toTicks(market, ask), lots(100)]],
      }),
  };
  return made;
}
