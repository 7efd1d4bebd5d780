// The live book of one market with our own orders in it.
import { type CSSProperties, memo, useRef } from "react";
import type { Frame, MarketNow } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { duration } from "../format.ts";
import { BookTable } from "./BookTable.tsx";
import { keysOf, useFocusKept } from "./focused.ts";
import { columns, linesHigh } from "./grid.ts";
import { OwnChip } from "./OwnChip.tsx";
import { OwnHandle } from "./OwnHandle.tsx";
import type { OwnOrder } from "./rows.ts";
import { beliefIn } from "./touch.ts";
import { type Frames, usePicture } from "./usePicture.ts";

/** Which market, and what opens a decision: `order:4012`. */
export interface LadderProps {
  /** Now and then: for what stands around the prices. */
  readonly frame: Frame;
  /** All of them: for the prices. */
  readonly frames: Frames;
  /** Its id. */
  readonly market: string;
  readonly onDecision?: (at: string) => void;
}

/** Nothing for a market that the frame does not have. */
function Ladder({ frame, frames, market: id, onDecision }: LadderProps) {
  const market = useSlice(frame.markets.find((market) => market.id === id));
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  return market === undefined ? null : <Book {...{ market, frames, now, onDecision }} />;
}

interface BookProps {
  readonly market: MarketNow;
  readonly frames: Frames;
  readonly now: number;
  readonly onDecision?: ((at: string) => void) | undefined;
}

/** For the styles of what stands around the picture, and of its place. */
const measures = {
  "--p-columns": `${columns.price}% ${columns.size}% 1fr`,
  "--p-lines": linesHigh,
} as CSSProperties; // whose type knows no names of a page's own

const Book = memo(function Book({ market, frames, now, onDecision }: BookProps) {
  const words = usePaneWords();
  const { id, base, tickSize } = market;
  const { belief, ageMs } = beliefIn(market, now);
  const written = { base, tickSize, onDecision };
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
      <div className="pane-ladder" style={measures}>
        <p className="pane-ladder-head">
          <span>{words.price}</span>
          <span>{words.size}</span>
          <span>
            {words["ladder.own"]} · {words["ladder.ahead"]}
            <Help about={words["ladder.ahead"]} text={words["ladder.ahead.say"]} />
          </span>
        </p>
        <BookTable market={id} frames={frames} />
        <Prices market={id} frames={frames} {...written} />
      </div>
    </PaneBox>
  );
});

interface Written extends Pick<BookProps, "onDecision"> {
  readonly base: string;
  readonly tickSize: string;
}

interface PricesProps extends Written, Pick<LadderProps, "frames" | "market"> {}

/** A picture for the eye, which `BookTable` says to who listens; own orders are buttons on it. */
const Prices = memo(function Prices({ market, frames, ...written }: PricesProps) {
  const words = usePaneWords();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { placed, slot, beyondAsks, beyondBids } = usePicture(market, frames, place, canvas);
  const keys = keysOf(placed);
  useFocusKept(place, slot);
  return (
    <>
      <Edge label={words["ladder.above"]} orders={beyondAsks.toReversed()} {...written} />
      <div ref={place} className="pane-prices">
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing focuses a canvas without a `tabindex` */}
        <canvas ref={canvas} aria-hidden="true" />
        {placed.map(({ own, box }, nth) => (
          <OwnHandle key={keys[nth]} own={own} box={box} {...written} />
        ))}
      </div>
      <Edge label={words["ladder.below"]} orders={beyondBids} {...written} />
    </>
  );
});

interface EdgeProps extends Written {
  readonly label: string;
  readonly orders: readonly OwnOrder[];
}

/** Own orders that no line is left for. */
function Edge({ label, orders, base, tickSize, onDecision }: EdgeProps) {
  const kept = useSlice(orders);
  return kept.length === 0 ? null : (
    <p className="pane-edge">
      <span>{label}</span>
      {kept.map((own) => (
        <OwnChip key={own.order.clientId} {...{ own, base, tickSize, onDecision }} />
      ))}
    </p>
  );
}

/** One ladder for each market of the bot, side by side where there is room. */
export function Ladders({ frame, frames, onDecision }: Omit<LadderProps, "market">) {
  return (
    <div className="pane-ladders">
      {frame.markets.map(({ id }) => (
        <Ladder
          key={id}
          frame={frame}
          frames={frames}
          market={id}
          {...(onDecision === undefined ? {} : { onDecision })}
        />
      ))}
    </div>
  );
}
