// How the market stood to our fills after each time.
import { memo } from "react";
import type { MoneyNow } from "../../contract/index.ts";
import { Bar } from "../common/Bar.tsx";
import { Help } from "../common/Help.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { duration, figure } from "../format.ts";
import { markoutBars } from "./parts.ts";

/** A bar for each horizon; none where nothing is known yet. */
export const Markouts = memo(function Markouts({ markouts }: Pick<MoneyNow, "markouts">) {
  const words = usePaneWords();
  return (
    <table className="pane-table pane-sources">
      <caption>
        {words.markouts}
        <Help about={words.markouts} text={words["markouts.say"]} />
      </caption>
      <tbody>
        {markoutBars(markouts).map(({ horizonMs, bps, fills, share }) => {
          const tone = bps === undefined || bps === 0 ? "" : bps > 0 ? "good" : "bad";
          return (
            <tr key={horizonMs}>
              <th scope="row">{duration(horizonMs).replace(".0", "")}</th>
              <td>{share === undefined ? null : <Bar signed share={share} tone={tone} />}</td>
              <td className={`figure ${tone}`}>
                {figure(bps, 2, true)} <small>bps</small>
              </td>
              <td className="figure quiet">{fill(words["markouts.fills"], { fills })}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});
