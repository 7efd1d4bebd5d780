// All bots of this machine and user, and all runs that were.
import { useEffect } from "react";
import { useStanding } from "../../app/useStanding.tsx";
import type { BotNow } from "../../contract/index.ts";
import { useKnown, useSession } from "../../feed/session.tsx";
import { useAnswer } from "../../feed/useAnswer.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { askedLink } from "./askedLink.ts";
import { BotRow } from "./BotRow.tsx";
import { FigureHeads } from "./Figures.tsx";
import { Left } from "./Left.tsx";
import { RunList } from "./RunList.tsx";
import { Sums } from "./Sums.tsx";
import { useRecords } from "./useRecords.ts";

/** A door without a bot of its own is asked so often, ms. */
const everyMs = 2_000;

/**
 * The bots come with the stream; a door without a bot of its own has none, and is asked. Once the bot that served the page has ended
 * there is nobody to ask, and what ran then is no longer listed.
 */
export function Overview() {
  const words = useWords();
  const { store, bot } = useSession();
  const streamed = useKnown(({ bots }) => bots, 1_000);
  const { value, refusal, again } = useAnswer<readonly BotNow[]>("bots", bot === undefined ? everyMs : 10_000);
  useEffect(() => {
    if (value !== undefined && (bot === undefined || streamed === undefined)) store.bots(value);
  }, [value, store, bot, streamed]);
  useEffect(() => {
    if (bot !== undefined) return undefined;
    if (value !== undefined || refusal !== undefined) store.link(askedLink(refusal, Date.now() + everyMs));
    return () => store.link({ state: "opening" });
  }, [value, refusal, store, bot]);
  const bots = streamed ?? value;
  const records = useRecords(bots);
  const strategyOf = new Map(records.runs.value?.runs.map(({ id, strategy }) => [id, strategy]));
  const standing = useStanding();
  const isOld = standing !== "well";
  if (standing === "closed") return null; // the banner says so, and what to do
  return (
    <div className="stack">
      <section className="pane" aria-labelledby="bots">
        <header className="pane-head">
          <h2 id="bots">{words["overview.bots"]}</h2>
        </header>
        {bots === undefined ? null : <Left bots={bots} records={records} />}
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
            {bot === undefined && refusal !== undefined ? <Refusal refusal={refusal} onAgain={again} /> : null}
            <Sums bots={bots} />
            <table className="rows">
              <thead>
                <tr>
                  <th scope="col">{words.bot}</th>
                  <th scope="col">{words.state}</th>
                  <FigureHeads />
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
                  <BotRow key={one.id} bot={one} known={strategyOf.get(one.run ?? "")} isOld={isOld} />
                ))}
              </tbody>
            </table>
          </>
        )}
      </section>
      <RunList answer={records.runs} bots={bots} isOld={isOld} />
    </div>
  );
}
