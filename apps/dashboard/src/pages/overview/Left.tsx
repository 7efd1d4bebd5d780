// What bots that are in no list any more have left: killed accounts, and runs that have no end.
import type { BotNow } from "../../contract/index.ts";
import { fill } from "../../panes/common/setting.tsx";
import { clock, unknown } from "../../panes/format.ts";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { Refusal } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { placeWord } from "./placeWord.ts";
import { unfinishedRuns } from "./unfinishedRuns.ts";
import type { Records } from "./useRecords.ts";

/** So many runs are told here; all of them are in the list. */
const most = 3;

/** What is known. */
export interface LeftProps {
  readonly bots: readonly BotNow[];
  readonly records: Records;
}

/** Nothing where nothing is left; that it is not known which accounts are killed is said. */
export function Left({ bots, records: { runs, kills } }: LeftProps) {
  const words = useWords();
  const tell = useReasons();
  const now = Date.now();
  const inHand = new Set(bots.flatMap(({ alive, run }) => (alive && run !== undefined ? [run] : [])));
  const unfinished = unfinishedRuns(runs.value?.runs ?? [], inHand);
  const killed = kills.value?.kills ?? [];
  const { refusal } = kills;
  const isSilent = refusal?.status === 0 && kills.value !== undefined; // what is there is the last known, as the banner says
  return (
    <>
      {refusal === undefined || isSilent ? null : (
        <>
          <p className="bad">{words["left.unknown"]}</p>
          <Refusal refusal={refusal} onAgain={kills.again} />
        </>
      )}
      {killed.length === 0 && unfinished.length === 0 ? null : (
        <ul className="lines" aria-label={words["left.title"]}>
          {killed.map(({ account, venue, by, at }) => (
            <li key={account}>
              <b className="bad">■ {fill(words["left.killed"], { account: `${venue} ${account}`.trim() })}</b>{" "}
              {fill(words["left.killed.say"], { by: tell(by), at: at === 0 ? unknown : clock(at, now), account })}
            </li>
          ))}
          {unfinished.slice(0, most).map(({ id, bot, place, strategy, markets }) => (
            <li key={`${bot} ${id}`}>
              <b className="bad">✕ {fill(words["left.run"], { strategy })}</b>{" "}
              <span className={`place is-${place}`}>{placeWord(place, words)}</span> {markets.join(", ")} ·{" "}
              {fill(words["left.run.say"], { run: id })}
            </li>
          ))}
          {unfinished.length <= most ? null : <li>{fill(words["left.more"], { count: unfinished.length - most })}</li>}
        </ul>
      )}
    </>
  );
}
