// The live book of one market with our own orders in it.
import { memo } from "react";
import type { Frame, MarketNow } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { duration } from "../format.ts";
import { OwnChip } from "./OwnChip.tsx";
import { ladderRows, type OwnOrder } from "./rows.ts";
import { Side } from "./Side.tsx";
import { Touch } from "./Touch.tsx";
import { beliefIn } from "./touch.ts";

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
  const { base, tickSize, lotSize } = market;
  const { bids, asks, beyondBids, beyondAsks } = ladderRows(market);
  const { belief, ageMs } = beliefIn(market, now);
  const written = { base, tickSize, lotSize, onDecision };
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
      <div className="pane-ladder" data-belief={belief}>
        <p className="pane-ladder-head">
          <span>{words.price}</span>
          <span>{words.size}</span>
          <span>
            {words["ladder.own"]} · {words["ladder.ahead"]}
            <Help about={words["ladder.ahead"]} text={words["ladder.ahead.say"]} />
          </span>
        </p>
        <Edge label={words["ladder.above"]} orders={beyondAsks.toReversed()} {...written} />
        <Side side="ask" rows={asks} {...written} />
        <Touch market={market} />
        <Side side="bid" rows={bids} {...written} />
        <Edge label={words["ladder.below"]} orders={beyondBids} {...written} />
      </div>
    </PaneBox>
  );
});

interface EdgeProps extends Pick<BookProps, "onDecision"> {
  readonly label: string;
  readonly orders: readonly OwnOrder[];
  readonly base: string;
  readonly tickSize: string;
}

/** Own orders that no line is left for. */
function Edge({ label, orders, base, tickSize, onDecision }: EdgeProps) {
  const kept = useSlice(orders);
  return kept.length === 0 ? null : (
    <p className="pane-edge">
      <span>{label}</span>
      {kept.map((own) => (
        <OwnChip key={own.order.clientId} priced {...{ own, base, tickSize, onDecision }} />
      ))}
    </p>
  );
}

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
