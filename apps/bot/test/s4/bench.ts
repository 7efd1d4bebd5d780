// A grid on a board: ETH_USDC at 4012 with the figures that its users know, and a hand on the price.
import { type AnyRule, type Instrument, instrument, millis, type PlaceOrder, toLots, toTicks } from "@bp/core";
import { type CellStatus, cellStates, type GridMemory, grid, gridParams } from "@bp/strategies";
import { type Board, type BoardOptions, layBoard, type Seat } from "../board.ts";

/** ETH_USDC: tick 0.01, lot 0.0001, fees 0.085 % and 0.095 %; a buy pays its fee in ETH. */
export const eth = instrument({
  id: "backpack:ETH_USDC",
  kind: "spot",
  base: "ETH",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.0001",
  maker: "0.00085",
  taker: "0.00095",
});

/** ETH_USDC_PERP with the same steps and fees, which are all paid in USDC. */
export const ethPerp = instrument({ ...sketchOf(eth), id: "backpack:ETH_USDC_PERP", kind: "perp" });

function sketchOf({ base, quote, tickSize, lotSize, fees }: Instrument) {
  return { base, quote, tickSize, lotSize, maker: fees.maker, taker: fees.taker };
}

/** The README's own figures. Books of a board stand still, so their age is no sign of anything here. */
export const readme = { interval: "40", cells: 3, perCell: "50", takeProfitPct: "0.4", staleMs: 86_400_000 };

/** What a test may set. */
export interface BenchOptions {
  readonly market?: Instrument;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly balances?: Readonly<Record<string, string>>;
  readonly price?: string;
  readonly rules?: readonly AnyRule[];
  readonly existing?: BoardOptions["existing"];
  readonly start?: number;
  readonly seat?: Partial<Seat>;
  readonly watch?: BoardOptions["watch"];
}

/** A board with one grid on it. */
export interface Bench extends Board {
  /** The book a tick below and above, with the last print at the price. */
  price(text: string): void;
  memory(): GridMemory;
  cells(): readonly CellStatus[];
  /** Places and cancels with their time, in ms since the start. */
  actions(): readonly { readonly at: number; readonly what: string }[];
  /** A purchase of the account's own, past the grid, at a price that the book gets for it. */
  bought(size: string, price: string): void;
  /** The venue refuses orders because there were too many requests. */
  refuse(orders: readonly PlaceOrder[]): void;
  /** What a person asks for. */
  ask(what: "halt" | "pause" | "resume" | "stop" | "flatten"): void;
  /** What was said with these words in it. */
  said(part: string): readonly string[];
}

/** Lays it; the price is there, nothing has been placed yet. */
export function layBench(options: BenchOptions = {}): Bench {
  const { market = eth, params = {}, balances, price = "4012", rules, existing, start, seat, watch } = options;
  const raw = { ...readme, instrument: market.id, ...params };
  const board = layBoard({
    breathes: false,
    instruments: [market],
    seats: [{ venue: "backpack", ...(balances === undefined ? {} : { balances }), ...seat }],
    strategies: [{ strategy: grid, params: raw }],
    ...(rules === undefined ? {} : { rules }),
    ...(existing === undefined ? {} : { existing }),
    ...(start === undefined ? {} : { start }),
    ...(watch === undefined ? {} : { watch }),
  });
  const checked = gridParams.parse(raw);
  const memory = () => board.engine.memoryOf("grid") as GridMemory; // the board's only strategy
  const at = (text: string, ticks: number) => (Number(text) + ticks / 100).toFixed(2);
  const hands: Omit<Bench, keyof Board> = {
    price: (text: string) => {
      board.book(market.id, at(text, -1), at(text, 1));
      board.last(market.id, Number(text).toFixed(2));
      if (market.kind === "perp") board.mark(market.id, text);
    },
    memory,
    cells: () => cellStates(board.engine.viewOf("grid"), memory(), checked),
    actions: () => {
      const began = board.events[0]?.at ?? 0;
      const orders = board.sent().filter(({ command }) => command.type !== "account.ask");
      return orders.map((each) => ({ at: each.at - began, what: each.command.type }));
    },
    bought: (size, price) => {
      board.book(market.id, undefined, price);
      const order = { type: "limit", tif: "ioc", postOnly: false, reduceOnly: false } as const;
      board.exchange("backpack").place("backpack", {
        ...order,
        instrument: market.id,
        side: "buy",
        price: toTicks(market, price),
        size: toLots(market, size),
        selfTradePrevention: "reject-taker",
      });
    },
    refuse: (orders) => {
      const now = millis(board.now());
      const reason = { reason: "rate-limited", text: "429 Too Many Requests" } as const;
      for (const { clientId } of orders)
        board.tell({ type: "order.rejected", clientId, ...reason, at: now, venueAt: now });
    },
    ask: (what) => {
      const now = millis(board.now());
      board.tell({ type: "operator.asked", ask: what, by: "test", at: now, venueAt: now });
    },
    said: (part: string) => board.notes.filter(({ why }) => why.includes(part)).map(({ why }) => why),
  };
  const bench: Bench = Object.assign(Object.create(board) as Board, hands); // the board itself, with more hands
  bench.price(price);
  return bench;
}
