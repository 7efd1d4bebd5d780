// The market that a journal or a recording holds, as a tape, and own orders by the same clock.
import type { OwnOrder } from "@bp/backtest";
import {
  BpError,
  type Event,
  type Instrument,
  type InstrumentId,
  type Millis,
  symbolOf,
  type Tape,
  tapeRow,
  venueOf,
} from "@bp/core";
import { castTape, createTapeWriter } from "@bp/data";
import type { Line } from "@bp/journal";
import { readKept } from "../data/tape.ts";
import { clockBetween } from "./clock.ts";

/** A market to send orders into again. */
export interface PastMarket {
  readonly tape: Tape;
  /** Own orders, by the tape's clock. */
  readonly orders: readonly OwnOrder[];
  readonly warnings: readonly string[];
}

const lastRows = { buy: tapeRow.bought, sell: tapeRow.sold } as const;

/**
 * The market facts of a run. Markets in which nothing was ordered are left out.
 *
 * @throws BpError `journal/bad-run` for a run that has none: only its decisions were kept
 */
export function marketOfRun(
  lines: Iterable<Line>,
  run: string,
  instruments: readonly Instrument[],
  orders: readonly OwnOrder[],
): PastMarket {
  const markets = tradedOf(instruments, orders);
  const places = new Map<InstrumentId, number>(markets.map(({ id }, place) => [id, place]));
  const writer = createTapeWriter(markets);
  const warnings = new Set<string>();
  for (const { entry } of lines) if (entry.dir === "in") put(writer, entry.event, markets, places, warnings);
  if (writer.rows === 0)
    throw new BpError("journal/bad-run", {
      run,
      why: "has no market data in its journal, only what was decided; give a recording of the same time: --data FILE",
    });
  const { skewMs } = writer;
  if (skewMs > 0) warnings.add(movedBack(skewMs));
  const tape = writer.finish(["nothing beyond what the run itself received"]);
  return { tape, orders: orders.map((each) => moved(each, -skewMs)), warnings: [...warnings] };
}

const movedBack = (ms: number) =>
  `the venue's clock was ahead of ours by ${ms} ms at least: its times are moved back by that`;

function put(
  writer: ReturnType<typeof createTapeWriter>,
  event: Event,
  markets: readonly Instrument[],
  places: ReadonlyMap<InstrumentId, number>,
  warnings: Set<string>,
): void {
  const { venueAt, at } = event;
  const row = (kind: number, place: number, a: number, b: number) => writer.row(kind, place, venueAt, at, a, b);
  if (event.type === "link.lost" && event.stream === "market") {
    for (const [place, { id }] of markets.entries()) if (venueOf(id) === event.venue) row(tapeRow.lost, place, 0, 0);
    writer.end();
    return;
  }
  if (event.type === "instrument.changed") {
    const before = markets[places.get(event.instrument.id) ?? -1];
    const { tickSize, lotSize, id } = event.instrument;
    if (before !== undefined && (before.tickSize !== tickSize || before.lotSize !== lotSize))
      warnings.add(`${id} changed its tick or lot: what follows counts in the old ones`);
    return;
  }
  if (!("instrument" in event)) return;
  const place = places.get(event.instrument);
  if (place === undefined) return;
  if (event.type === "book.reset" || event.type === "book.changed") {
    if (event.type === "book.reset") row(tapeRow.reset, place, 0, 0);
    for (const [price, size] of event.bids) row(tapeRow.bid, place, price, size);
    for (const [price, size] of event.asks) row(tapeRow.ask, place, price, size);
  } else if (event.type === "book.lost") row(tapeRow.lost, place, 0, 0);
  else if (event.type === "trade.printed") row(lastRows[event.taker], place, event.price, event.size);
  else if (event.type === "mark.changed") {
    row(tapeRow.funding, place, event.fundingRate, event.fundingAt);
    row(tapeRow.mark, place, event.mark, event.index);
  }
  writer.end();
}

/**
 * A recording of the markets of a run. Readers move the venue's times of a recording back where its clock was ahead: those of the
 * orders are moved as much, which the same prints in both show.
 *
 * @param casts - recorded symbol by market, as `--as` says it
 * @param lines - of the run
 * @param flags - as the command line gives them: `cache`
 * @throws BpError as `readTape`; `config/invalid` for a market that is not in it, `config/conflict` where it is of another time
 */
export async function marketOfFiles(
  files: readonly string[],
  casts: ReadonlyMap<string, string>,
  instruments: readonly Instrument[],
  orders: readonly OwnOrder[],
  lines: Iterable<Line>,
  flags: Readonly<Record<string, unknown>> = { cache: false },
): Promise<PastMarket> {
  const { tape, warnings } = await readKept(files, {}, flags);
  const markets = tradedOf(instruments, orders);
  const chosen = markets.map((as) => {
    const asked = [...casts].find(([, market]) => market === as.id)?.[0];
    const name = asked ?? symbolOf(as.id);
    const from = tape.instruments.find(({ id }) => id === as.id || symbolOf(id) === name);
    if (from !== undefined) return { from: from.id, as };
    const names = tape.instruments.map(({ id }) => symbolOf(id)).join(", ");
    throw new BpError("config/invalid", {
      path: "--data",
      found: `recordings of ${names}`,
      expected: `one of ${as.id}`,
      hint: `or say which one it is: --as ${symbolOf(tape.instruments[0]?.id ?? as.id)}=${as.id}`,
    });
  });
  const cast = castTape(tape, chosen);
  const [first, last] = [cast.venueAt[0] ?? 0, cast.venueAt[cast.rows - 1] ?? 0];
  const inside = orders.filter(({ sentAt }) => sentAt >= first && sentAt <= last);
  if (inside.length === 0)
    throw new BpError("config/conflict", {
      what: `the recording is from ${iso(first)} to ${iso(last)}, and no order of the run was sent then`,
      hint: "give a recording of the same time",
    });
  const outside = orders.length - inside.length;
  const said = outside === 0 ? [] : [`${outside} orders were sent before or after the recording, and are left out`];
  const between = clockBetween(lines, orders, cast);
  if (between === undefined)
    said.push(
      "the recording has not the prints that the run was told: whether its times are by the same clock is not known",
    );
  else if (between > 0) said.push(movedBack(between));
  else if (between < 0)
    said.push(`the recording's times of the venue are ${-between} ms after the run's: those of the orders are moved`);
  const own = inside.map((each) => moved(each, -(between ?? 0)));
  return { tape: cast, orders: own, warnings: [...warnings, ...said] };
}

function tradedOf(instruments: readonly Instrument[], orders: readonly OwnOrder[]): readonly Instrument[] {
  const traded = new Set(orders.map(({ instrument }) => instrument));
  return instruments.filter(({ id }) => traded.has(id));
}

/** With the venue's times moved. */
function moved(order: OwnOrder, byMs: number): OwnOrder {
  if (byMs === 0) return order;
  const by = <T extends Millis | undefined>(at: T): T => (at === undefined ? at : ((at + byMs) as T)); // whole: journals hold whole ms
  return {
    ...order,
    acceptedAt: by(order.acceptedAt),
    endedAt: by(order.endedAt),
    trades: order.trades.map((each) => ({ ...each, venueAt: by(each.venueAt) })),
  };
}

const iso = (at: number) => new Date(at).toISOString();
