// Why it trades, or why it does not: each wish, what became of it, and the rule that binds it.
import { memo } from "react";
import type { Frame, StrategyNow, WishNow } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Scroll } from "../common/Scroll.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { number } from "../format.ts";
import { useReasons } from "../reasons/useReasons.ts";
import { boundOf, outcomeOf, ruleText } from "./whyWords.ts";

type Told = Omit<StrategyNow, "view">;

/** `compact`: one line, and the wishes that are bound alone. */
export interface WhyProps {
  readonly frame: Frame;
  readonly compact?: boolean;
}

/** All strategies of the bot. */
export function Why({ frame, compact = false }: WhyProps) {
  const words = usePaneWords();
  const tell = useReasons();
  const strategies = useSlice(frame.strategies.map(({ view: _view, ...told }): Told => told));
  const { state, why } = useSlice({ state: frame.run.state, why: frame.run.why });
  const { bound, all } = boundOf(strategies);
  const stopped = state === "running" ? undefined : (why ?? (state === "halted" ? words["why.halted"] : undefined));
  return (
    <PaneBox
      name="why"
      title={words.why}
      aside={
        all === 0 ? null : (
          <span className={`pane-tag ${bound > 0 ? "warn" : "good"}`}>
            {bound > 0 ? `◐ ${fill(words["why.bound"], { count: bound, all })}` : `✓ ${words["why.all"]}`}
          </span>
        )
      }
    >
      {stopped === undefined ? null : <p className="pane-say bad">! {tell(stopped)}</p>}
      {strategies.map((told) => (
        <Strategy key={told.name} told={told} compact={compact} />
      ))}
    </PaneBox>
  );
}

const Strategy = memo(function Strategy({ told, compact }: { readonly told: Told; readonly compact: boolean }) {
  const words = usePaneWords();
  const tell = useReasons();
  const { name, use, done, idle, remarks, wishes } = told;
  const shown = compact ? wishes.filter(({ outcome }) => outcome !== "works" && outcome !== "held") : wishes;
  const several = new Set(wishes.map(({ market }) => market)).size > 1;
  return (
    <article className="pane-card">
      <h3>
        {name}
        {name === use ? null : <small> {use}</small>}
      </h3>
      {done === undefined ? null : <p className="pane-say">{fill(words["why.done"], { why: tell(done) })}</p>}
      {wishes.length > 0 || done !== undefined ? null : idle === undefined ? (
        <Nothing>{words["why.none"]}</Nothing>
      ) : (
        <p className="pane-say warn">
          {words["why.none"]}: {tell(idle)}
        </p>
      )}
      {shown.length === 0 ? null : (
        <Scroll label={`${words.why}: ${name}`}>
          <table className="pane-table">
            <thead>
              <tr>
                <th scope="col">{words["why.wish"]}</th>
                <th scope="col">
                  {words["why.outcome"]}, {words["why.rule"]}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((wish) => (
                <WishRow key={`${wish.market} ${wish.slot}`} wish={wish} several={several} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {remarks.length === 0 ? null : (
        <ul className="pane-remarks" aria-label={words["why.remarks"]}>
          {remarks.map(({ topic, say, alert }) => (
            <li key={topic} className={alert ? "bad" : ""}>
              {alert ? "! " : "· "}
              {tell(say)}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
});

const WishRow = memo(function WishRow({ wish, several }: { readonly wish: WishNow; readonly several: boolean }) {
  const words = usePaneWords();
  const tell = useReasons();
  const { slot, market, kind, side, price, size, rule, why } = wish;
  const { word, sign, tone } = outcomeOf(wish, words);
  const what =
    kind === "hold"
      ? fill(words["why.holdOf"], { size: number(size, { signed: true }) })
      : `${side === undefined ? words["why.quote"] : words[side]} ${number(size)} @ ${number(price)}`;
  return (
    <tr>
      <th scope="row" className="pane-wish">
        <span className={side ?? ""}>{side === "buy" ? "▲ " : side === "sell" ? "▼ " : ""}</span>
        {what}
        <small>
          {slot}
          {several ? ` · ${market}` : ""}
        </small>
      </th>
      <td className="pane-outcome">
        <span className={tone}>
          {sign} {word}
        </span>
        {rule === undefined ? null : <b>{ruleText(rule, words)}</b>}
        {why === undefined ? null : <small>{tell(why)}</small>}
      </td>
    </tr>
  );
});
