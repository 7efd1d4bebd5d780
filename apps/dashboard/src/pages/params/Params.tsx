// The parameters of each strategy that runs: change, look at the plan, apply.
import { useState } from "react";
import { hashOf } from "../../app/route.ts";
import type { ParamsNow } from "../../contract/index.ts";
import { useSession } from "../../feed/session.tsx";
import { useAnswer } from "../../feed/useAnswer.ts";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { ParamsForm } from "./ParamsForm.tsx";

/** A form for each of them. */
export function Params() {
  const words = useWords();
  const { bot = "", hello } = useSession();
  const [isApplied, setApplied] = useState(false);
  const of = bot === hello.self ? {} : { bot };
  const { value, refusal, again } = useAnswer<ParamsNow>(`bots/${encodeURIComponent(bot)}/params`);
  const applied = () => {
    setApplied(true);
    again();
  };
  if (value === undefined) return refusal === undefined ? <Waiting /> : <Refusal refusal={refusal} onAgain={again} />;
  return (
    <div className="stack">
      <p className="quiet">{words["params.say"]}</p>
      {isApplied ? (
        <p className="good" role="status">
          ✓ {words["params.applied"]} <a href={hashOf({ page: "bot", ...of })}>{words["params.look"]}</a>
        </p>
      ) : null}
      {value.strategies.length === 0 ? <p>{words["params.none"]}</p> : null}
      {value.strategies.map((strategy) => (
        // other values are another form: what was typed into the old one is of the past
        <ParamsForm
          key={`${strategy.name} ${JSON.stringify(strategy.values)}`}
          strategy={strategy}
          onApplied={applied}
        />
      ))}
    </div>
  );
}
