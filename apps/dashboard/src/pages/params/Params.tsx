// The parameters of each strategy that runs: change, look at the plan, apply.
import type { ParamsNow } from "../../contract/index.ts";
import { useSession } from "../../feed/session.tsx";
import { useAnswer } from "../../feed/useAnswer.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { ParamsForm } from "./ParamsForm.tsx";

/** A form for each of them. */
export function Params() {
  const words = useWords();
  const { bot = "" } = useSession();
  const { value, refusal, again } = useAnswer<ParamsNow>(`bots/${encodeURIComponent(bot)}/params`);
  if (value === undefined) return refusal === undefined ? <Waiting /> : <Refusal refusal={refusal} onAgain={again} />;
  return (
    <div className="stack">
      <p className="quiet">{words["params.say"]}</p>
      {value.strategies.length === 0 ? <p>{words["params.none"]}</p> : null}
      {value.strategies.map((strategy) => (
        // other values are another form: what was typed into the old one is of the past
        <ParamsForm key={`${strategy.name} ${JSON.stringify(strategy.values)}`} strategy={strategy} onApplied={again} />
      ))}
    </div>
  );
}
