// An own order that no line is left for, as a button that opens its decision: what is left of it, how it stands, its place in the queue.
import { memo } from "react";
import { Bar } from "../common/Bar.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { type ChipPart, chipParts, chipTold } from "./chip.ts";
import type { OwnOrder } from "./rows.ts";

/** What an own order needs to know of where it stands. */
export interface OwnChipProps {
  readonly own: OwnOrder;
  readonly base: string;
  readonly tickSize: string;
  readonly onDecision?: ((at: string) => void) | undefined;
}

/** With its price, since it has no line. */
export const OwnChip = memo(function OwnChip({ own, base, tickSize, onDecision }: OwnChipProps) {
  const words = usePaneWords();
  const { side, state, clientId } = own.order;
  return (
    <button
      type="button"
      className={`pane-own ${side} ${state}`}
      title={chipTold(own, base, tickSize, words)}
      onClick={() => onDecision?.(`order:${clientId}`)}
    >
      <span className="pane-own-parts" aria-hidden="true">
        {chipParts(own, tickSize).map((part, at) => (
          <Part key={`${at} ${part.as}`} part={part} />
        ))}
      </span>
    </button>
  );
});

function Part({ part }: { readonly part: ChipPart }) {
  switch (part.as) {
    case "queue":
      return <Bar share={part.share} />;
    case "strong":
      return <b>{part.text}</b>;
    case "sign":
      return <em>{part.text}</em>;
    case "plain":
      return <span>{part.text}</span>;
    case "small":
    case "ahead":
      return <small>{part.text}</small>;
  }
}
