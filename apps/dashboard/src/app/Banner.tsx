// What is wrong, loudly: nothing comes any more, the bot has gone, the token is of an earlier start, or the bot itself warns.
import { useEffect } from "react";
import { useFrame, useKnown, useSession } from "../feed/session.tsx";
import { useStale } from "../feed/useStale.ts";
import { fill } from "../panes/common/setting.tsx";
import { useWords } from "../words/language.tsx";
import { isOutdated } from "./outdated.ts";
import { TokenForm } from "./TokenForm.tsx";

/** Nothing where all is well. While what is shown may not be true any more, the whole page is dimmed. */
export function Banner({ onToken }: { readonly onToken: (token: string) => void }) {
  const words = useWords();
  const stale = useStale();
  const link = useKnown(({ link }) => link, 250);
  const alerts = useFrame(({ warnings }) => warnings.filter(({ level }) => level === "alert"));
  const { bot } = useSession();
  const isOld = isOutdated(link.state, stale, bot !== undefined);
  useEffect(() => {
    document.documentElement.classList.toggle("is-stale", isOld);
    return () => document.documentElement.classList.remove("is-stale");
  }, [isOld]);
  const age = stale === undefined ? "" : ` ${fill(words["banner.age"], { seconds: stale })}`;
  return (
    <div className="banners">
      {link.state === "refused" ? (
        <section className="banner bad" role="alert">
          <p>
            <b>✕ {words["banner.refused"]}</b> {words["banner.refused.say"]}
          </p>
          <TokenForm onToken={onToken} />
        </section>
      ) : link.state === "missing" ? (
        <p className="banner bad" role="alert">
          <b>✕ {words["banner.missing"]}</b> {link.why}
        </p>
      ) : link.state === "over" ? (
        <p className="banner bad" role="alert">
          <b>■ {words["banner.over"]}</b> {link.why} {words["banner.over.say"]}
          {age}
        </p>
      ) : isOld ? (
        <p className="banner bad">
          <b role="alert">! {words["banner.stale"]}</b>
          {age} {link.state === "up" ? words["banner.stale.up"] : words["banner.stale.down"]}
        </p>
      ) : null}
      {alerts === undefined || alerts.length === 0 ? null : (
        <ul className="banner bad" aria-label={words.warnings}>
          {alerts.slice(0, 3).map(({ topic, say }) => (
            <li key={`${topic} ${say}`}>
              <b>! {say}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
