// Answers what a page asks of the bot itself: what a person wants, and faults of the sandbox.
import type { Ask, Done, FaultAsk } from "dashboard/contract";
import type { Operator } from "../operator.ts";
import type { OnAsk } from "./answer.ts";
import type { FaultDesk } from "./faults.ts";
import type { DoorAnswer } from "./words.ts";

/** Who answers. */
export interface Asked {
  readonly operator: Operator;
  /** `undefined` where there is no sandbox in this process. */
  readonly faults: FaultDesk | undefined;
}

/** In the journal: who wanted it. */
const by = "the dashboard";

const done = (say: string): DoorAnswer => ({ ok: { done: true, say } satisfies Done });
const refused = (status: 400 | 404 | 409, error: string, hint: string): DoorAnswer => ({
  refused: { error, hint },
  status,
});

/** Makes the answers of a run. */
export function answersOf({ operator, faults }: Asked): OnAsk {
  return async (ask) => {
    switch (ask.what) {
      case "ask":
        return wanted(operator, ask.ask);
      case "faults":
        return faults === undefined ? noSandbox : { ok: faults.now() };
      case "faults.inject":
        return faults === undefined ? noSandbox : injected(faults, ask.ask);
      case "faults.mend":
        if (faults === undefined) return noSandbox;
        faults.mend();
        return done("everything is mended");
      case "params":
      case "params.plan":
      case "params.apply":
        return refused(
          404,
          "this bot takes no other parameters while it runs",
          "stop it and start it with the new value",
        );
    }
  };
}

const noSandbox = refused(
  404,
  "there is no sandbox in this bot's process",
  "faults are for bots that were started with --sandbox",
);

function wanted(operator: Operator, what: Ask["what"]): DoorAnswer {
  if (operator.ending !== undefined && what !== "halt" && what !== "flatten")
    return refused(
      409,
      `it is ending already (${operator.ending}, asked by ${operator.endedBy ?? "a person"})`,
      "wait for its end",
    );
  operator.ask(what, by);
  return done(saidOf[what]);
}

const saidOf: Readonly<Record<Ask["what"], string>> = {
  pause: "it wishes nothing until it is resumed: its orders are cancelled, what it holds stays",
  resume: "it quotes again",
  stop: "its orders are cancelled and verified, what it holds stays; then it ends",
  flatten: "its orders are cancelled, what it holds is closed; then it ends",
  halt: "killed: its orders are cancelled, what it holds stays, and nothing is traded on these accounts until a person resumes them",
};

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
