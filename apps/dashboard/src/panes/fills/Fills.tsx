// The last own trades, newest first; each opens the decision behind its order.
import { memo } from "react";
import type { FillNow } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Scroll } from "../common/Scroll.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { clock, digitsOf, number, utc } from "../format.ts";

/** Trades in any order; the newest are shown. */
export interface FillsProps {
  readonly fills: readonly FillNow[];
  /** `fill:TRADE` */
  readonly onDecision?: (at: string) => void;
}

const most = 200;

/** A table of them. Draws again only for another list. */
export const Fills = memo(function Fills({ fills, onDecision }: FillsProps) {
  const words = usePaneWords();
  const shown = fills.toSorted((a, b) => b.at - a.at || b.n - a.n).slice(0, most);
  const places = new Map<string, number>();
  for (const { market, price } of shown) places.set(market, Math.max(places.get(market) ?? 0, digitsOf(price)));
  const several = places.size > 1;
  if (shown.length === 0)
    return (
      <PaneBox name="fills" title={words.fills}>
        <Nothing>{words["fills.none"]}</Nothing>
      </PaneBox>
    );
  return (
    <PaneBox name="fills" title={words.fills}>
      <Scroll label={words.fills}>
        <table className="pane-table">
          <thead>
            <tr>
              <th scope="col">{words.time}</th>
              <th scope="col">{words.side}</th>
              <th scope="col" className="figure">
                {words.price}
              </th>
              <th scope="col" className="figure">
                {words.size}
              </th>
              <th scope="col" className="figure">
                {words.fee}
              </th>
              <th scope="col">{words["fills.liquidity"]}</th>
              {several ? <th scope="col">{words.market}</th> : null}
              <th scope="col">{words.slot}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((fill) => (
              <FillRow
                key={`${fill.market} ${fill.tradeId} ${fill.n}`}
                fill={fill}
                several={several}
                places={places.get(fill.market) ?? 0}
                onDecision={onDecision}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
    </PaneBox>
  );
});

interface FillRowProps {
  readonly fill: FillNow;
  /** Whether there are markets to be told apart. */
  readonly several: boolean;
  /** Digits of its market's prices. */
  readonly places: number;
  readonly onDecision: ((at: string) => void) | undefined;
}

const FillRow = memo(function FillRow({ fill, several, places, onDecision }: FillRowProps) {
  const words = usePaneWords();
  const { at, side, price, size, fee, feeAsset, liquidity, market, slot, tradeId } = fill;
  const time = clock(at, Date.now());
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="pane-link"
          title={utc(at)}
          aria-label={`${time}. ${words.openDecision}`}
          onClick={() => onDecision?.(`fill:${tradeId}`)}
        >
          {time}
        </button>
      </th>
      <td className={side}>
        {side === "buy" ? "▲" : "▼"} {words[side]}
      </td>
      <td className="figure">{number(price, { places })}</td>
      <td className="figure">{number(size)}</td>
      <td className="figure">
        {number(fee)} <small>{feeAsset}</small>
      </td>
      <td className={liquidity === "taker" ? "warn" : "quiet"}>{words[`fills.${liquidity}`]}</td>
      {several ? <td>{market}</td> : null}
      <td className="quiet">{slot}</td>
    </tr>
  );
});
