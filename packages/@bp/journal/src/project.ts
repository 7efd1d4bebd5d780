// Tables for people and their SQL, made from the entries of a run and thrown away at will.
import type { DatabaseSync } from "node:sqlite";
import {
  type ClientId,
  type Fill,
  type Instrument,
  type InstrumentId,
  type PlaceOrder,
  priceText,
  sizeText,
} from "@bp/core";
import { type Equity, equityOf } from "./equity.ts";
import { filledTo, foldCommand, foldOrder, foldSnapshot, type Order } from "./life.ts";
import type { Line } from "./read.ts";
import type { RunRecord } from "./run.ts";

const tables = `
  CREATE TABLE IF NOT EXISTS orders (
    run TEXT NOT NULL, client_id INTEGER NOT NULL, seq INTEGER NOT NULL, placed_at INTEGER NOT NULL,
    instrument TEXT NOT NULL, slot TEXT NOT NULL, side TEXT NOT NULL, price TEXT NOT NULL, size TEXT NOT NULL,
    tif TEXT NOT NULL, reduce_only INTEGER NOT NULL,
    state TEXT NOT NULL,             -- placing, open, cancelling, unknown; filled, cancelled, expired, rejected, gone
    filled TEXT NOT NULL, venue_order_id TEXT, ended_at INTEGER, text TEXT NOT NULL,
    PRIMARY KEY (run, client_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS fill (
    run TEXT NOT NULL, seq INTEGER NOT NULL, instrument TEXT NOT NULL, trade_id TEXT NOT NULL, side TEXT NOT NULL,
    venue_at INTEGER NOT NULL, client_id INTEGER, venue_order_id TEXT NOT NULL,
    ours INTEGER NOT NULL,           -- 0: nobody in this run ordered it
    price TEXT NOT NULL, size TEXT NOT NULL, fee TEXT NOT NULL, fee_asset TEXT NOT NULL, liquidity TEXT NOT NULL,
    PRIMARY KEY (run, instrument, trade_id, side)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS equity (
    run TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, instrument TEXT NOT NULL,
    position TEXT NOT NULL, realized TEXT NOT NULL, unrealized TEXT NOT NULL, fees TEXT NOT NULL, funding TEXT NOT NULL,
    net TEXT NOT NULL                -- realized + unrealized - fees + funding, in quote
  ) STRICT;
  CREATE INDEX IF NOT EXISTS equity_run ON equity (run, seq);
  CREATE TABLE IF NOT EXISTS refusal (
    run TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS refusal_run ON refusal (run, seq);
`;

type Value = string | number | null;

/** Rows by table, in the order of the columns. */
interface Rows {
  readonly orders: Value[][];
  readonly fill: Value[][];
  readonly equity: Value[][];
  readonly refusal: Value[][];
}

/**
 * Remakes the tables of one run. Reads and folds first, then writes all in one short transaction: a bot that is writing
 * to the same file does not wait for the reading.
 */
export function projectRun(db: DatabaseSync, run: RunRecord, lines: Iterable<Line>): void {
  const rows = rowsOf(run, lines);
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(tables);
    for (const [table, values] of Object.entries(rows) as [keyof Rows, Value[][]][]) {
      db.prepare(`DELETE FROM ${table} WHERE run = ?`).run(run.id);
      const width = (values[0]?.length ?? 0) + 1;
      const insert = values.length === 0 ? undefined : db.prepare(`INSERT INTO ${table} VALUES (${marks(width)})`);
      for (const each of values) insert?.run(run.id, ...each);
    }
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

const marks = (count: number): string => Array.from({ length: count }, () => "?").join(", ");

function rowsOf(run: RunRecord, lines: Iterable<Line>): Rows {
  const rows: Rows = { orders: [], fill: [], equity: [], refusal: [] };
  const instruments = new Map<InstrumentId, Instrument>(run.instruments.map((each) => [each.id, each]));
  const orders = new Map<ClientId, Order>();
  const trades = new Set<string>();
  const equity = equityOf(instruments);

  const tell = (seq: number, row: Equity | undefined) => {
    if (row === undefined) return;
    const { at, instrument, position, realized, unrealized, fees, funding, net } = row;
    rows.equity.push([seq, at, instrument, position, realized, unrealized, fees, funding, net]);
  };
  const foldFill = (seq: number, at: number, fill: Fill) => {
    const instrument = instruments.get(fill.instrument);
    const key = `${fill.instrument}/${fill.tradeId}/${fill.side}`;
    if (instrument === undefined || trades.has(key)) return;
    trades.add(key);
    const order = fill.clientId === undefined ? undefined : orders.get(fill.clientId);
    const { tradeId, side, venueAt, clientId, venueOrderId, fee, feeAsset, liquidity } = fill;
    const price = priceText(instrument, fill.price);
    const size = sizeText(instrument, fill.size);
    const ours = order === undefined ? 0 : 1;
    const who = [venueAt, clientId ?? null, venueOrderId, ours];
    rows.fill.push([seq, instrument.id, tradeId, side, ...who, price, size, fee, feeAsset, liquidity]);
    if (order === undefined) return;
    filledTo(order, fill.total, venueAt, venueOrderId);
    tell(seq, equity.fill(fill, at));
  };

  for (const { seq, at, entry } of lines) {
    if (entry.dir === "note") rows.refusal.push([seq, at, entry.rule, entry.why]);
    else if (entry.dir === "out") foldCommand(orders, entry, seq, at, instruments);
    else {
      const { event } = entry;
      if (event.type === "mark.changed") equity.mark(event.instrument, event.mark);
      else if (event.type === "order.filled") foldFill(seq, at, event);
      else if (event.type === "funding.paid") tell(seq, equity.funding(event));
      else if (event.type === "instrument.changed") instruments.set(event.instrument.id, event.instrument);
      else if (event.type === "account.snapshot") {
        for (const fill of event.fills) foldFill(seq, at, fill);
        foldSnapshot(orders, event);
      } else {
        foldOrder(orders, event);
        if (event.type === "order.rejected" || event.type === "order.expired")
          rows.refusal.push([seq, at, "venue", `${event.reason}: ${event.text}`]);
      }
    }
  }
  for (const order of orders.values())
    if (order.instrument !== undefined) rows.orders.push(orderRow(order, order.instrument));
  return rows;
}

function orderRow(order: Order, instrument: Instrument): Value[] {
  const { clientId, slot, side, price, size, tif, reduceOnly } = order.command;
  const filled = sizeText(instrument, order.filled as PlaceOrder["size"]); // a sum of sizes
  const what = [slot, side, priceText(instrument, price), sizeText(instrument, size), tif, reduceOnly ? 1 : 0];
  const became = [order.state, filled, order.venueOrderId ?? null, order.endedAt ?? null, order.text];
  return [clientId, order.seq, order.placedAt, instrument.id, ...what, ...became];
}
