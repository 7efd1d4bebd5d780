// The last values of the chart as a table, for who does not see it.
import { memo, useState } from "react";
import { Scroll } from "../common/Scroll.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { clock, figure, price, unknown, utc } from "../format.ts";
import { bucketsOf } from "./buckets.ts";
import type { Points } from "./points.ts";

interface LastPointsProps {
  readonly points: Points;
  readonly market: string;
  readonly step: number;
  readonly tickSize: string;
  /** Another number: draw again. */
  readonly beat: number;
}

const rows = 20;

/** Closed until it is wanted, and not worked out before. */
export const LastPoints = memo(function LastPoints({ points, market, step, tickSize }: LastPointsProps) {
  const words = usePaneWords();
  const [open, setOpen] = useState(false);
  const newest = points.of(market).at(-1)?.at ?? 0;
  const last = open ? bucketsOf(points.of(market), step, newest - rows * step).toReversed() : [];
  const priced = (value: number | undefined) => (value === undefined ? unknown : price(value.toFixed(12), tickSize));
  return (
    <details className="pane-details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words["chart.table"]}</summary>
      {!open ? null : (
        <Scroll label={words["chart.table"]}>
          <table className="pane-table">
            <thead>
              <tr>
                {[words.time, words["ladder.mid"], words.bid, words.ask, words.position, words["money.net"]].map(
                  (label) => (
                    <th key={label} scope="col" className="figure">
                      {label}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {last.map(({ time, close, bid, ask, position, net }) => (
                <tr key={time}>
                  <th scope="row" title={utc(time * 1_000)}>
                    {clock(time * 1_000)}
                  </th>
                  <td className="figure">{priced(close)}</td>
                  <td className="figure">{priced(bid)}</td>
                  <td className="figure">{priced(ask)}</td>
                  <td className="figure">{figure(position, 4)}</td>
                  <td className="figure">{figure(net, 4, true)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  );
});
