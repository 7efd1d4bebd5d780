// Runs, newest first, each with its report.
import { useEffect, useRef, useState } from "react";
import type { BotNow, Runs } from "../../contract/index.ts";
import { useAnswer } from "../../feed/useAnswer.ts";
import { clock, duration, unknown, utc } from "../../panes/format.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { FigureCells, FigureHeads } from "./Figures.tsx";
import { placeWord } from "./placeWord.ts";
import { ReportButton } from "./ReportButton.tsx";
import { type ShownRun, shownRuns } from "./shownRuns.ts";

const first = 20;

/** Of whose journals. */
export interface RunListProps {
  /** Those of this machine: when one has come or gone, its run has begun or ended. */
  readonly bots: readonly BotNow[] | undefined;
  /** They are from before: nobody answers now. */
  readonly isOld: boolean;
}

/** Twenty at first. */
export function RunList({ bots, isOld }: RunListProps) {
  const words = useWords();
  const [all, showAll] = useState(false);
  const { value, refusal, again } = useAnswer<Runs>("runs", 30_000);
  const inHand = bots?.map(({ id, run }) => `${id} ${run ?? ""}`).join();
  const known = useRef(inHand);
  useEffect(() => {
    if (known.current !== undefined && known.current !== inHand) again();
    known.current = inHand;
  }, [inHand, again]);
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
