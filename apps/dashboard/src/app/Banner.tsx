// What is wrong, loudly: nothing comes any more, the bot has gone, the token is of an earlier start, or the bot itself warns.
import { useEffect } from "react";
import { stateMs, useFrame, useKnown, useSession } from "../feed/session.tsx";
import { fill } from "../panes/common/setting.tsx";
import { useReasons } from "../panes/reasons/useReasons.ts";
import { useWords } from "../words/language.tsx";
import type { Standing } from "./standing.ts";
import { TokenForm } from "./TokenForm.tsx";
import { useSilence, useStanding } from "./useStanding.tsx";

/** Nothing where all is well. While what is shown may not be true any more, the whole page is dimmed. */
export function Banner({ onToken }: { readonly onToken: (token: string) => void }) {
  const words = useWords();
  const tell = useReasons();
  const stale = useSilence();
  const alerts = useFrame(({ warnings }) => warnings.filter(({ level }) => level === "alert"));
  const standing = useStanding();
  const told = useTold(standing);
  const isOld = standing !== "well";
  useEffect(() => {
    document.documentElement.classList.toggle("is-stale", isOld);
    return () => document.documentElement.classList.remove("is-stale");
  }, [isOld]);
  const age = stale === undefined ? "" : ` ${fill(words["banner.age"], { seconds: stale })}`;
  return (
    <div className="banners">
      {standing === "refused" ? (
        <section className="banner bad" role="alert">
          <p>
            <b>✕ {words["banner.refused"]}</b> {words["banner.refused.say"]}
          </p>
          <TokenForm onToken={onToken} />
        </section>
      ) : told === undefined ? null : (
        <p className="banner bad">
          <span role="alert">
            <b>{told[0]}</b> {told[1]}
          </span>
          {age}
        </p>
      )}
      {alerts === undefined || alerts.length === 0 ? null : (
        <ul className="banner bad" aria-label={words.warnings}>
          {alerts.slice(0, 3).map(({ topic, say }) => (
            <li key={`${topic} ${say}`}>
              <b>! {tell(say)}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The one that nothing is known of, as `bot report` wants it. */
const lastRun = { id: "last", hasJournal: true };

/** What is said of it: the thing, and what it means. */
function useTold(standing: Standing): readonly [what: string, say: string] | undefined {
  const words = useWords();
  const tell = useReasons();
  const { hello } = useSession();
  const { id, hasJournal } = useFrame(({ run: { id, hasJournal } }) => ({ id, hasJournal }), 1_000) ?? lastRun;
  const run = `${id}${hello.journalFlag ?? ""}`;
  /** Where the report of a run is that has ended. */
  const over = (report: string) => ` ${hasJournal ? report : words["banner.over.unkept"]}`;
  const link = useKnown(({ link }) => link, stateMs);
  const why = "why" in link && link.why !== "" ? ` (${tell(link.why)})` : "";
  switch (standing) {
    case "missing":
      return [`✕ ${words["banner.missing"]}`, why];
    case "gone":
      return [`✕ ${words["banner.gone"]}`, words["banner.gone.say"]];
    case "over":
      return [`■ ${words["banner.over"]}`, words["banner.over.say"] + over(words["banner.over.report"]) + why];
    case "closed":
      return [`■ ${words["banner.over"]}`, words.closed + over(fill(words["closed.report"], { run })) + why];
    case "old":
      return [`! ${words["banner.stale"]}`, words[link.state === "up" ? "banner.stale.up" : "banner.stale.down"]];
    case "unheard":
      return [`! ${words["banner.missing"]}`, words["banner.stale.down"] + why];
    case "refused": // it wants more than a sentence
    case "well":
      return undefined;
  }
}
