// Runs, newest first, each with its report.
import { useState } from "react";
import type { BotNow } from "../../contract/index.ts";
import { clock, duration, unknown, utc } from "../../panes/format.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { FigureCells, FigureHeads } from "./Figures.tsx";
import { placeWord } from "./placeWord.ts";
import { ReportButton } from "./ReportButton.tsx";
import { type ShownRun, shownRuns } from "./shownRuns.ts";
import type { Records } from "./useRecords.ts";

const first = 20;

/** Which, and who has them. */
export interface RunListProps {
  readonly answer: Records["runs"];
  /** Those of this machine. */
  readonly bots: readonly BotNow[] | undefined;
  /** They are from before: nobody answers now. */
  readonly isOld: boolean;
}

/** Twenty at first. */
export function RunList({ answer: { value, refusal, again }, bots, isOld }: RunListProps) {
  const words = useWords();
  const [all, showAll] = useState(false);
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
              <FigureHeads />
              <th scope="col">{words.report}</th>
            </tr>
          </thead>
          <tbody>
            {shownRuns(all ? runs : runs.slice(0, first), bots).map((run) => (
              <RunRow key={`${run.bot} ${run.id}`} run={run} isOld={isOld} />
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

function RunRow({ run, isOld }: { readonly run: ShownRun; readonly isOld: boolean }) {
  const words = useWords();
  const { id, place, strategy, markets, started, ended, brief, fate } = run;
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
        {ended !== undefined ? (
          duration(ended - started)
        ) : fate === "open" && !isOld ? (
          <span className="good">● {words["runs.open"]}</span>
        ) : fate === "unfinished" ? (
          <span className="warn">✕ {words["runs.unfinished"]}</span>
        ) : (
          unknown
        )}
      </td>
      <FigureCells brief={brief} />
      <td data-label={words.report}>
        <ReportButton bot={run.bot} run={id} />
      </td>
    </tr>
  );
}
