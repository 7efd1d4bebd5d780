// The parameters of one strategy.
import { type FormEvent, useId, useMemo, useState } from "react";
import { useNotices } from "../../app/notices.tsx";
import type { Done, ParamsAsk, ParamsNow, ParamsPlan } from "../../contract/index.ts";
import { refusalOf } from "../../feed/api.ts";
import { usePlanning } from "../../feed/planning.ts";
import { useMayAct, useSession } from "../../feed/session.tsx";
import { fieldsOf } from "../../form/fields.ts";
import { changedOf, textsOf, valuesOf } from "../../form/values.ts";
import { fill } from "../../panes/common/setting.tsx";
import { SchemaFields } from "../../parts/SchemaFields.tsx";
import { Refusal } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { PlanView } from "./PlanView.tsx";

/** Of a strategy that runs. */
export interface ParamsFormProps {
  readonly strategy: ParamsNow["strategies"][number];
  readonly onApplied: () => void;
}

/** What is applied is what was shown: any change of the form puts the plan away. */
export function ParamsForm({ strategy, onApplied }: ParamsFormProps) {
  const { name, use, schema, values, changeable } = strategy;
  const words = useWords();
  const id = useId();
  const mayAct = useMayAct();
  const { api, bot = "" } = useSession();
  const { tell, refuse } = useNotices();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const before = useMemo(() => textsOf(fields, values), [fields, values]);
  const [texts, setTexts] = useState(before);
  const path = `bots/${encodeURIComponent(bot)}/params`;
  const { planned, refusal, isAsked, plan, putAway } = usePlanning<ParamsAsk, ParamsPlan>(`${path}/plan`);
  const [isApplying, setApplying] = useState(false);
  const isBusy = isAsked || isApplying;
  const { problems } = useMemo(() => valuesOf(fields, texts), [fields, texts]);
  const changed = useMemo(() => changedOf(fields, before, texts), [fields, before, texts]);
  const isSame = Object.keys(changed).length === 0;
  const isWrong = Object.keys(problems).length > 0;

  const put = (next: typeof texts) => {
    setTexts(next);
    putAway();
  };
  const show = (event: FormEvent) => {
    event.preventDefault();
    if (!isSame && !isWrong && !isBusy) plan({ strategy: name, values: changed });
  };
  const applied = ({ say }: Done) => {
    tell({ tone: "good", say: words["params.applied"], hint: say });
    onApplied();
  };
  const apply = () => {
    if (planned === undefined) return;
    setApplying(true);
    api
      .ask<Done>(path, { method: "POST", body: { ...planned.ask, digest: planned.plan.digest } })
      .then(applied)
      .catch((error: unknown) => {
        const { status, message } = refusalOf(error);
        if (status === 409) tell({ tone: "bad", say: message, hint: words["params.stale"] });
        else refuse(error);
        putAway();
      })
      .finally(() => setApplying(false));
  };
  const refusedField =
    planned?.plan.refused ?? (refusal === undefined ? undefined : { key: refusal.field, why: refusal.message });
  return (
    <section className="pane" aria-labelledby={id}>
      <header className="pane-head">
        <h2 id={id}>{fill(words["params.title"], { name })}</h2>
        <span className="pane-tag">{use}</span>
      </header>
      <form className="form" onSubmit={show} noValidate>
        <SchemaFields
          fields={fields}
          texts={texts}
          before={before}
          problems={problems}
          changeable={changeable}
          refused={refusedField?.key === undefined ? undefined : { field: refusedField.key, why: refusedField.why }}
          onChange={(at, text) => put({ ...texts, [at]: text })}
        />
        {refusal === undefined ? null : <Refusal refusal={refusal} />}
        {planned === undefined ? null : <PlanView plan={planned.plan} />}
        <div className="buttons">
          {planned === undefined || planned.plan.refused !== undefined ? (
            <button type="submit" className="main" disabled={isSame || isWrong || isBusy || !mayAct}>
              {words["params.plan"]}
            </button>
          ) : (
            <button type="button" className="main" disabled={isBusy || !mayAct} onClick={apply}>
              {words["params.apply"]}
            </button>
          )}
          <button type="button" disabled={isSame && !isWrong} onClick={() => put(before)}>
            {words["params.undo"]}
          </button>
          <span className="quiet">
            {mayAct
              ? isWrong
                ? words["form.wrong"]
                : isSame
                  ? words["params.same"]
                  : Object.keys(changed).join(", ")
              : words["act.viewer"]}
          </span>
        </div>
      </form>
    </section>
  );
}
