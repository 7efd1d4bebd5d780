// What it has earned, to the cent, with its sign, and whether it is hedged.
import { paneMs, useFrame } from "../../feed/session.tsx";
import { money, tone } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";
import { useStanding } from "../useStanding.tsx";
import { debtOf } from "./debtOf.ts";

/** The net result, and what it costs to trade: in no colour where it is only the last that was known. */
export function Net() {
  const words = useWords();
  const now = useFrame(({ money: { quote, net, fills, costPer10k } }) => ({ quote, net, fills, costPer10k }), paneMs);
  const debt = useFrame(({ pairs }) => (pairs.length === 0 ? undefined : debtOf(pairs)));
  const isOld = useStanding() !== "well";
  if (now === undefined) return null;
  return (
    <dl className="figures">
      <div>
        <dt>{words.net}</dt>
        <dd className={isOld ? "" : tone(now.net)}>
          {money(now.net, true)} <small>{now.quote}</small>
        </dd>
      </div>
      {debt === undefined ? null : (
        <div>
          <dt>{words.debt}</dt>
          <dd className={isOld ? "" : debt === "0" ? "good" : "bad"}>
            {debt === "0" ? "✓ 0" : debt === "?" ? "?" : `! ${money(debt)}`}
          </dd>
        </div>
      )}
      <div className="wide-only">
        <dt title={words["cost.say"]}>{words.cost}</dt>
        <dd>{money(now.costPer10k)}</dd>
      </div>
      <div className="wide-only">
        <dt>{words.fills}</dt>
        <dd>{now.fills}</dd>
      </div>
    </dl>
  );
}
