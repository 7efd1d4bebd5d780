// One price of the ladder.
import { memo } from "react";
import { digitsOf, number, price } from "../format.ts";
import { OwnChip } from "./OwnChip.tsx";
import type { LadderRow } from "./rows.ts";

/** A row, and how its market writes numbers. */
export interface LadderLineProps {
  readonly row: LadderRow;
  readonly side: "bid" | "ask";
  readonly tickSize: string;
  readonly lotSize: string;
  readonly base: string;
  readonly onDecision?: ((at: string) => void) | undefined;
}

/** Price, size as a bar, and the own orders there. */
export const LadderLine = memo(function LadderLine({
  row,
  side,
  tickSize,
  lotSize,
  base,
  onDecision,
}: LadderLineProps) {
  const { own, size, share } = row;
  return (
    <tr className={`${side} ${own.length > 0 ? "own" : ""}`}>
      <th scope="row">{price(row.price, tickSize)}</th>
      <td className="pane-depth" style={{ backgroundSize: `${(share * 100).toFixed(1)}% calc(100% - 4px)` }}>
        {size === undefined ? "" : number(size, { places: Math.min(4, digitsOf(lotSize)) })}
      </td>
      <td>
        {own.map((each) => (
          <OwnChip key={each.order.clientId} own={each} base={base} tickSize={tickSize} onDecision={onDecision} />
        ))}
      </td>
    </tr>
  );
});

/** Rows that keep their place while a side is not full. */
export function Blank({ count }: { readonly count: number }) {
  return Array.from({ length: Math.max(0, count) }, (_, index) => (
    <tr key={index} className="blank">
      <td colSpan={3}>&nbsp;</td>
    </tr>
  ));
}
