// What is not hedged, and how long it may stay so.
import { memo } from "react";
import type { Frame, MarketNow, PairNow } from "../../contract/index.ts";
import { Bar } from "../common/Bar.tsx";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { duration, figure, money, number } from "../format.ts";
import { debtClock } from "./debt.ts";

/** A card for each pair; nothing where the bot hedges nothing. */
export function Hedge({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const pairs = useSlice(frame.pairs);
  const names = useSlice(frame.markets.map(({ id, base, quote }) => ({ id, base, quote })));
  if (pairs.length === 0) return null;
  return (
    <PaneBox name="hedge" title={words.hedge} aside={<Help about={words.hedge} text={words["hedge.say"]} />}>
      {pairs.map((pair) => (
        <Pair
          key={`${pair.lead} ${pair.hedge}`}
          pair={pair}
          market={names.find(({ id }) => id === pair.lead)}
          now={pair.since === undefined ? 0 : Math.floor(frame.run.marketNow / 100) * 100}
        />
      ))}
    </PaneBox>
  );
}

interface PairProps {
  readonly pair: PairNow;
  readonly market: Pick<MarketNow, "base" | "quote"> | undefined;
  /** To a tenth of a second; 0 while nothing runs. */
  readonly now: number;
}

const Pair = memo(function Pair({ pair, market, now }: PairProps) {
  const words = usePaneWords();
  const { state, forMs, share } = debtClock(pair, now);
  const tone = { hedged: "good", unknown: "warn", open: "warn", late: "bad" }[state];
  const said = fill(words[`hedge.${state}`], { time: duration(forMs), max: duration(pair.maxNakedMs) });
  return (
    <article className="pane-card">
      <h3>
        {pair.lead} <span aria-hidden="true">⇄</span> {pair.hedge}
      </h3>
      <p className={`pane-debt ${state}`}>
        <b className={tone}>
          {{ hedged: "✓", unknown: "?", open: "◔", late: "!" }[state]} {said}
        </b>
        <Bar share={share} tone={tone} />
      </p>
      <Stats>
        <Stat label={words["hedge.debt"]} value={number(pair.debt, { signed: true })} unit={market?.base} />
        <Stat label={words["hedge.notional"]} value={money(pair.notional)} unit={market?.quote} />
        <Stat label={words["hedge.worst"]} value={money(pair.worst)} unit={market?.quote} />
        <Stat
          label={words["hedge.exposure"]}
          value={figure(pair.nakedSeconds, 0)}
          unit={`${market?.quote ?? ""}·s`}
          help={words["hedge.exposure.say"]}
        />
      </Stats>
    </article>
  );
});
