// The run as JSON lines on stdout, for programs; what is meant for people goes to stderr.
import { type Instrument, type OrderView, priceText, sizeText } from "@bp/core";
import { type Tally, volumeSums } from "@bp/report";
import type { Face } from "../session.ts";

/** Writes one object a line: `start`, `quote`, `fill`, `reject`, `note`, `status`, `end`. */
export function jsonFace(intervalMs: number): Face {
  const write = (line: Readonly<Record<string, unknown>>) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  let statusAt = 0;
  return {
    begun: ({ run, resumed, stage, instrument, journal, abandoned = null }) => {
      const { place, seed } = stage;
      write({ type: "start", run, resumed, place, symbol: instrument.id, seed, journal, abandoned });
    },
    step: (event, commands, notes, { engine, tally, instrument }) => {
      const { at } = event;
      for (const command of commands) {
        if (command.type === "order.place") {
          const { clientId, slot, side, tif } = command;
          write({
            type: "quote",
            at,
            action: "place",
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
      if (event.type === "order.filled") {
        const { clientId, side, tradeId, fee, feeAsset, liquidity } = event;
        write({
          type: "fill",
          at,
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
      if (event.type === "order.rejected")
        write({ type: "reject", at, clientId: event.clientId, reason: event.reason, text: event.text });
      for (const { rule, why } of notes) write({ type: "note", at, rule, why });
      if (event.type === "timer.fired" && at - statusAt >= intervalMs) {
        statusAt = at;
        const { bid, ask } = engine.view.book(instrument.id);
        const held = engine.view.position(instrument.id);
        write({
          type: "status",
          at,
          bid: bid === undefined ? null : priceText(instrument, bid[0]),
          ask: ask === undefined ? null : priceText(instrument, ask[0]),
          position: held === undefined ? null : sizeText(instrument, held),
          orders: [...engine.orders.values()].map((order) => shown(order, instrument)),
          halted: engine.view.halted ?? null,
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

function money(tally: Tally): Readonly<Record<string, unknown>> {
  const { session, orders } = tally.figures();
  const { sums, profit } = session;
  return {
    fills: sums.fills,
    volumeQuote: volumeSums(sums.volumes).all.quote.toFixed(),
    feesQuote: profit.fees.toFixed(),
    grossQuote: profit.gross.toFixed(),
    netQuote: profit.net.toFixed(),
    unknownOrders: orders.live.unknown,
  };
}

function shown(order: OrderView, instrument: Instrument): Readonly<Record<string, unknown>> {
  const { clientId, side, state } = order;
  return {
    clientId,
    side,
    state,
    price: priceText(instrument, order.price),
    size: sizeText(instrument, order.size),
    filled: sizeText(instrument, order.filled),
  };
}
