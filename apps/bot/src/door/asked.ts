// Answers what a page asks of the bot itself: what a person wants, other parameters, and faults of the sandbox.
import type { Ask, Done, FaultAsk, ParamsApply, ParamsNow, ParamsPlan, Refused } from "dashboard/contract";
import { applyChange, type ChangePlan, type ChangeTerms, paramsNow, planChange } from "../change/index.ts";
import type { Operator } from "../operator.ts";
import type { OnAsk } from "./answer.ts";
import type { FaultDesk } from "./faults.ts";
import type { DoorAnswer } from "./words.ts";

/** Who answers. */
export interface Asked {
  readonly operator: Operator;
  /** Whether its exchange outlives it: then a kill marks its accounts. */
  readonly lasts: boolean;
  /** `undefined` where there is no sandbox in this process. */
  readonly faults: FaultDesk | undefined;
  /** The run whose parameters may change; `undefined` before its first step. */
  readonly terms: () => ChangeTerms | undefined;
}

/** In the journal: who wanted it. */
const by = "the dashboard";

const done = (say: string): DoorAnswer => ({ ok: { done: true, say } satisfies Done });
const refused = (status: 400 | 404 | 409, error: string, hint: string): DoorAnswer => ({
  refused: { error, hint },
  status,
});

/** Makes the answers of a run. */
export function answersOf({ operator, lasts, faults, terms }: Asked): OnAsk {
  return async (ask) => {
    const run = terms();
    switch (ask.what) {
      case "ask":
        return wanted(operator, ask.ask, lasts);
      case "faults":
        return faults === undefined ? noSandbox : { ok: faults.now() };
      case "faults.inject":
        return faults === undefined ? noSandbox : injected(faults, ask.ask);
      case "faults.mend":
        if (faults === undefined) return noSandbox;
        faults.mend();
        return done("everything is mended");
      case "params":
        if (run === undefined) return notYet;
        return { ok: { strategies: paramsNow(run.engine, run.recipe) } satisfies ParamsNow };
      case "params.plan":
        return run === undefined ? notYet : { ok: planNow(planChange(run, ask.ask.strategy, ask.ask.values)) };
      case "params.apply":
        return run === undefined ? notYet : applied(run, operator, ask.ask);
    }
  };
}

const notYet: DoorAnswer = {
  refused: { error: "the run has not begun yet", hint: "try again in a moment" },
  status: 503,
};

const noSandbox = refused(
  404,
  "there is no sandbox in this bot's process",
  "faults are for bots whose sandbox runs in their own process",
);

function wanted(operator: Operator, what: Ask["what"], lasts: boolean): DoorAnswer {
  const no = operator.ask(what, by);
  if (no !== undefined) return refused(409, no, hintOf(what));
  return done(what === "halt" ? `${saidOf.halt}, and ${afterKill(lasts)}` : saidOf[what]);
}

const saidOf: Readonly<Record<Ask["what"], string>> = {
  pause: "it wishes nothing until it is resumed: its orders are cancelled, what it holds stays",
  resume: "it quotes again",
  stop: "its orders are cancelled and verified, what it holds stays; then it ends",
  flatten: "its orders are cancelled, what it holds is closed; then it ends",
  halt: "killed: its orders are cancelled, nothing is closed",
};

const afterKill = (lasts: boolean) =>
  lasts
    ? "nothing is traded on these accounts until a person resumes them"
    : "its accounts end with the run: the exchange is part of its process";

const hintOf = (what: Ask["what"]) =>
  what === "flatten"
    ? "what it holds then is still held: look at the positions"
    : "wait for its end, or for its beginning";

/** A plan as a page is shown it. */
function planNow(plan: ChangePlan): ParamsPlan {
  const { params: _, ...shown } = plan;
  return shown;
}

/** 409 where the plan that was shown is not what would be done now. */
function applied(run: ChangeTerms, operator: Operator, ask: ParamsApply): DoorAnswer {
  const { refused: no, ...did } = applyChange(run, operator, { ...ask, by });
  if (no !== undefined) {
    const { key, why, hint } = no;
    const more: Partial<Refused> = {
      ...(key === undefined ? {} : { field: key }),
      ...(hint === undefined ? {} : { hint }),
    };
    return { refused: { error: why, ...more }, status: 409 };
  }
  const values = "plan" in did ? did.plan.values : [];
  return done(values.map(({ key, from, to }) => `${key} ${from} → ${to}`).join(", "));
}

async function injected(faults: FaultDesk, ask: FaultAsk): Promise<DoorAnswer> {
  const wrong = await faults.inject(ask);
  if (wrong !== undefined) {
    const { presets } = faults.now();
    const known = wrong === "unknown fault" ? presets.map(({ id }) => id) : presets.map(({ venue }) => venue);
    return refused(
      400,
      `there is no such ${wrong === "unknown fault" ? "fault" : "venue here"}`,
      `there are ${[...new Set(known)].join(", ")}`,
    );
  }
  return done("it goes wrong now");
}
