// An own order in the ladder: what is left of it, how it stands, and its place in the queue.
import { memo } from "react";
import { Bar } from "../common/Bar.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { signOf } from "../decimal.ts";
import { number, price } from "../format.ts";
import type { OwnOrder } from "./rows.ts";

/** What an own order needs to know of where it stands. */
export interface OwnChipProps {
  readonly own: OwnOrder;
  readonly base: string;
  readonly tickSize: string;
  /** Whether the price is written too: at the edges, where there is no row of its own. */
  readonly priced?: boolean;
  readonly onDecision?: ((at: string) => void) | undefined;
}

/** A button that opens the decision behind the order. */
export const OwnChip = memo(function OwnChip({ own, base, tickSize, priced = false, onDecision }: OwnChipProps) {
  const words = usePaneWords();
  const { order, rest, queue } = own;
  const { side, state, filled, size, ahead, clientId } = order;
  const begun = signOf(filled) === 1;
  const told = [
    `${words[side]} ${number(rest)} ${base} @ ${price(order.price, tickSize)}`,
    words[`order.${state}`],
    ...(begun ? [fill(words["ladder.filled"], { filled: number(filled), size: number(size) })] : []),
    ...(ahead === undefined ? [] : [fill(words["ladder.ahead.of"], { ahead: number(ahead), base })]),
    ...(order.postOnly ? [words["order.postOnly"]] : []),
    ...(order.reduceOnly ? [words["order.reduceOnly"]] : []),
    order.slot,
  ];
  return (
    <button
      type="button"
      className={`pane-own ${side} ${state}`}
      title={[...told, words.openDecision].join("\n")}
      onClick={() => onDecision?.(`order:${clientId}`)}
    >
      <span className="pane-own-parts" aria-hidden="true">
        <span>{side === "buy" ? "▲" : "▼"}</span>
        {priced ? <span>{price(order.price, tickSize)}</span> : null}
        <b>{number(rest)}</b>
        {begun ? <small>/{number(size)}</small> : null}
        {state === "open" ? null : <em>{state === "unknown" ? "?" : state === "placing" ? "↗" : "↘"}</em>}
        {ahead === undefined ? null : (
          <span className="pane-queue">
            <Bar share={queue ?? 0} />
            <small>{number(ahead)}</small>
          </span>
        )}
      </span>
    </button>
  );
});
