// When funding is paid next, and what it would be.
import { memo } from "react";
import type { Frame } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { clock, duration, money, percent, tone, unknown, utc } from "../format.ts";
import { type FundingStamp, fundingStamps } from "./calendar.ts";

/** A card for each perpetual, the next stamp first. */
export function Funding({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  const stamps = useSlice(fundingStamps(frame.markets, now));
  return (
    <PaneBox name="funding" title={words.funding}>
      {stamps.length === 0 ? <Nothing>{words["funding.none"]}</Nothing> : null}
      {stamps.map((stamp) => (
        <Stamp key={stamp.market} stamp={stamp} now={now} />
      ))}
    </PaneBox>
  );
}

interface StampProps {
  readonly stamp: FundingStamp;
  readonly now: number;
}

const Stamp = memo(function Stamp({ stamp, now }: StampProps) {
  const words = usePaneWords();
  const { market, quote, rate, at, leftMs, gets, perDay, perYear } = stamp;
  const next =
    at === undefined ? (
      unknown
    ) : (
      <time dateTime={new Date(at).toISOString()} title={utc(at)}>
        {clock(at, now)}
      </time>
    );
  const left = leftMs === 0 ? words["funding.due"] : `${words["funding.in"]} ${duration(leftMs)}`;
  return (
    <article className="pane-card">
      <h3>{market}</h3>
      <Stats>
        <Stat label={words["funding.next"]} value={next} unit={at === undefined ? undefined : left} />
        <Stat label={words["funding.rate"]} value={percent(rate, 4, true)} />
        <Stat
          label={words["funding.gets"]}
          value={money(gets, true)}
          tone={tone(gets)}
          unit={quote}
          help={words["funding.gets.say"]}
        />
        <Stat label={words["funding.perDay"]} value={percent(perDay, 3, true)} />
        <Stat label={words["funding.perYear"]} value={percent(perYear, 1, true)} help={words["funding.perYear.say"]} />
      </Stats>
    </article>
  );
});
