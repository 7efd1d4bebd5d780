// A ladder on a board: the markets and the sample configuration that its users know, and a hand on the price.
import { type AnyRule, type Instrument, instrument, millis, type PlaceOrder } from "@bp/core";
import { type LadderMemory, ladder, ladderParams } from "@bp/strategies";
import { type Board, type BoardOptions, layBoard, type Seat } from "../board.ts";

const fees = { maker: "0.00085", taker: "0.00095" };

/** Spot, fees of 0.085 % and 0.095 %; a buy pays its fee in the coin. */
export const btc = instrument({
  id: "backpack:BTC_USDC",
  kind: "spot",
  base: "BTC",
  quote: "USDC",
  tickSize: "1",
  lotSize: "0.00001",
  ...fees,
});
export const sol = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  ...fees,
});
export const eth = instrument({
  id: "backpack:ETH_USDC",
  kind: "spot",
  base: "ETH",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.0001",
  ...fees,
});

/** Perpetuals with the same steps and fees: those are all paid in USDC, so that everything bought can be sold. */
export const solPerp: Instrument = { ...perpOf(sol) };
export const btcPerp: Instrument = { ...perpOf(btc) };

function perpOf({ id, base, quote, tickSize, lotSize }: Instrument): Instrument {
  return instrument({ id: `${id}_PERP`, kind: "perp", base, quote, tickSize, lotSize, ...fees });
}

/** The sample's own figures. */
export const sample = {
  totalAmount: 1000,
  orderCount: 9,
  maxDropPct: 7,
  incrementPct: 50,
  takeProfitPct: "0.2",
  minOrderAmount: 10,
};

/** What a test may set. */
export interface BenchOptions {
  readonly market?: Instrument;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly balances?: Readonly<Record<string, string>>;
  /** Book and last print at the start. */
  readonly price?: readonly [bid: string, ask: string, last?: string];
  readonly rules?: readonly AnyRule[];
  readonly seat?: Partial<Seat>;
  readonly watch?: BoardOptions["watch"];
  readonly existing?: BoardOptions["existing"];
}

/** A board with one ladder on it. */
export interface Bench extends Board {
  readonly instrument: Instrument;
  memory(): LadderMemory;
  /** A book of two sides with the last print, all of one moment. */
  price(bid: string, ask: string, last?: string): void;
  /** The rungs that rest, highest first: `60000 x 0.00022`. */
  rungs(): readonly string[];
  /** Somebody sells what the highest rungs buy: so many of them whole. */
  fillRungs(count: number): void;
  /** The venue refuses orders. */
  refuse(orders: readonly PlaceOrder[], text?: string): void;
  ask(what: "halt" | "pause" | "resume" | "stop" | "flatten"): void;
  /** What was said with these words in it. */
  said(part: string): readonly string[];
}

/** Lays it; the price is there, nothing has been placed yet. */
export function layBench(options: BenchOptions = {}): Bench {
  const { market = sol, params = {}, balances, price, rules, seat, watch, existing } = options;
  const raw = { ...sample, instrument: market.id, ...params };
  ladderParams.parse(raw);
  const board = layBoard({
    instruments: [market],
    seats: [{ venue: "backpack", ...(balances === undefined ? {} : { balances }), ...seat }],
    strategies: [{ strategy: ladder, params: raw }],
    ...(rules === undefined ? {} : { rules }),
    ...(watch === undefined ? {} : { watch }),
    ...(existing === undefined ? {} : { existing }),
  });
  const hands: Omit<Bench, keyof Board> = {
    instrument: market,
    memory: () => board.engine.memoryOf("ladder") as LadderMemory, // the board's only strategy
    price: (bid, ask, last) => {
      board.book(market.id, bid, ask);
      if (last !== undefined) board.last(market.id, last);
      if (market.kind === "perp") board.mark(market.id, last ?? bid);
    },
    rungs: () =>
      board
        .open(market.id)
        .filter((each) => each.startsWith("buy"))
        .map((each) => each.slice(4).replace(/^(\S+) @ (\S+)$/, "$2 x $1")),
    fillRungs: (count) => {
      for (let at = 0; at < count; at++) {
        const [size, , price] = board.open(market.id)[0]?.slice(4).split(" ") ?? [];
        if (size === undefined || price === undefined) throw new Error("no rung rests");
        board.take(market.id, "sell", size, price);
        board.run(100);
      }
    },
    refuse: (orders, text = "Internal error") => {
      const now = millis(board.now());
      for (const { clientId } of orders)
        board.tell({ type: "order.rejected", clientId, reason: "other", text, at: now, venueAt: now });
    },
    ask: (what) => {
      const now = millis(board.now());
      board.tell({ type: "operator.asked", ask: what, by: "test", at: now, venueAt: now });
    },
    said: (part) => board.notes.filter(({ why }) => why.includes(part)).map(({ why }) => why),
  };
  const bench: Bench = Object.assign(Object.create(board) as Board, hands); // the board itself, with more hands
  if (price !== undefined) bench.price(...price);
  return bench;
}
