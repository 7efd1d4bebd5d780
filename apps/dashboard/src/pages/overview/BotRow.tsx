// A bot in a line.
import { memo } from "react";
import { stateLook } from "../../app/header/stateLook.ts";
import { hashOf } from "../../app/route.ts";
import type { BotNow } from "../../contract/index.ts";
import { useSession } from "../../feed/session.tsx";
import { money, unknown } from "../../panes/format.ts";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { useWords } from "../../words/language.tsx";
import { FigureCells } from "./Figures.tsx";
import { placeWord } from "./placeWord.ts";

/** Which. */
export interface BotRowProps {
  readonly bot: BotNow;
  /** What its journal calls its strategy; `undefined`: not known. */
  readonly known: string | undefined;
  /** It is from before: nobody answers now. */
  readonly isOld: boolean;
}

/** On a narrow page each cell has its column's name before it. */
export const BotRow = memo(function BotRow({ bot, known, isOld }: BotRowProps) {
  const words = useWords();
  const tell = useReasons();
  const { hello } = useSession();
  const { id, self, place, alive, reachable, brief, accounts, role } = bot;
  const name = brief?.strategy ?? known ?? (role === "supervisor" ? words["overview.supervisor"] : id);
  const look = brief === undefined ? undefined : stateLook(brief.state, isOld, words);
  const why = brief?.why === undefined ? undefined : tell(brief.why);
  const where = id === hello.self ? {} : { bot: id };
  return (
    <tr>
      <th scope="row" data-label={words.bot}>
        {reachable ? <a href={hashOf({ page: "bot", ...where })}>{name}</a> : name}
        {self ? <small> · {words["overview.self"]}</small> : null}
        <small className="block">
          <span className={`place is-${place}`}>{placeWord(place, words)}</span> {brief?.markets.join(", ")}
        </small>
        <small className="block">
          {[...new Set(accounts.map((account) => `${account.venue} ${account.name}`.trim()))].join(" · ")} {id}
        </small>
      </th>
      <td data-label={words.state}>
        {look !== undefined ? (
          <span className={look.tone} title={why}>
            {look.sign} {look.say}
          </span>
        ) : alive ? (
          <span className="warn">◌ {words["overview.silent"]}</span>
        ) : (
          <span className="bad">✕ {words["overview.dead"]}</span>
        )}
        {why === undefined ? null : <small className="block">{why}</small>}
      </td>
      <FigureCells brief={brief} />
      <td data-label={words.drawdown} className="figure">
        {money(brief?.maxDrawdown)}
      </td>
      <td data-label={words.debt} className="figure">
        {money(brief?.hedgeDebt)}
      </td>
      <td data-label={words.warnings} className="wrap">
        {brief === undefined || brief.warnings.length === 0 ? (
          <span className="quiet">{brief === undefined || isOld ? unknown : `✓ ${words["warnings.none"]}`}</span>
        ) : (
          brief.warnings.slice(0, 3).map(({ level, say }) => (
            <span key={say} className={`block ${level === "alert" ? "bad" : "warn"}`}>
              {level === "alert" ? "! " : "▲ "}
              {tell(say)}
            </span>
          ))
        )}
      </td>
    </tr>
  );
});
