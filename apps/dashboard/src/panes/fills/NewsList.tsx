// The last lines of the log, newest first.
import { memo } from "react";
import type { News } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Scroll } from "../common/Scroll.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { clock, utc } from "../format.ts";
import { useNewsText } from "./useNewsText.ts";

/** Lines in any order; the newest are shown. */
export interface NewsListProps {
  readonly news: readonly News[];
  /** How many at most. */
  readonly most?: number;
  readonly onDecision?: (at: string) => void;
}

const signs = { debug: "·", info: "•", warn: "▲", error: "!" } as const;

/** A list of them. Draws again only for another list. */
export const NewsList = memo(function NewsList({ news, most = 100, onDecision }: NewsListProps) {
  const words = usePaneWords();
  const textOf = useNewsText();
  const shown = news.toSorted((a, b) => b.n - a.n).slice(0, most);
  return (
    <PaneBox name="news" title={words.news}>
      {shown.length === 0 ? <Nothing>{words["news.none"]}</Nothing> : null}
      {shown.length === 0 ? null : (
        <Scroll label={words.news}>
          <ul className="pane-lines">
            {shown.map((line) => (
              <NewsLine key={line.n} line={line} textOf={textOf} onDecision={onDecision} />
            ))}
          </ul>
        </Scroll>
      )}
    </PaneBox>
  );
});

interface NewsLineProps {
  readonly line: News;
  readonly textOf: (line: News) => string;
  readonly onDecision: ((at: string) => void) | undefined;
}

const NewsLine = memo(function NewsLine({ line, textOf, onDecision }: NewsLineProps) {
  const words = usePaneWords();
  const { at, level, decision } = line;
  const say = textOf(line);
  return (
    <li className={level}>
      <span className="pane-hidden">{words[`news.${level}`]}: </span>
      <span aria-hidden="true">{signs[level]}</span>
      <time dateTime={new Date(at).toISOString()} title={utc(at)}>
        {clock(at, Date.now())}
      </time>
      {decision === undefined ? (
        <span>{say}</span>
      ) : (
        <button type="button" className="pane-link" onClick={() => onDecision?.(decision)}>
          {say}
          <span className="pane-hidden">. {words.openDecision}</span>
        </button>
      )}
    </li>
  );
});
