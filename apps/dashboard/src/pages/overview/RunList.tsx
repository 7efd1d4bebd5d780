// Runs, newest first, each with its report.
import { useState } from "react";
import type { RunLine, Runs } from "../../contract/index.ts";
import { useAnswer } from "../../feed/useAnswer.ts";
import { clock, duration, money, tone, unknown, utc } from "../../panes/format.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { placeWord } from "./placeWord.ts";
import { ReportButton } from "./ReportButton.tsx";

const first = 20;

/** Twenty at first. */
export function RunList() {
  const words = useWords();
  const [all, showAll] = useState(false);
  const { value, refusal, again } = useAnswer<Runs>("runs", 30_000);
  const runs = value?.runs ?? [];
  return (
    <section className="pane" aria-labelledby="runs">
      <header className="pane-head">
        <h2 id="runs">{words["runs.title"]}</h2>
        <button type="button" onClick={again}>
          {words.reload}
        </button>
      </header>
      {value !== undefined ? null : refusal === undefined ? <Waiting /> : <Refusal refusal={refusal} onAgain={again} />}
      {value !== undefined && runs.length === 0 ? <p className="quiet">{words["runs.none"]}</p> : null}
      {runs.length === 0 ? null : (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{words["runs.started"]}</th>
              <th scope="col">{words.strategy}</th>
              <th scope="col">{words["runs.length"]}</th>
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
              <th scope="col">{words.report}</th>
            </tr>
          </thead>
          <tbody>
            {(all ? runs : runs.slice(0, first)).map((run) => (
              <RunRow key={`${run.bot} ${run.id}`} run={run} />
            ))}
          </tbody>
        </table>
      )}
      {runs.length <= first || all ? null : (
        <button type="button" onClick={() => showAll(true)}>
          {words["runs.all"]} ({runs.length})
        </button>
      )}
    </section>
  );
}

function RunRow({ run }: { readonly run: RunLine }) {
  const words = useWords();
  const { id, place, strategy, markets, started, ended, brief } = run;
  return (
    <tr>
      <th scope="row" data-label={words["runs.started"]} title={utc(started)}>
        {clock(started, Date.now())}
        <small className="block">{id}</small>
      </th>
      <td data-label={words.strategy} className="wrap">
        <span className={`place is-${place}`}>{placeWord(place, words)}</span> {strategy}
        <small className="block">{markets.join(", ")}</small>
      </td>
      <td data-label={words["runs.length"]}>
        {ended === undefined ? <span className="good">● {words["runs.open"]}</span> : duration(ended - started)}
      </td>
      <td data-label={words.net} className={`figure ${tone(brief?.net)}`}>
        {money(brief?.net, true)} <small>{brief?.quote}</small>
      </td>
      <td data-label={words.volume} className="figure">
        {money(brief?.volume)}
      </td>
      <td data-label={words.fills} className="figure">
        {brief?.fills ?? unknown}
      </td>
      <td data-label={words.cost} className="figure">
        {money(brief?.costPer10k)}
      </td>
      <td data-label={words.report}>
        <ReportButton bot={run.bot} run={id} />
      </td>
    </tr>
  );
}
