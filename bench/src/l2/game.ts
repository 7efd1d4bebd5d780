// What every contender of backtest/l2-queue plays: the same rows, the same grid of orders, the same rules of filling.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastOfMessage, millis, type Tape, tapeRow } from "@bp/core";
import { readTape, sliceTape } from "@bp/data";
import { createExchange, generatedMarket, type SimFact } from "@bp/sim";
import { recordings } from "../paths.ts";

/** Orders of a side, one at each price: the touch, `gap` ticks away from it, and so on. */
export const rungs = 5;
export const gap = 10;
/** Lots of an order. */
export const lotsEach = 20;
/** The grid is brought to the touch at the first message of every second. Orders whose price stays keep their places. */
export const everyMs = 1_000;

/**
 * What a pass came to. The rules: an order joins behind what its level shows. A print at its price eats what is in front of it,
 * then it; a print beyond its price fills it first. A level that shrinks by more than was printed shrinks from behind. A level of
 * the other side that crosses it when the message is complete trades with it.
 */
export interface Filled {
  fills: number;
  lots: number;
  /** Over price, size and order of the fills. */
  digest: number;
}

/** Adds a fill. */
export function note(filled: Filled, price: number, size: number): void {
  filled.fills += 1;
  filled.lots += size;
  filled.digest = (Math.imul(filled.digest ^ price, 0x01000193) ^ size) | 0;
}

/** A contender: plays the whole tape from nothing. */
export type Player = () => Filled;

/** Rows to play, of one market. */
export interface Game {
  readonly about: string;
  readonly tape: Tape;
}

const name = "usdm-btcusdt-20240808";

/** The recorded market where it is, else one made from a seed. */
export async function gameOf(quick: boolean): Promise<Game> {
  const file = join(recordings, `${name}.l2.ndjson.gz`);
  if (!existsSync(file)) return { about: "a market generated from a seed", tape: generated(quick ? 120 : 1_200) };
  const { tape } = await readTape([file]);
  const from = tape.at[0] ?? 0;
  return { about: `${name}: depth and trades`, tape: near(quick ? sliceTape(tape, from, from + 60_000) : tape) };
}

/** Flat arrays hold so many ticks on either side of the first print. Levels beyond are left out, for everybody. */
const window = 30_000;

/** Whole messages without the rows that are far away from the market. */
function near(tape: Tape): Tape {
  const { rows, a } = tape;
  const kindOf = (row: number) => (tape.kinds[row] ?? 0) & 0x7f;
  let first = 0;
  while (first < rows && kindOf(first) !== tapeRow.bought && kindOf(first) !== tapeRow.sold) first += 1;
  const middle = a[first] ?? 0;
  const kept: number[] = [];
  const kinds: number[] = [];
  for (let row = 0; row < rows; row++) {
    const isNear = kindOf(row) > tapeRow.sold || Math.abs((a[row] ?? 0) - middle) <= window;
    if (isNear) {
      kept.push(row);
      kinds.push(tape.kinds[row] ?? 0);
    } else if ((tape.kinds[row] ?? 0) >= lastOfMessage && kinds.length > 0)
      kinds.push((kinds.pop() ?? 0) | lastOfMessage);
  }
  const pick = (column: Float64Array) => Float64Array.from(kept, (row) => column[row] ?? 0);
  return {
    ...tape,
    rows: kept.length,
    kinds: Uint8Array.from(kinds),
    markets: new Uint8Array(kept.length),
    venueAt: pick(tape.venueAt),
    at: pick(tape.at),
    a: pick(a),
    b: pick(tape.b),
  };
}

/** Seconds of a generated market as rows. */
function generated(seconds: number): Tape {
  const start = millis(Date.UTC(2026, 0, 1));
  const exchange = createExchange({ start, market: generatedMarket({ seed: 1, start }), accounts: [] });
  const market = exchange.instruments.find(({ id }) => id === "backpack:BTC_USDC_PERP") ?? exchange.instruments[0];
  if (market === undefined) throw new Error("the generated exchange has no market");
  const rows: [kind: number, at: number, a: number, b: number][] = [];
  const close = () => {
    const last = rows.at(-1);
    if (last !== undefined) last[0] |= lastOfMessage;
  };
  const put = (at: number, { bids, asks }: Pick<Extract<SimFact, { type: "depth" }>, "bids" | "asks">) => {
    for (const [price, size] of bids) rows.push([tapeRow.bid, at, price, size]);
    for (const [price, size] of asks) rows.push([tapeRow.ask, at, price, size]);
    close();
  };
  put(start, exchange.book(market.id));
  exchange.listen((fact) => {
    if (fact.type === "depth" && fact.instrument === market.id) put(fact.at, fact);
    if (fact.type !== "trade" || fact.instrument !== market.id) return;
    rows.push([fact.taker === "buy" ? tapeRow.bought : tapeRow.sold, fact.at, fact.price, fact.size]);
    close();
  });
  exchange.advance(millis(start + seconds * 1_000));
  const at = Float64Array.from(rows, ([, moment]) => moment);
  return {
    instruments: [market],
    rows: rows.length,
    kinds: Uint8Array.from(rows, ([kind]) => kind),
    markets: new Uint8Array(rows.length),
    venueAt: at,
    at,
    a: Float64Array.from(rows, ([, , a]) => a),
    b: Float64Array.from(rows, ([, , , b]) => b),
    digest: "generated",
    lacks: [],
  };
}
