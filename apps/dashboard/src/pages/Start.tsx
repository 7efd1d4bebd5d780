// Starts a bot from a form whose fields come from the strategy's schema; the plan is shown first.
import { type FormEvent, useId, useMemo, useState } from "react";
import { hashOf } from "../app/route.ts";
import type { StartAsk, Started, StartNow, StartPlan, Strategies } from "../contract/index.ts";
import { type DoorRefusal, refusalOf } from "../feed/api.ts";
import { newId } from "../feed/newId.ts";
import { usePlanning } from "../feed/planning.ts";
import { useMayAct, useSession } from "../feed/session.tsx";
import { useAnswer } from "../feed/useAnswer.ts";
import { fieldsOf } from "../form/fields.ts";
import { textsOf, valuesOf } from "../form/values.ts";
import { fill } from "../panes/common/setting.tsx";
import { SchemaFields } from "../parts/SchemaFields.tsx";
import { Refusal, Waiting } from "../parts/Told.tsx";
import { useLanguage, useWords } from "../words/language.tsx";

/** Which strategy first. */
export function Start() {
  const words = useWords();
  const id = useId();
  const { value, refusal, again } = useAnswer<Strategies>("strategies");
  const [wanted, want] = useState<string>();
  const strategy = value?.strategies.find(({ use }) => use === (wanted ?? "maker")) ?? value?.strategies[0];
  return (
    <section className="pane" aria-labelledby={id}>
      <header className="pane-head">
        <h2 id={id}>{words["start.title"]}</h2>
      </header>
      <p className="quiet">{words["start.say"]}</p>
      {value === undefined ? refusal === undefined ? <Waiting /> : <Refusal refusal={refusal} onAgain={again} /> : null}
      {value === undefined || strategy === undefined ? null : (
        <>
          <fieldset className="tabs" aria-label={words["start.use"]}>
            {value.strategies.map(({ use }) => (
              <button key={use} type="button" aria-pressed={use === strategy.use} onClick={() => want(use)}>
                {use}
              </button>
            ))}
          </fieldset>
          <StartForm key={strategy.use} strategy={strategy} places={value.places} />
        </>
      )}
    </section>
  );
}

interface StartFormProps {
  readonly strategy: Strategies["strategies"][number];
  readonly places: Strategies["places"];
}

const nameShape = /^[a-z0-9][a-z0-9-]{0,30}$/i;

function StartForm({ strategy: { use, schema, example }, places }: StartFormProps) {
  const words = useWords();
  const id = useId();
  const mayAct = useMayAct();
  const { api } = useSession();
  const { language } = useLanguage();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const [texts, setTexts] = useState(() => textsOf(fields, example));
  const [name, setName] = useState(`my-${use}`);
  const [place, setPlace] = useState<StartAsk["place"]>(places[0] ?? "sandbox");
  const path = `start/plan?language=${language === "en" ? "en" : "zh"}`;
  const planning = usePlanning<StartAsk, StartPlan>(path);
  const { planned, isAsked } = planning;
  const [startId, setStartId] = useState(newId); // of the plan: to try again after a failure starts no second bot
  const [started, setStarted] = useState<Started>();
  const [notStarted, setNotStarted] = useState<DoorRefusal>();
  const [isStarting, setStarting] = useState(false);
  const refusal = planning.refusal ?? notStarted;
  const isBusy = isAsked || isStarting;
  const { values, problems } = useMemo(() => valuesOf(fields, texts), [fields, texts]);
  const isNamed = nameShape.test(name);
  const isWrong = !isNamed || Object.keys(problems).length > 0;
  // Shown at once: what a strategy trades and what must be there. The rest has defaults.
  const [main, more] = useMemo(() => {
    const isMain = ({ name: key, isRequired }: (typeof fields)[number]) => isRequired || key in example;
    return [fields.filter(isMain), fields.filter((field) => !isMain(field))];
  }, [fields, example]);
  const put = (change: () => void) => {
    change();
    planning.putAway();
    setNotStarted(undefined);
    setStarted(undefined);
  };
  const show = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong || isBusy) return;
    setNotStarted(undefined);
    setStartId(newId());
    planning.plan({ use, name, place, values });
  };
  const start = (body: StartNow) => {
    setStarting(true);
    setNotStarted(undefined);
    api
      .ask<Started>("start", { method: "POST", body })
      .then(setStarted)
      .catch((error: unknown) => setNotStarted(refusalOf(error)))
      .finally(() => setStarting(false));
  };
  const plan = planned?.plan;
  const refusedField =
    plan?.refused ?? (refusal === undefined ? undefined : { error: refusal.message, field: refusal.field });
  const shared = {
    texts,
    problems,
    refused: refusedField?.field === undefined ? undefined : { field: refusedField.field, why: refusedField.error },
    onChange: (at: string, text: string) => put(() => setTexts({ ...texts, [at]: text })),
  };
  return (
    <form className="form" onSubmit={show} noValidate>
      <div className="fields">
        <div className="field">
          <label htmlFor={`${id}-name`}>{words["start.name"]}</label>
          <input
            id={`${id}-name`}
            value={name}
            maxLength={31}
            autoComplete="off"
            spellCheck="false"
            aria-invalid={!isNamed}
            aria-describedby={`${id}-say`}
            onChange={({ target }) => put(() => setName(target.value))}
          />
          <p id={`${id}-say`} className={`say ${isNamed ? "" : "bad"}`}>
            {words["start.name.say"]}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-place`}>{words["start.place"]}</label>
          <select
            id={`${id}-place`}
            value={place}
            onChange={({ target }) => put(() => setPlace(places.find((one) => one === target.value) ?? "sandbox"))}
          >
            {places.map((one) => (
              <option key={one} value={one}>
                {words[`place.${one}`]}
              </option>
            ))}
          </select>
          <p className="say">{words[`place.${place}.say`]}</p>
        </div>
      </div>
      <SchemaFields fields={main} {...shared} />
      {more.length === 0 ? null : (
        <details>
          <summary>{fill(words["form.more"], { count: more.length })}</summary>
          <SchemaFields fields={more} {...shared} />
        </details>
      )}
      {plan === undefined ? null : (
        <section className="plan" aria-label={words["plan.title"]} aria-live="polite">
          {plan.refused === undefined ? null : (
            <p className="bad" role="alert">
              ✕ {words["plan.refused"]} {plan.refused.field === undefined ? "" : `${plan.refused.field}: `}
              {plan.refused.error} <small>{plan.refused.hint}</small>
            </p>
          )}
          {plan.lines.length === 0 ? null : <pre>{plan.lines.join("\n")}</pre>}
          <details>
            <summary>{words["start.yaml"]}</summary>
            <p className="quiet">{words["start.yaml.say"]}</p>
            <pre>{plan.yaml}</pre>
          </details>
        </section>
      )}
      {refusal === undefined ? null : <Refusal refusal={refusal} />}
      {started === undefined ? null : (
        <p className="good" role="status">
          ✓ {fill(words["start.started"], { pid: started.pid, file: started.file })}{" "}
          <a href={hashOf({ page: "bot", bot: started.bot })}>{words["start.open"]}</a>
        </p>
      )}
      <div className="buttons">
        {plan === undefined || plan.refused !== undefined || planned === undefined ? (
          <button type="submit" className="main" disabled={isWrong || isBusy || !mayAct}>
            {isAsked ? words["start.planning"] : words["start.plan"]}
          </button>
        ) : started === undefined ? (
          <button
            type="button"
            className="main"
            disabled={isBusy || !mayAct}
            onClick={() => start({ ...planned.ask, id: startId })}
          >
            {isStarting ? words["start.starting"] : words["start.go"]}
          </button>
        ) : null}
        <span className="quiet">{mayAct ? (isWrong ? words["form.wrong"] : "") : words["act.viewer"]}</span>
      </div>
    </form>
  );
}
