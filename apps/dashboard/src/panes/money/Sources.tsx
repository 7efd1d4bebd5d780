// How the net result comes about: parts that add up to it.
import { memo } from "react";
import type { MoneyNow } from "../../contract/index.ts";
import { Bar } from "../common/Bar.tsx";
import { Help } from "../common/Help.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { money, tone } from "../format.ts";
import { sourcesOf } from "./parts.ts";

/** A bar for each part. */
export const Sources = memo(function Sources({ money: now }: { readonly money: MoneyNow }) {
  const words = usePaneWords();
  return (
    <table className="pane-table pane-sources">
      <caption>{words["money.sources"]}</caption>
      <tbody>
        {sourcesOf(now).map(({ source, amount, share }) => (
          <tr key={source}>
            <th scope="row">
              {words[`money.${source}`]}
              <Help about={words[`money.${source}`]} text={words[`money.${source}.say`]} />
            </th>
            <td>
              <Bar signed share={share} tone={tone(amount)} />
            </td>
            <td className={`figure ${tone(amount)}`}>{money(amount, true)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});
