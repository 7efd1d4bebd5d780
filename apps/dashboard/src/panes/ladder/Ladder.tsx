// The live book of one market with our own orders in it.
import { memo } from "react";
import type { Frame, MarketNow } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { duration, number, price } from "../format.ts";
import { Blank, LadderLine } from "./LadderLine.tsx";
import { OwnChip } from "./OwnChip.tsx";
import { depth, type OwnOrder } from "./rows.ts";
import { beliefIn, touchNow } from "./touch.ts";
import { useLadder } from "./useLadder.ts";

/** Which market, and what opens a decision: `order:4012`. */
export interface LadderProps {
  readonly frame: Frame;
  /** Its id. */
  readonly market: string;
  readonly onDecision?: (at: string) => void;
}

/** Nothing for a market that the frame does not have. */
function Ladder({ frame, market: id, onDecision }: LadderProps) {
  const market = useSlice(frame.markets.find((market) => market.id === id));
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  return market === undefined ? null : <Book market={market} now={now} onDecision={onDecision} />;
}

interface BookProps {
  readonly market: MarketNow;
  readonly now: number;
  readonly onDecision?: ((at: string) => void) | undefined;
}

const Book = memo(function Book({ market, now, onDecision }: BookProps) {
  const words = usePaneWords();
  const { base, quote, tickSize, lotSize } = market;
  const rows = useLadder(market);
  const touch = touchNow(market);
  const { belief, ageMs } = beliefIn(market, now);
  const line = (side: "bid" | "ask") => (row: (typeof rows.bids)[number]) => (
    <LadderLine key={row.key} {...{ row, side, tickSize, lotSize, base, onDecision }} />
  );
  const edge = (label: string, orders: readonly OwnOrder[]) =>
    orders.length === 0 ? null : (
      <tr className="edge">
        <td colSpan={3}>
          <span>{label}</span>
          {orders.map((own) => (
            <OwnChip key={own.order.clientId} priced {...{ own, base, tickSize, onDecision }} />
          ))}
        </td>
      </tr>
    );
  return (
    <PaneBox
      name="ladder"
      title={`${words.ladder} ${market.symbol}`}
      aside={
        <span className="pane-belief" data-belief={belief}>
          <i aria-hidden="true" />
          {fill(words[`book.${belief}`], { age: duration(ageMs) })}
        </span>
      }
    >
      <table className="pane-ladder" data-belief={belief}>
        <caption className="pane-hidden">{`${market.id}, ${base}/${quote}`}</caption>
        <thead>
          <tr>
            <th scope="col">{words.price}</th>
            <th scope="col">{words.size}</th>
            <th scope="col">
              {words["ladder.own"]} · {words["ladder.ahead"]}
              <Help about={words["ladder.ahead"]} text={words["ladder.ahead.say"]} />
            </th>
          </tr>
        </thead>
        <tbody>
          {edge(words["ladder.above"], rows.beyondAsks.toReversed())}
          <Blank count={depth - rows.asks.length} />
          {rows.asks.toReversed().map(line("ask"))}
        </tbody>
        <tbody>
          <tr className="touch">
            <th scope="row">
              <span className="pane-hidden">{words["ladder.mid"]} </span>
              {price(touch.mid, tickSize)}
            </th>
            <td colSpan={2}>
              <p>
                {words["ladder.spread"]} <b>{number(touch.spread)}</b> · <b>{number(touch.spreadBps)}</b> bps
                {touch.crossed ? <em> {words["ladder.crossed"]}</em> : null}
              </p>
              <p>
                <span>
                  {words["ladder.last"]} <b>{price(market.last, tickSize)}</b>
                </span>
                {market.kind === "spot" ? null : (
                  <span>
                    {words["ladder.mark"]} <b>{price(market.mark, tickSize)}</b>
                  </span>
                )}
              </p>
            </td>
          </tr>
        </tbody>
        <tbody>
          {rows.bids.map(line("bid"))}
          <Blank count={depth - rows.bids.length} />
          {edge(words["ladder.below"], rows.beyondBids)}
        </tbody>
      </table>
    </PaneBox>
  );
});

/** One ladder for each market of the bot, side by side where there is room. */
export function Ladders({ frame, onDecision }: Omit<LadderProps, "market">) {
  return (
    <div className="pane-ladders">
      {frame.markets.map(({ id }) => (
        <Ladder key={id} frame={frame} market={id} {...(onDecision === undefined ? {} : { onDecision })} />
      ))}
    </div>
  );
}
