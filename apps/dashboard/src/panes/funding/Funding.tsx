// When funding is paid next, and what it would be.
import type { Frame } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Scroll } from "../common/Scroll.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { clock, duration, money, percent, tone, unknown, utc } from "../format.ts";
import { fundingStamps } from "./calendar.ts";

/** One row a perpetual, the next stamp first. */
export function Funding({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  const stamps = useSlice(fundingStamps(frame.markets, now));
  const wide = (label: string, say: string) => (
    <th scope="col" className="figure">
      {label}
      <Help about={label} text={say} />
    </th>
  );
  if (stamps.length === 0)
    return (
      <PaneBox name="funding" title={words.funding}>
        <Nothing>{words["funding.none"]}</Nothing>
      </PaneBox>
    );
  return (
    <PaneBox name="funding" title={words.funding}>
      <Scroll label={words.funding}>
        <table className="pane-table">
          <thead>
            <tr>
              <th scope="col">{words.market}</th>
              <th scope="col" className="figure">
                {words["funding.rate"]}
              </th>
              <th scope="col">{words["funding.next"]}</th>
              {wide(words["funding.gets"], words["funding.gets.say"])}
              <th scope="col" className="figure">
                {words["funding.perDay"]}
              </th>
              {wide(words["funding.perYear"], words["funding.perYear.say"])}
            </tr>
          </thead>
          <tbody>
            {stamps.map(({ market, rate, at, leftMs, gets, quote, perDay, perYear }) => (
              <tr key={market}>
                <th scope="row">{market}</th>
                <td className="figure">{percent(rate, 4, true)}</td>
                <td>
                  {at === undefined ? (
                    unknown
                  ) : (
                    <time dateTime={new Date(at).toISOString()} title={utc(at)}>
                      {clock(at, now)}{" "}
                      <small>
                        {leftMs === 0 ? words["funding.due"] : `${words["funding.in"]} ${duration(leftMs)}`}
                      </small>
                    </time>
                  )}
                </td>
                <td className={`figure ${tone(gets)}`}>
                  {money(gets, true)} <small>{quote}</small>
                </td>
                <td className="figure">{percent(perDay, 3, true)}</td>
                <td className="figure">{percent(perYear, 1, true)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </PaneBox>
  );
}
