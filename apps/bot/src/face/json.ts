// The run as JSON lines on stdout, for programs; what is meant for people goes to stderr.
import { type Instrument, type InstrumentId, type OrderView, priceText, sizeText } from "@bp/core";
import { type Tally, volumeSums } from "@bp/report";
import type { ChangesMade } from "../change/made.ts";
import type { Face, RunState } from "../session.ts";

/** Writes one object a line: `start`, `quote`, `fill`, `reject`, `change`, `note`, `status`, `end`. */
export function jsonFace(intervalMs: number): Face {
  const write = (line: Readonly<Record<string, unknown>>) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  let statusAt = 0;
  let changes: ChangesMade | undefined;
  let told = 0;
  return {
    begun: ({ run, resumed, stage, instruments, journal, abandoned = null, changes: made }) => {
      changes = made;
      told = made.made.length;
      const { place, seed } = stage;
      write({
        type: "start",
        run,
        pid: process.pid,
        resumed,
        place,
        ...namesOf(instruments),
        seed,
        journal,
        abandoned,
        changed: made.others(),
      });
    },
    step: (event, commands, notes, state) => {
      const { at } = event;
      const { engine, tally, instruments } = state;
      for (const command of commands) {
        if (command.type === "order.place") {
          const { clientId, slot, side, tif, instrument: symbol } = command;
          const instrument = engine.view.instrument(symbol);
          write({
            type: "quote",
            at,
            action: "place",
            symbol,
            clientId,
            slot,
            side,
            price: priceText(instrument, command.price),
            size: sizeText(instrument, command.size),
            tif,
          });
        } else if (command.type === "order.cancel") {
          write({ type: "quote", at, action: "cancel", clientId: command.clientId });
        }
      }
      if (event.type === "order.filled" && instruments.some(({ id }) => id === event.instrument)) {
        const instrument = engine.view.instrument(event.instrument);
        const { clientId, side, tradeId, fee, feeAsset, liquidity } = event;
        write({
          type: "fill",
          at,
          symbol: instrument.id,
          clientId,
          tradeId,
          side,
          price: priceText(instrument, event.price),
          size: sizeText(instrument, event.size),
          fee,
          feeAsset,
          liquidity,
        });
      }
      for (const each of changes?.made.slice(told) ?? []) write({ type: "change", ...each });
      told = changes?.made.length ?? 0;
      if (event.type === "order.rejected")
        write({ type: "reject", at, clientId: event.clientId, reason: event.reason, text: event.text });
      for (const { rule, why } of notes) write({ type: "note", at, rule, why });
      if (event.type === "timer.fired" && at - statusAt >= intervalMs) {
        statusAt = at;
        const [only] = instruments;
        const markets = instruments.map((each) => ({ symbol: each.id, ...marketOf(each, state) }));
        write({
          type: "status",
          at,
          ...(instruments.length === 1 && only !== undefined ? marketOf(only, state) : { markets }),
          orders: [...engine.orders.values()].map((order) => shown(order, engine.view.instrument(order.instrument))),
          halted: engine.view.halted ?? null,
          differences: engine.differences().total,
          ...money(tally),
        });
      }
    },
    ending: (why) => void process.stderr.write(`stopping: ${why}\n`),
    ended: ({ code, why, summary }) => {
      write({ type: "end", code, why, summary });
      if (code !== 0) process.stderr.write(`ended with code ${code}: ${why}\n`);
    },
  };
}

/** `symbol` of the only market, or of several `symbols`. */
function namesOf(instruments: readonly Instrument[]): Readonly<Record<string, InstrumentId | readonly InstrumentId[]>> {
  const [only] = instruments;
  return instruments.length === 1 && only !== undefined
    ? { symbol: only.id }
    : { symbols: instruments.map(({ id }) => id) };
}

function marketOf(instrument: Instrument, { engine }: RunState): Readonly<Record<string, string | null>> {
  const { bid, ask } = engine.view.book(instrument.id);
  const held = engine.view.position(instrument.id);
  return {
    bid: bid === undefined ? null : priceText(instrument, bid[0]),
    ask: ask === undefined ? null : priceText(instrument, ask[0]),
    position: held === undefined ? null : sizeText(instrument, held),
  };
}

function money(tally: Tally): Readonly<Record<string, unknown>> {
  const { session, causes, orders } = tally.figures();
  const { sums, profit } = session;
  return {
    fills: sums.fills,
    volumeQuote: volumeSums(sums.volumes).all.quote.toFixed(),
    feesQuote: profit.fees.toFixed(),
    grossQuote: profit.gross.toFixed(),
    netQuote: profit.net.toFixed(),
    equityChangeQuote: causes.equityChange.toFixed(),
    unknownOrders: orders.live.unknown,
  };
}

function shown(order: OrderView, instrument: Instrument): Readonly<Record<string, unknown>> {
  const { clientId, side, state, instrument: symbol } = order;
  return {
    symbol,
    clientId,
    side,
    state,
    price: priceText(instrument, order.price),
    size: sizeText(instrument, order.size),
    filled: sizeText(instrument, order.filled),
  };
}
