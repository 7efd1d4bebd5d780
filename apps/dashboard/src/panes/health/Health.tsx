// Whether everything that trading stands on is there: links, clocks, budgets, books, the loop.
import { memo } from "react";
import type { AccountNow, Frame, LinkNow, LoopNow } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { duration, figure, unknown } from "../format.ts";
import { useReasons } from "../reasons/useReasons.ts";
import { Books } from "./Books.tsx";
import { Budgets } from "./Budgets.tsx";

/** Accounts, books, loop. */
export function Health({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const accounts = useSlice(frame.accounts.map(({ balances: _balances, ...account }) => account));
  const books = useSlice(frame.markets.map(({ id, bookIsValid, bookAt }) => ({ id, bookIsValid, bookAt })));
  const loop = useSlice(frame.loop);
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  return (
    <PaneBox name="health" title={words.health}>
      {accounts.map((account) => (
        <Account key={account.venue} account={account} now={now} />
      ))}
      <Books books={books} now={now} />
      <Loop loop={loop} />
    </PaneBox>
  );
}

interface AccountProps {
  readonly account: Omit<AccountNow, "balances">;
  readonly now: number;
}

const Account = memo(function Account({ account, now }: AccountProps) {
  const words = usePaneWords();
  const { venue, name, market, account: stream, skewMs, skewUncertaintyMs, budgets } = account;
  const doubt = skewUncertaintyMs === undefined ? "" : ` ± ${figure(skewUncertaintyMs, 0)}`;
  return (
    <article className="pane-card">
      <h3>
        {venue}
        {name === venue || name === "" ? null : <small> {name}</small>}
      </h3>
      <ul className="pane-links">
        <Link label={words["link.market"]} link={market} now={now} />
        <Link label={words["link.account"]} link={stream} now={now} />
        <li>
          <span>
            {words["health.clock"]}
            <Help about={words["health.clock"]} text={words["health.clock.say"]} />
          </span>
          <b>{skewMs === undefined ? unknown : `${figure(skewMs, 0, true)}${doubt} ms`}</b>
        </li>
      </ul>
      <Budgets budgets={budgets} />
    </article>
  );
});

const linkTones = { up: ["good", "●"], down: ["bad", "✕"], opening: ["warn", "◌"] } as const;

function Link({ label, link, now }: { readonly label: string; readonly link: LinkNow; readonly now: number }) {
  const words = usePaneWords();
  const tell = useReasons();
  const { state, since, lost, why } = link;
  const [tone, sign] = linkTones[state];
  return (
    <li>
      <span>{label}</span>
      <b className={tone}>
        {sign} {words[`link.${state}`]}
      </b>
      <small>
        {since > 0 ? duration(now - since) : unknown}
        {lost > 0 ? ` · ${fill(words["link.lost"], { count: lost })}` : ""}
      </small>
      {why === undefined || state !== "down" ? null : <small className="pane-wrap">{tell(why)}</small>}
    </li>
  );
}

const Loop = memo(function Loop({ loop }: { readonly loop: LoopNow }) {
  const words = usePaneWords();
  const micro = (us: number) => (us < 1_000 ? [figure(us, 0), "µs"] : [figure(us / 1_000, 1), "ms"]);
  const [p50 = "", unit50 = ""] = micro(loop.stepP50Us);
  const [p99 = "", unit99 = ""] = micro(loop.stepP99Us);
  return (
    <>
      <h3>{words["health.loop"]}</h3>
      <Stats>
        <Stat label={words["health.p50"]} value={p50} unit={unit50} help={words["health.loop.say"]} />
        <Stat label={words["health.p99"]} value={p99} unit={unit99} tone={loop.stepP99Us > 5_000 ? "warn" : ""} />
        <Stat label={words["health.events"]} value={figure(loop.eventsPerSecond, 0)} />
        <Stat
          label={words["health.late"]}
          value={figure(loop.lateMs, 0)}
          unit="ms"
          tone={loop.lateMs > 250 ? "warn" : ""}
          help={words["health.late.say"]}
        />
        <Stat
          label={words["health.journal"]}
          value={loop.journalSlow ? `! ${words["health.journal.slow"]}` : `✓ ${words["health.journal.good"]}`}
          tone={loop.journalSlow ? "bad" : "good"}
        />
      </Stats>
    </>
  );
});
