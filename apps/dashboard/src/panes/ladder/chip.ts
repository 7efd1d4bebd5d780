// What is said of an own order: in short beside its price, and in full where it is pointed at.
import { fill } from "../common/setting.tsx";
import { signOf } from "../decimal.ts";
import { number, price } from "../format.ts";
import type { PaneWords } from "../words/en.ts";
import type { OwnOrder } from "./rows.ts";

/** A piece of the short form: text, or a bar of the place in the queue. */
export type ChipPart =
  | { readonly as: "plain" | "strong" | "sign" | "small" | "ahead"; readonly text: string }
  /** 0: first in the queue, 1: last. */
  | { readonly as: "queue"; readonly share: number };

/** @param tickSize - writes the price too: where there is no line of its own */
export function chipParts({ order, rest, queue }: OwnOrder, tickSize?: string): readonly ChipPart[] {
  const { side, state, filled, size, ahead } = order;
  return [
    { as: "plain", text: side === "buy" ? "▲" : "▼" },
    ...(tickSize === undefined ? [] : [{ as: "plain", text: price(order.price, tickSize) } as const]),
    { as: "strong", text: number(rest) },
    ...(signOf(filled) === 1 ? [{ as: "small", text: `/${number(size)}` } as const] : []),
    ...(state === "open" ? [] : [{ as: "sign", text: signs[state] } as const]),
    ...(ahead === undefined
      ? []
      : [{ as: "queue", share: queue ?? 0 } as const, { as: "ahead", text: number(ahead) } as const]),
  ];
}

const signs = { placing: "↗", cancelling: "↘", unknown: "?" } as const;

/** Lines of a hint: everything about it, and what a press does. */
export function chipTold({ order, rest }: OwnOrder, base: string, tickSize: string, words: PaneWords): string {
  const { side, state, filled, size, ahead } = order;
  return [
    `${words[side]} ${number(rest)} ${base} @ ${price(order.price, tickSize)}`,
    words[`order.${state}`],
    ...(signOf(filled) === 1 ? [fill(words["ladder.filled"], { filled: number(filled), size: number(size) })] : []),
    ...(ahead === undefined ? [] : [fill(words["ladder.ahead.of"], { ahead: number(ahead), base })]),
    ...(order.postOnly ? [words["order.postOnly"]] : []),
    ...(order.reduceOnly ? [words["order.reduceOnly"]] : []),
    order.slot,
    words.openDecision,
  ].join("\n");
}
