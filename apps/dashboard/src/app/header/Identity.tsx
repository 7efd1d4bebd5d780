// Which bot, where it trades, and how it is: real money cannot be mistaken for play.
import { useFrame, useKnown, useSession } from "../../feed/session.tsx";
import { useStale } from "../../feed/useStale.ts";
import { useWords } from "../../words/language.tsx";
import { go } from "../useRoute.ts";

const stateSigns = {
  starting: ["warn", "◌"],
  running: ["good", "●"],
  paused: ["warn", "❚❚"],
  stopping: ["warn", "■"],
  halted: ["bad", "✕"],
  ended: ["quiet", "■"],
} as const;

/** Strategy and markets, place, state, link. */
export function Identity() {
  const words = useWords();
  const { bot = "", hello } = useSession();
  const stale = useStale();
  const link = useKnown(({ link }) => link.state, 250);
  const bots = useKnown(({ bots }) => bots?.map(({ id, brief }) => ({ id, strategy: brief?.strategy ?? "" })), 1_000);
  const run = useFrame(({ run: { place, state, name, why } }) => ({ place, state, name, why }));
  const markets = useFrame(({ markets }) => markets.map(({ symbol }) => symbol));
  const [tone, sign] = run === undefined ? (["quiet", "◌"] as const) : stateSigns[run.state];
  const isUp = link === "up" && stale === undefined;
  return (
    <div className="identity">
      <h1>
        {run === undefined ? bot : run.name} <small>{[...new Set(markets ?? [])].join(" · ")}</small>
      </h1>
      {run === undefined ? null : (
        <span className={`place is-${run.place}`} title={words[`place.${run.place}.say`]}>
          {words[`place.${run.place}`]}
        </span>
      )}
      {run === undefined ? null : (
        <span className={`state ${tone}`} title={run.why}>
          <span aria-hidden="true">{sign} </span>
          {words[`state.${run.state}`]}
        </span>
      )}
      <span className={`link ${isUp ? "quiet" : "bad"}`}>
        {isUp ? words["link.live"] : link === "opening" ? words["link.opening"] : words["link.silent"]}
      </span>
      {bots === undefined || bots.length < 2 ? null : (
        <select
          aria-label={words.bot}
          value={bot}
          onChange={({ target }) => go({ page: "bot", ...(target.value === hello.self ? {} : { bot: target.value }) })}
        >
          {bots.some(({ id }) => id === bot) ? null : <option value={bot}>{bot}</option>}
          {bots.map(({ id, strategy }) => (
            <option key={id} value={id}>
              {`${strategy} ${id}`.trim()}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
