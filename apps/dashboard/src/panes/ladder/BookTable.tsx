// The book as a table for who listens to it: what the ladder draws for the eye, at a pace that can be followed.
import { memo, useMemo, useSyncExternalStore } from "react";
import { calmly } from "../common/calmly.ts";
import { usePaneWords } from "../common/setting.tsx";
import { levelSize, number, price } from "../format.ts";
import { type LadderRow, ladderRows } from "./rows.ts";
import { touchTold } from "./touchTold.ts";
import type { Frames } from "./usePicture.ts";

/** How often it is another, ms: also out of sight, which a listener does not know of. */
const spokenMs = 2_000;

/** Not seen; nothing for a market that the newest frame does not have. */
export const BookTable = memo(function BookTable({ market: id, frames }: { market: string; frames: Frames }) {
  const words = usePaneWords();
  const subscribe = useMemo(() => calmly(frames.subscribe, spokenMs), [frames]);
  const market = useSyncExternalStore(subscribe, () => frames.get()?.markets.find((market) => market.id === id));
  if (market === undefined) return null;
  const { base, quote, tickSize, lotSize } = market;
  const { bids, asks } = ladderRows(market);
  const line = (side: "bid" | "ask") => (row: LadderRow) => (
    <tr key={row.key} className={side}>
      <th scope="row">{price(row.price, tickSize)}</th>
      <td>{levelSize(row.size, lotSize)}</td>
      <td>{row.own.map(({ order, rest }) => `${words[order.side]} ${number(rest)}`).join(", ")}</td>
    </tr>
  );
  return (
    <div className="pane-hidden">
      <table>
        <caption>{`${words.ladder} ${id}, ${base}/${quote}`}</caption>
        <thead>
          <tr>
            <th scope="col">{words.price}</th>
            <th scope="col">{words.size}</th>
            <th scope="col">{words["ladder.own"]}</th>
          </tr>
        </thead>
        <tbody>{asks.toReversed().map(line("ask"))}</tbody>
        <tbody>
          <tr>
            <td colSpan={3}>{touchTold(market, words)}</td>
          </tr>
        </tbody>
        <tbody>{bids.map(line("bid"))}</tbody>
      </table>
    </div>
  );
});
