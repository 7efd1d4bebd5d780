// The bids or the asks of a ladder: two columns of numbers, bars behind the sizes, and the own orders on their lines.
import { memo } from "react";
import { useSlice } from "../common/useSlice.ts";
import { barLook, columnsOf, type Steps } from "./columns.ts";
import { OwnChip } from "./OwnChip.tsx";
import { depth, type LadderRow, type OwnOrder } from "./rows.ts";

/** A side, and how its market writes numbers. */
export interface SideProps extends Steps {
  readonly side: "bid" | "ask";
  /** Best first. */
  readonly rows: readonly LadderRow[];
  readonly base: string;
  readonly onDecision?: ((at: string) => void) | undefined;
}

/** The numbers are for the eye alone: `BookTable` says them to who listens. */
export function Side({ side, rows, base, tickSize, lotSize, onDecision }: SideProps) {
  const { prices, sizes, bars, rungs } = columnsOf(side, rows, { tickSize, lotSize });
  const owns = useSlice(Object.fromEntries(rungs.map(({ key, own }) => [key, own])));
  return (
    <div className={`pane-side ${side}`} style={{ blockSize: `calc(${depth} * var(--p-row))` }}>
      {rungs.map(({ key, line, own }) => (
        <Rung key={key} {...{ line, own: owns[key] ?? own, base, tickSize, onDecision }} />
      ))}
      <i className="pane-depth" aria-hidden="true" style={{ ...barLook, backgroundSize: bars }} />
      <div className="pane-prices" aria-hidden="true">
        {prices}
      </div>
      <div className="pane-sizes" aria-hidden="true">
        {sizes}
      </div>
    </div>
  );
}

interface RungProps extends Pick<SideProps, "base" | "tickSize" | "onDecision"> {
  readonly line: number;
  readonly own: readonly OwnOrder[];
}

/** Is moved to its line and not made anew: a finger on a button when the prices move stays on that order. */
const Rung = memo(function Rung({ line, own, base, tickSize, onDecision }: RungProps) {
  return (
    <div className="pane-rung" style={{ insetBlockStart: `calc(${line} * var(--p-row))` }}>
      {own.map((each) => (
        <OwnChip key={each.order.clientId} own={each} base={base} tickSize={tickSize} onDecision={onDecision} />
      ))}
    </div>
  );
});
