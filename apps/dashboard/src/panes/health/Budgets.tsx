// What of each venue's request limits is used, and what each lane could still send.
import { memo } from "react";
import type { AccountNow } from "../../contract/index.ts";
import { Bar } from "../common/Bar.tsx";
import { Help } from "../common/Help.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { share } from "../decimal.ts";
import { duration, figure } from "../format.ts";

/** A row for each purse, its lanes below. */
export const Budgets = memo(function Budgets({ budgets }: Pick<AccountNow, "budgets">) {
  const words = usePaneWords();
  if (budgets.length === 0) return null;
  const known: Readonly<Record<string, string>> = words;
  return (
    <table className="pane-table pane-budgets">
      <caption>
        {words["health.budget"]}
        <Help about={words["health.budget"]} text={words["health.budget.say"]} />
      </caption>
      <tbody>
        {budgets.map(({ host, counts, perMs, used, capacity, lanes, pausedMs }) => {
          const part = share(used, capacity);
          const tone = pausedMs > 0 || part > 0.9 ? "bad" : part > 0.7 ? "warn" : "";
          return (
            <tr key={`${host} ${counts} ${perMs}`}>
              <th scope="row">
                {host}
                <small className="block">
                  {counts} / {duration(perMs).replace(".0", "")}
                </small>
              </th>
              <td>
                <Bar share={part} tone={tone} />
                {pausedMs > 0 ? (
                  <small className="bad">! {fill(words["health.budget.paused"], { time: duration(pausedMs) })}</small>
                ) : null}
                {lanes.length === 0 ? null : (
                  <small className="quiet">
                    {words["health.budget.free"]}:{" "}
                    {lanes.map(({ lane, free }) => `${known[`lane.${lane}`] ?? lane} ${figure(free, 0)}`).join(" · ")}
                  </small>
                )}
              </td>
              <td className={`figure ${tone}`}>
                {figure(used, 0)} / {figure(capacity, 0)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});
