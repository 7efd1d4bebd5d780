// Between bids and asks: the mid, the spread, and what was traded and marked last.
import type { MarketNow } from "../../contract/index.ts";
import { usePaneWords } from "../common/setting.tsx";
import { number, price } from "../format.ts";
import { touchNow } from "./touch.ts";

/** @param market - its slice of a frame */
export function Touch({ market }: { readonly market: MarketNow }) {
  const words = usePaneWords();
  const { tickSize, kind, last, mark } = market;
  const { mid, spread, spreadBps, crossed } = touchNow(market);
  return (
    <div className="pane-touch">
      <b>
        <span className="pane-hidden">{words["ladder.mid"]} </span>
        {price(mid, tickSize)}
      </b>
      <p>
        {words["ladder.spread"]} <b>{number(spread)}</b> · <b>{number(spreadBps)}</b> bps
        {crossed ? <em> {words["ladder.crossed"]}</em> : null}
      </p>
      <p>
        <span>
          {words["ladder.last"]} <b>{price(last, tickSize)}</b>
        </span>
        {kind === "spot" ? null : (
          <span>
            {words["ladder.mark"]} <b>{price(mark, tickSize)}</b>
          </span>
        )}
      </p>
    </div>
  );
}
