// A small world for the tests of strategies: what it says is set by hand, and events are fed to one strategy.
import {
  type Balance,
  Big,
  type BookView,
  clientIdOf,
  decimal,
  type Event,
  type Holding,
  type Instrument,
  type Intent,
  instrument,
  type Level,
  lots,
  type MarkView,
  millis,
  type News,
  type OrderView,
  type OwnFill,
  type Side,
  type Strategy,
  ticks,
  toTicks,
  unrealizedAt,
  type View,
  venueOf,
} from "@bp/core";

/** SOL_USDC: tick 0.01, lot 0.01, fees 0.085 % and 0.095 %. */
export const spot = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  maker: "0.00085",
  taker: "0.00095",
});

/** SOL_USDC_PERP: tick 0.01, lot 0.01, fees 0.02 % and 0.05 %. */
export const perp = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

/** An event as far as the strategy under test reads it. */
type Told = { readonly type: News["type"] } & Readonly<Record<string, unknown>>;

/** An own trade in words: price as text, size in lots, no fee. */
export interface Trade {
  readonly slot: string;
  readonly side: Side;
  readonly price: string;
  readonly size: number;
}

/** What the hands of a test may set, and the way to tell the strategy of it. */
export interface Scene<M> {
  readonly view: View;
  memory(): M;
  /** Lets time pass. */
  later(ms: number): void;
  /** A fresh book, prices as text; sizes in lots. */
  book(bid: string, ask: string, sizes?: readonly [bid: number, ask: number]): readonly Intent[];
  loseBook(): readonly Intent[];
  mark(price: string): readonly Intent[];
  /** Own position in lots, bought (or sold) at a price; `undefined`: unknown. Told as an own fill. */
  hold(size: number | undefined, price?: string): readonly Intent[];
  /** An own trade that has filled an order of a slot whole, and what is held then, in lots. */
  fill(slot: string, filled: number, held: number): readonly Intent[];
  /** An own trade, and what is held then, in lots. */
  trade(trade: Trade, held: number): readonly Intent[];
  /** What the user holds on the same account, in lots. */
  others(size: number): readonly Intent[];
  /** Orders of the strategy that rest from now on: slot (without the strategy's name), price as text, lots, lots filled. */
  rest(...orders: readonly Resting[]): readonly Intent[];
  balance(asset: string, total: string | undefined): void;
  link(state: "up" | "down"): void;
  beat(): readonly Intent[];
  /** Gives the strategy other values for parameters that it says may change. @throws what its schema throws */
  change(values: object): readonly Intent[];
  event(news: Told): readonly Intent[];
}

/** An order that rests. */
type Resting = Trade & { readonly filled: number };

/** A world with one market, its book at 149.99 / 150.01, nothing held, 1000 USDC and 5 SOL in the wallet, and no mark. */
export function scene<P, M>(strategy: Strategy<P, M>, market: Instrument, raw: object): Scene<M> {
  let params = strategy.params.parse({ instrument: market.id, ...raw });
  let memory = strategy.start(params);
  let now = 1_000_000;
  let seq = 0;
  let bid: Level | undefined = [ticks(14999), lots(100)];
  let ask: Level | undefined = [ticks(15001), lots(100)];
  let bookAt = now;
  let size: number | undefined = 0;
  let cost = new Big(0);
  let mark: MarkView | undefined;
  let link: "up" | "down" = "up";
  let fills: readonly OwnFill[] = [];
  let external = 0;
  let resting: readonly OrderView[] = [];
  const balances = new Map<string, Balance>();
  const money = (total: string): Balance => ({ total: new Big(total), free: new Big(total) });
  balances.set("USDC", money("1000"));
  balances.set("SOL", money("5"));

  const zero = new Big(0);
  const holding = (): Holding | undefined =>
    size === undefined ? undefined : { size: lots(size), cost, realized: zero, fees: zero, funding: zero };
  const book = (): BookView => ({
    valid: bid !== undefined,
    bid,
    ask,
    at: millis(bookAt),
    levels: (side) => [side === "bid" ? bid : ask].filter((level) => level !== undefined),
    mid: () => (bid === undefined || ask === undefined ? undefined : (bid[0] + ask[0]) / 2),
    microprice: () => undefined,
  });
  const view: View = {
    get now() {
      return millis(now);
    },
    halted: undefined,
    instrument: () => market,
    book,
    mark: () => mark,
    last: () => undefined,
    position: () => (size === undefined ? undefined : lots(size)),
    holding,
    unrealized: () => {
      const held = holding();
      return held === undefined || mark === undefined ? undefined : unrealizedAt(market, held, mark.mark);
    },
    external: () => lots(external),
    balance: (_venue, asset) => balances.get(asset),
    orders: () => resting,
    working: () => lots(0),
    fills: () => fills,
    profit: () => zero,
    link: () => link,
  };

  const feed = (news: Told): readonly Intent[] => {
    seq += 1;
    const event = { ...news, at: millis(now), venueAt: millis(now), seq } as Event; // a test names the fields that are read
    memory = strategy.remember?.(memory, event, view, params) ?? memory;
    return strategy.want(view, memory, params);
  };

  return {
    view,
    memory: () => memory,
    later: (ms) => {
      now += ms;
    },
    book: (bidText, askText, [bidSize, askSize] = [100, 100]) => {
      bid = [toTicks(market, bidText), lots(bidSize)];
      ask = [toTicks(market, askText), lots(askSize)];
      bookAt = now;
      return feed({ type: "book.changed", instrument: market.id, bids: [bid], asks: [ask] });
    },
    loseBook: () => {
      bid = undefined;
      ask = undefined;
      return feed({ type: "book.lost", instrument: market.id, why: "test" });
    },
    mark: (price) => {
      const at = new Big(price).div(market.tickSize).toNumber();
      mark = { mark: at, index: at, fundingRate: 0, fundingAt: millis(0), at: millis(now) };
      return feed({ type: "mark.changed", instrument: market.id, ...mark });
    },
    hold: (held, price = "150") => {
      size = held;
      cost = held === undefined ? zero : new Big(held).times(market.lotSize).times(price);
      return feed({ type: "order.filled", instrument: market.id });
    },
    fill: (slot, filled, held) => {
      fills = [{ slot, size: lots(filled), total: lots(filled) } as OwnFill]; // a test names the fields that are read
      size = held;
      const wish = feed({ type: "order.filled", instrument: market.id });
      fills = [];
      return wish;
    },
    trade: ({ slot, side, price, size: traded }, held) => {
      const order = { slot, side, instrument: market.id, price: toTicks(market, price), size: lots(traded) } as const;
      const costs = { fee: decimal("0"), feeAsset: market.quote, liquidity: "maker", venueAt: millis(now) } as const;
      fills = [{ ...order, ...costs } as OwnFill]; // a test names the fields that are read
      size = held;
      const wish = feed({ type: "order.filled", instrument: market.id });
      fills = [];
      return wish;
    },
    others: (held) => {
      external = held;
      return feed({ type: "account.snapshot", venue: venueOf(market.id), orders: [] });
    },
    rest: (...orders) => {
      resting = orders.map(({ slot, side, price, size: all, filled }, at) => ({
        clientId: clientIdOf(1, at + 1),
        instrument: market.id,
        slot: `${strategy.name}/${slot}`,
        side,
        price: toTicks(market, price),
        size: lots(all),
        filled: lots(filled),
        postOnly: true,
        reduceOnly: false,
        state: "open",
        since: millis(now),
        placedAt: millis(now),
      }));
      return feed({ type: "order.accepted", instrument: market.id });
    },
    balance: (asset, total) => {
      if (total === undefined) balances.delete(asset);
      else balances.set(asset, money(total));
    },
    link: (state) => {
      link = state;
    },
    beat: () => feed({ type: "timer.fired", name: "beat" }),
    change: (values) => {
      const fixed = Object.keys(values).find(
        (key) => strategy.changeable?.(params).some((each) => each === key) !== true,
      );
      if (fixed !== undefined) throw new Error(`${fixed} may not change`);
      const next = strategy.params.parse({ ...params, ...values });
      memory = strategy.adopt?.(memory, params, next, view) ?? memory;
      params = next;
      return feed({ type: "params.changed", strategy: strategy.name, params: values, by: "test" });
    },
    event: feed,
  };
}

/** Quotes as `buy 149.62 x 0.50`, holds as `hold 0.20 at 149.25`; in the order of the wish. */
export function lines(market: Instrument, intents: readonly Intent[]): string[] {
  return intents.map((intent) => {
    const text = (count: number, step: string) => new Big(count).times(step).toFixed(2);
    return intent.kind === "quote"
      ? `${intent.side} ${text(intent.price, market.tickSize)} x ${text(intent.size, market.lotSize)}`
      : `hold ${text(intent.position, market.lotSize)} at ${text(intent.worst, market.tickSize)}`;
  });
}
