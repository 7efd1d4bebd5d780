// The book as a table for who listens to it: what the ladder draws for the eye, at a pace that can be followed.
import type { Frame, MarketNow } from "../../contract/index.ts";
import { usePaneWords } from "../common/setting.tsx";
import { levelSize, number, price } from "../format.ts";
import { type LadderRow, ladderRows } from "./rows.ts";

/** Not seen: one table for each market of the bot. */
export function BookTables({ frame }: { readonly frame: Frame }) {
  return (
    <div className="pane-hidden">
      {frame.markets.map((market) => (
        <BookTable key={market.id} market={market} />
      ))}
    </div>
  );
}

function BookTable({ market }: { readonly market: MarketNow }) {
  const words = usePaneWords();
  const { id, base, quote, tickSize, lotSize } = market;
  const { bids, asks } = ladderRows(market);
  const line = (side: "bid" | "ask") => (row: LadderRow) => (
    <tr key={row.key} className={side}>
      <th scope="row">{price(row.price, tickSize)}</th>
      <td>{levelSize(row.size, lotSize)}</td>
      <td>{row.own.map(({ order, rest }) => `${words[order.side]} ${number(rest)}`).join(", ")}</td>
    </tr>
  );
  return (
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
      <tbody>{bids.map(line("bid"))}</tbody>
    </table>
  );
}
