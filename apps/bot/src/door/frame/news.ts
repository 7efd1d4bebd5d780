// What happens in a run, as lines: trades, refusals, rules, links, a person's wishes.
import { type Command, type Event, plain } from "@bp/core";
import type { Note } from "@bp/engine";
import type { CountedFill } from "@bp/report";
import type { FillNow, News } from "dashboard/contract";
import type { Numbers } from "../../explain/numbers.ts";
import { noteLevels } from "../../face/noteLevels.ts";

/** Lines without their number. */
export type Line = Omit<News, "n">;

/** The lines of a step, in the order in which things happened. */
export function linesOf(
  event: Event,
  commands: readonly Command[],
  notes: readonly Note[],
  numbers: Numbers,
): readonly Line[] {
  const { at, seq } = event;
  const lines: Line[] = [];
  const add = (level: News["level"], kind: News["kind"], say: string, more: Partial<Line> = {}) =>
    lines.push({ at, seq, level, kind, say: plain(say), decision: String(seq), ...more });
  if (event.type === "order.rejected" || event.type === "order.doubted") {
    const { clientId, text } = event;
    const how = event.type === "order.rejected" ? `refused (${event.reason})` : "in doubt";
    add("warn", "order", `order ${clientId} is ${how}: ${text}`, { decision: `order:${clientId}` });
  } else if (event.type === "link.lost" || event.type === "link.restored")
    add(event.type === "link.lost" ? "warn" : "info", "link", `${event.venue} ${event.stream}: ${event.why}`);
  else if (event.type === "operator.asked") add("info", "operator", `${event.ask}, asked by ${event.by}`);
  else if (event.type === "funding.paid") {
    const { instrument: market, amount, asset } = event;
    add("info", "strategy", `funding in ${market}: ${amount} ${asset}`, { market });
  }
  for (const command of commands) {
    if (command.type === "order.place") {
      const { price, size } = numbers(command.instrument);
      const { clientId, slot, side, instrument: market } = command;
      const say = `places ${slot}: ${side} ${size(command.size)} at ${price(command.price)}, order ${clientId}`;
      add("debug", "order", say, { market, decision: `order:${clientId}` });
    } else if (command.type === "order.cancel")
      add("debug", "order", `cancels order ${command.clientId}`, {
        market: command.instrument,
        decision: `cancel:${command.clientId}`,
      });
  }
  for (const { rule, why } of notes) add(noteLevels[rule] ?? "debug", "rule", `${rule}: ${why}`);
  return lines;
}

/** A trade as a line. */
export function fillLineOf(fill: Omit<FillNow, "n">): Line {
  const { at, seq, market, side, size, price, fee, feeAsset, liquidity, slot, tradeId } = fill;
  return {
    at,
    seq,
    level: "info",
    kind: "fill",
    say: plain(`${side} ${size} at ${price}, ${liquidity}, fee ${fee} ${feeAsset}, ${slot}`),
    market,
    decision: `fill:${tradeId}`,
  };
}

/** Trades of ours as they are shown. */
export function fillsNow(
  event: Event,
  fills: readonly CountedFill[],
  numbers: Numbers,
  slotOf: SlotOf,
): readonly Omit<FillNow, "n">[] {
  return fills.flatMap(({ fill }) => {
    const { instrument: market, side, fee, feeAsset, liquidity, tradeId, clientId } = fill;
    if (clientId === undefined) return [];
    const { price, size } = numbers(market);
    const row = { at: fill.venueAt, seq: event.seq, market, side, price: price(fill.price), size: size(fill.size) };
    return [{ ...row, fee, feeAsset, liquidity, tradeId, clientId, slot: slotOf(clientId) ?? "" }];
  });
}

/** The slot of an order of ours; `undefined` of one that is long gone. */
export type SlotOf = (clientId: number) => string | undefined;
