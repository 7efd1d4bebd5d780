// The scene of every case on a simulated exchange: one market that stands still, hands that move it, and its books.
import {
  type Instrument,
  type InstrumentId,
  instrument,
  lots,
  millis,
  type PlaceOrder,
  type RejectReason,
  ticks,
} from "@bp/core";
import { type AccountSketch, type Exchange, type ExchangeOptions, type ScriptedMarket, scriptedMarket } from "@bp/sim";
import type { Hands, Need, Records } from "../bench.ts";

/** Whose orders are tried. */
export const player = "alice";

/** Orders that may rest at once, so that one too many can be tried. */
const usualMost = 20;

/** A market for the scene: its name and assets; the rest is the same for all. */
export interface SceneMarket {
  readonly id: InstrumentId;
  readonly kind: "spot" | "perp";
  readonly base: string;
  readonly quote: string;
  /** Orders that may rest at once, where the venue has a number of its own. */
  readonly mostOrders?: number;
}

/** A scene: the best bid is 9,890 and the best ask 9,910, 1,000 lots each, and the same 10 ticks behind; the mark is 9,900. */
export interface Scene {
  readonly market: ScriptedMarket;
  readonly instrument: Instrument;
  readonly accounts: readonly AccountSketch[];
  readonly rules: Pick<ExchangeOptions, "maxOpenOrders">;
  /** Puts the first orders there. The exchange is made with `market` before. */
  begin(exchange: Exchange): void;
  readonly hands: Hands;
  records(exchange: Exchange): Records;
  provoke(exchange: Exchange, reason: RejectReason): Partial<PlaceOrder>;
}

/** What a scene of this kind offers. */
export function sceneOffers(kind: "spot" | "perp"): readonly Need[] {
  const refusals = ["would-take", "below-minimum", "no-funds", "self-trade", "price-band", "closed", "other"] as const;
  const own: readonly Need[] = kind === "perp" ? ["perp", "refuse:reduce-only"] : [];
  return ["account", "orders", "hands", "records", ...refusals.map((reason): Need => `refuse:${reason}`), ...own];
}

/** Makes a scene. */
export function createScene({ mostOrders = usualMost, ...sketch }: SceneMarket): Scene {
  const traded: Instrument = {
    ...instrument({ ...sketch, tickSize: "0.01", lotSize: "0.01", minSize: "0.05" }),
    band: { min: 0.9, max: 1.1 },
  };
  const { id } = traded;
  const market = scriptedMarket([traded]);
  const order = (side: "buy" | "sell", price: number, size: number, tif: "gtc" | "ioc") => {
    const base = { instrument: id, side, type: "limit", postOnly: false, reduceOnly: false } as const;
    market.hands.place({ ...base, price: ticks(price), size: lots(size), tif });
  };
  const hands: Hands = {
    offer: (side, price, size) => order(side, price, size, "gtc"),
    take: (side, price, size) => order(side, price, size, "ioc"),
    mark: (price) => market.hands.mark(id, price, price),
  };
  return {
    market,
    instrument: traded,
    accounts: [{ name: player, balances: { [sketch.quote]: "10000", [sketch.base]: "50" } }],
    rules: { maxOpenOrders: mostOrders },
    begin: (exchange) => {
      for (const [side, price] of [
        ["buy", 9_890],
        ["buy", 9_880],
        ["sell", 9_910],
        ["sell", 9_920],
      ] as const)
        hands.offer(side, price, 1_000);
      hands.mark(9_900);
      exchange.advance(millis(exchange.now() + 1));
    },
    hands,
    records: (exchange) => recordsOf(exchange, id),
    provoke: (exchange, reason) => provoke(exchange, traded, reason, mostOrders),
  };
}

function recordsOf(exchange: Exchange, id: InstrumentId): Records {
  const { bids, asks } = exchange.book(id);
  return {
    orders: exchange
      .openOrders(player, id)
      .flatMap(({ price, size, filled, side }) =>
        price === undefined || size === undefined ? [] : [{ price, size, filled, side }],
      ),
    fills: exchange.fills(player, id).map(({ tradeId, side, price, size, fee, feeAsset }) => ({
      tradeId: String(tradeId),
      side,
      price,
      size,
      fee,
      feeAsset,
    })),
    position: exchange.positions(player).find(({ instrument: which }) => which === id)?.size ?? 0,
    balances: exchange.balances(player).map(({ asset, total }) => ({ asset, total })),
    bids,
    asks,
  };
}

/** What must be refused so; the exchange is put into the state for it where it takes one. */
function provoke(
  exchange: Exchange,
  traded: Instrument,
  reason: RejectReason,
  mostOrders: number,
): Partial<PlaceOrder> {
  switch (reason) {
    case "would-take":
      return { price: ticks(9_910) };
    case "below-minimum":
      return { size: lots(1) };
    case "no-funds":
      return { size: lots(500_000) };
    case "reduce-only":
      return { side: "sell", price: ticks(9_920), reduceOnly: true };
    case "price-band":
      return { price: ticks(11_500), tif: "gtc" };
    case "closed":
      exchange.setInstrument({ ...traded, state: "closed" });
      return {};
    case "other":
      for (let at = 0; at < mostOrders; at++)
        exchange.place(player, {
          instrument: traded.id,
          side: "buy",
          type: "limit",
          price: ticks(9_800 - at),
          size: lots(5),
          tif: "gtc",
          postOnly: false,
          reduceOnly: false,
          selfTradePrevention: "reject-taker",
        });
      return {};
    case "off-grid":
    case "self-trade":
    case "rate-limited":
      return {}; // made by the case itself, or by an answer of the wire
  }
}
