// Which bot, where it trades, and how it is: real money cannot be mistaken for play.
import { stateMs, useFrame, useKnown, useSession } from "../../feed/session.tsx";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { useWords } from "../../words/language.tsx";
import { go } from "../useRoute.ts";
import { useStanding } from "../useStanding.tsx";
import { stateLook } from "./stateLook.ts";

/** Strategy and markets, place, state, link. */
export function Identity() {
  const words = useWords();
  const tell = useReasons();
  const { bot = "", hello } = useSession();
  const standing = useStanding();
  const link = useKnown(({ link }) => link.state, stateMs);
  const bots = useKnown(({ bots }) => bots?.map(({ id, brief }) => ({ id, strategy: brief?.strategy ?? "" })), 1_000);
  const run = useFrame(({ run: { place, state, name, why } }) => ({ place, state, name, why }));
  const markets = useFrame(({ markets }) => markets.map(({ symbol }) => symbol));
  const look = run === undefined ? undefined : stateLook(run.state, standing !== "well", words);
  const silent = words[standing === "gone" ? "overview.dead" : "link.silent"];
  const isUp = link === "up" && standing === "well";
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
      {look === undefined ? null : (
        <span className={`state ${look.tone}`} title={run?.why === undefined ? undefined : tell(run.why)}>
          <span aria-hidden="true">{look.sign} </span>
          {look.say}
        </span>
      )}
      <span className={`link ${isUp ? "quiet" : "bad"}`}>
        {isUp ? words["link.live"] : link === "opening" && standing === "well" ? words["link.opening"] : `✕ ${silent}`}
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
