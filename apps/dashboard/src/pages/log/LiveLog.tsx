// The log as it comes.
import { useId, useMemo, useState } from "react";
import { openDecision } from "../../app/useRoute.ts";
import type { News } from "../../contract/index.ts";
import { useKnown } from "../../feed/session.tsx";
import { useNewsText } from "../../panes/fills/useNewsText.ts";
import { NewsList } from "../../panes/index.ts";
import { useWords } from "../../words/language.tsx";
import { type Level, levels, newsMatching } from "./newsFilter.ts";

/** It can be held still to be read. */
export function LiveLog() {
  const words = useWords();
  const textOf = useNewsText();
  const id = useId();
  const news = useKnown(({ news }) => news, 500);
  const [least, setLeast] = useState<Level>("info");
  const [find, setFind] = useState("");
  const [held, hold] = useState<readonly News[]>();
  const shown = useMemo(() => newsMatching(held ?? news, least, find, textOf), [held, news, least, find, textOf]);
  return (
    <>
      <search className="filters">
        <label htmlFor={`${id}-find`}>{words.search}</label>
        <input id={`${id}-find`} type="search" value={find} onChange={({ target }) => setFind(target.value)} />
        <label htmlFor={`${id}-level`}>{words["log.level"]}</label>
        <select id={`${id}-level`} value={least} onChange={({ target }) => setLeast(target.value as Level)}>
          {levels.map((level) => (
            <option key={level} value={level}>
              {words[`log.${level}`]}
            </option>
          ))}
        </select>
        <button
          type="button"
          aria-pressed={held !== undefined}
          onClick={() => hold(held === undefined ? news : undefined)}
        >
          {held === undefined ? words["log.hold"] : words["log.go"]}
        </button>
        <span className="quiet">
          {shown.length} / {(held ?? news).length}
        </span>
      </search>
      <NewsList news={shown} most={500} onDecision={openDecision} />
    </>
  );
}
