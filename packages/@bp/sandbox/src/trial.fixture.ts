// For the tests of both venues: a market that is moved by hand, and an answer as it came.
import { type Instrument, type InstrumentId, lots, ticks } from "@bp/core";
import { type MarketHands, type ScriptedMarket, scriptedMarket } from "@bp/sim";

/** Something from the wire that a test looks into freely; what it expects there, it says itself. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Loose = any; // oxlint-disable-line typescript/no-explicit-any -- see above

/** A market that only a test moves. Prices and sizes in ticks and lots. */
export interface Stage {
  readonly source: ScriptedMarket;
  readonly hands: MarketHands;
  /** Rests an anonymous limit order. */
  offer(id: InstrumentId, side: "buy" | "sell", price: number, size: number): string | undefined;
  /** An anonymous order that takes. */
  take(id: InstrumentId, side: "buy" | "sell", price: number, size: number): void;
  /** Mark and index alike. */
  mark(id: InstrumentId, price: number): void;
}

/** These markets, empty. */
export function stageOf(markets: readonly Instrument[]): Stage {
  const source = scriptedMarket(markets);
  const order = (id: InstrumentId, side: "buy" | "sell", price: number, size: number, tif: "gtc" | "ioc") =>
    source.hands.place({
      instrument: id,
      side,
      type: "limit",
      price: ticks(price),
      size: lots(size),
      tif,
      postOnly: false,
      reduceOnly: false,
    });
  return {
    source,
    get hands() {
      return source.hands;
    },
    offer: (id, side, price, size) => order(id, side, price, size, "gtc"),
    take: (id, side, price, size) => {
      order(id, side, price, size, "ioc");
    },
    mark: (id, price) => source.hands.mark(id, price, price),
  };
}

/** An answer of REST. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` where the text is no JSON. */
  readonly json: Loose;
}

/** Reads an answer. */
export async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}
