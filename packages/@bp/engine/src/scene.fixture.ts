// A small stage for the tests: a strategy that wishes what the test says, facts made by hand, commands as short lines.
import {
  type AccountSnapshot,
  type AnyRule,
  type AnyStrategy,
  type ClientId,
  type Command,
  clientIdOf,
  decimal,
  type Event,
  type Fill,
  type Hold,
  type InstrumentId,
  type Intent,
  instrument,
  lots,
  millis,
  type News,
  type OpenOrder,
  type OrderFilled,
  type Quote,
  type Side,
  ticks,
} from "@bp/core";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";

const sketch = { base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" };
/** A perpetual at 150.00 / 150.02, tick and lot 0.01. */
export const perp = instrument({ ...sketch, id: "v:SOL_USDC_PERP", kind: "perp" });
/** The spot market beside it. */
export const spot = instrument({ ...sketch, id: "v:SOL_USDC", kind: "spot", maker: "0.0008", taker: "0.001" });
/** The moment at which scenes begin. */
export const start = 1_800_000_000_000;
/** The number of the n-th order of a scene. */
export const nth = (count: number): ClientId => clientIdOf(1, count);

/** A quote, post-only unless said otherwise; its slot is its side. */
export function quote(side: Side, price: number, size: number, more: Partial<Quote> = {}): Quote {
  return {
    kind: "quote",
    instrument: perp.id,
    slot: side,
    side,
    price: ticks(price),
    size: lots(size),
    postOnly: true,
    ...more,
  };
}

/** A position to hold. */
export function hold(position: number, worst: number, id: InstrumentId = perp.id): Hold {
  return { kind: "hold", instrument: id, position: lots(position), worst: ticks(worst), why: "test" };
}

/** A trade of ours; a maker's, without a fee, the whole of its order unless said otherwise. */
export function fill(
  clientId: ClientId | undefined,
  side: Side,
  price: number,
  size: number,
  more: Partial<OrderFilled> = {},
): OrderFilled {
  return {
    type: "order.filled",
    clientId,
    venueOrderId: `v${clientId ?? 0}`,
    tradeId: `t${clientId ?? 0}-${more.total ?? size}`,
    instrument: perp.id,
    side,
    price: ticks(price),
    size: lots(size),
    total: lots(size),
    fee: decimal("0"),
    feeAsset: "USDC",
    liquidity: "maker",
    ...more,
  };
}

/** The same as a list of fills tells it. */
export const listed = (trade: OrderFilled, venueAt: number): Fill => ({ ...trade, venueAt: millis(venueAt) });

/** An order of ours as the venue's list tells it. */
export function open(clientId: ClientId | undefined, side: Side, price: number, size: number, filled = 0): OpenOrder {
  return {
    clientId,
    venueOrderId: `v${clientId ?? 0}`,
    instrument: perp.id,
    side,
    price: ticks(price),
    size: lots(size),
    filled: lots(filled),
  };
}

/** What a snapshot says, short. */
export interface Truth {
  readonly asOf: number;
  readonly orders?: readonly OpenOrder[];
  /** Lots of the perpetual. */
  readonly position?: number;
  readonly cost?: string;
  readonly fills?: readonly Fill[];
  readonly balances?: Readonly<Record<string, string>>;
}

/** A snapshot of venue `v`. */
export function snapshot({
  asOf,
  orders = [],
  position = 0,
  cost = "0",
  fills = [],
  balances = { USDC: "10000" },
}: Truth): AccountSnapshot {
  return {
    type: "account.snapshot",
    venue: "v",
    asOf: millis(asOf),
    orders,
    positions: position === 0 ? [] : [{ instrument: perp.id, size: lots(position), cost: decimal(cost) }],
    balances: Object.entries(balances).map(([asset, text]) => ({ asset, total: decimal(text), free: decimal(text) })),
    fills,
  };
}

/** An engine and the hands that feed it. */
export interface Scene {
  readonly engine: Engine;
  /** What each strategy wishes; the test sets it. */
  readonly wants: Record<string, readonly Intent[]>;
  /** Everything that was said, `rule: why`. */
  readonly said: string[];
  /** Every event and what came of it. */
  readonly log: { readonly event: Event; readonly commands: readonly Command[] }[];
  now: number;
  /** Tells a fact now; `venueAt` defaults to now. Returns the commands as lines. */
  readonly tell: (news: News, venueAt?: number) => readonly string[];
  /** Lets time pass, with a beat at each full second since the start and at the end. */
  readonly pass: (ms: number) => readonly string[];
  /** A snapshot that was taken now. */
  readonly truth: (truth?: Partial<Truth>) => readonly string[];
}

/** Options of an engine, and the names of its strategies. */
export interface SceneOptions extends Partial<Omit<EngineOptions, "strategies">> {
  readonly names?: readonly string[];
  /** Leave the account and the book unknown. */
  readonly bare?: boolean;
}

/** A scene in which account and book are known: flat, 10,000 USDC, 150.00 / 150.02. */
export function scene(options: SceneOptions = {}): Scene {
  const { names = ["a"], bare = false, ...rest } = options;
  const wants: Record<string, readonly Intent[]> = {};
  const strategies = names.map((name) => ({ strategy: scripted(name, () => wants[name] ?? []), params: {} }));
  const rules: readonly AnyRule[] = [];
  const engine = createEngine({ run: 1, instruments: [perp, spot], rules, ...rest, strategies });
  const log: { readonly event: Event; readonly commands: readonly Command[] }[] = [];
  const said: string[] = [];
  const made: Scene = {
    engine,
    wants,
    said,
    log,
    now: start,
    tell: (news, venueAt = made.now) => {
      const event: Event = { ...news, at: millis(made.now), venueAt: millis(venueAt), seq: log.length + 1 };
      const commands = engine.step(event);
      log.push({ event, commands });
      for (const { rule, why } of engine.notes()) said.push(`${rule}: ${why}`);
      return commands.map(line);
    },
    pass: (ms) => {
      const until = made.now + ms;
      const lines: string[] = [];
      while (made.now < until) {
        made.now = Math.min(until, made.now + 1_000 - ((made.now - start) % 1_000));
        lines.push(...made.tell({ type: "timer.fired", name: "beat" }));
      }
      return lines;
    },
    truth: (truth = {}) => made.tell(snapshot({ asOf: made.now, ...truth }), truth.asOf ?? made.now),
  };
  if (bare) return made;
  made.tell({ type: "link.restored", venue: "v", stream: "account", why: "opened" });
  made.truth();
  for (const { id } of [perp, spot]) made.tell(book(id));
  said.length = 0;
  return made;
}

/** A whole book, 150.00 / 150.02 with 1 SOL a side, or at other prices. */
export function book(id: InstrumentId = perp.id, bid = 15_000, ask = 15_002): News {
  return { type: "book.reset", instrument: id, bids: [[ticks(bid), lots(100)]], asks: [[ticks(ask), lots(100)]] };
}

/** A command as a line. */
export function line(command: Command): string {
  switch (command.type) {
    case "order.place": {
      const { clientId, slot, side, price, size, tif, reduceOnly } = command;
      return `place ${clientId & 0xff_ffff} ${slot} ${side} ${price} x ${size} ${tif}${reduceOnly ? " reduce" : ""}`;
    }
    case "order.cancel":
      return `cancel ${command.clientId & 0xff_ffff}`;
    case "account.ask":
      return `ask ${command.venue}`;
  }
}

function scripted(name: string, want: () => readonly Intent[]): AnyStrategy {
  return {
    name,
    params: { parse: (input) => input },
    instruments: () => [perp.id, spot.id],
    start: () => undefined,
    want,
  };
}
