// All bots of this machine and user, and all runs that were.
import { useEffect } from "react";
import type { BotNow } from "../../contract/index.ts";
import { useKnown, useSession } from "../../feed/session.tsx";
import { useAnswer } from "../../feed/useAnswer.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { BotRow } from "./BotRow.tsx";
import { RunList } from "./RunList.tsx";
import { Sums } from "./Sums.tsx";

/** The bots come with the stream; a door without a bot of its own has none, and is asked. */
export function Overview() {
  const words = useWords();
  const { store, bot } = useSession();
  const streamed = useKnown(({ bots }) => bots, 1_000);
  const { value, refusal, again } = useAnswer<readonly BotNow[]>("bots", bot === undefined ? 2_000 : 10_000);
  useEffect(() => {
    if (value !== undefined && (bot === undefined || streamed === undefined)) store.bots(value);
  }, [value, store, bot, streamed]);
  const bots = streamed ?? value;
  return (
    <div className="stack">
      <section className="pane" aria-labelledby="bots">
        <header className="pane-head">
          <h2 id="bots">{words["overview.bots"]}</h2>
        </header>
        {bots === undefined ? (
          refusal === undefined ? (
            <Waiting />
          ) : (
            <Refusal refusal={refusal} onAgain={again} />
          )
        ) : bots.length === 0 ? (
          <p className="quiet">{words["overview.none"]}</p>
        ) : (
          <>
            <Sums bots={bots} />
            <table className="rows">
              <thead>
                <tr>
                  <th scope="col">{words.bot}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col" className="figure">
                    {words.net}
                  </th>
                  <th scope="col" className="figure">
                    {words.volume}
                  </th>
                  <th scope="col" className="figure">
                    {words.fills}
                  </th>
                  <th scope="col" className="figure" title={words["cost.say"]}>
                    {words.cost}
                  </th>
                  <th scope="col" className="figure">
                    {words.drawdown}
                  </th>
                  <th scope="col" className="figure">
                    {words.debt}
                  </th>
                  <th scope="col">{words.warnings}</th>
                </tr>
              </thead>
              <tbody>
                {bots.map((one) => (
                  <BotRow key={one.id} bot={one} />
                ))}
              </tbody>
            </table>
          </>
        )}
      </section>
      <RunList />
    </div>
  );
}
