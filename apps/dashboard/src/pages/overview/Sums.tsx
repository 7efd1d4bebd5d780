// What all bots make together.
import type { BotNow } from "../../contract/index.ts";
import { fill } from "../../panes/common/setting.tsx";
import { money, tone } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";
import { placeWord } from "./placeWord.ts";
import { countUntold, sumsOf } from "./sums.ts";

/** Only where there are several. */
export function Sums({ bots }: { readonly bots: readonly BotNow[] }) {
  const words = useWords();
  if (bots.length < 2) return null;
  const untold = countUntold(bots);
  return (
    <dl className="figures sums">
      {sumsOf(bots).map(({ place, quote, net, volume, fills, bots: count }) => (
        <div key={`${place} ${quote}`}>
          <dt>
            <span className={`place is-${place}`}>{placeWord(place, words)}</span> {count} ×
          </dt>
          <dd>
            <span className={tone(net)}>{money(net, true)}</span> <small>{quote}</small>{" "}
            <small>
              {words.volume} {money(volume)} · {words.fills} {fills}
            </small>
          </dd>
        </div>
      ))}
      {untold > 0 && (
        <div>
          <dt>△</dt>
          <dd>{fill(words["sums.without"], { count: String(untold) })}</dd>
        </div>
      )}
    </dl>
  );
}
