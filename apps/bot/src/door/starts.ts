// Starts bots from a form: on the sandbox or on paper, in processes of their own. With real money none is ever started from a page.
import type { Strategies } from "dashboard/contract";
import * as z from "zod";
import { schemas } from "../config/params.ts";
import type { Routes } from "./app.ts";
import { bodyOf } from "./body.ts";
import type { Desk } from "./desk/desk.ts";
import { formExamples } from "./examples.ts";
import { goneSignal } from "./gone.ts";
import { languageIn } from "./query.ts";
import { Refusal } from "./refuse.ts";
import { startBot } from "./startBot.ts";
import type { DoorData } from "./words.ts";

const startAsk = z.strictObject({
  use: z
    .string()
    .refine((use) => Object.hasOwn(formExamples, use), { error: `one of ${Object.keys(formExamples).join(", ")}` }),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/i, { error: "letters, digits and dashes, 31 at most" }),
  place: z.enum(["sandbox", "paper"], {
    error: "sandbox or paper: with real money a bot is started by hand, bot start FILE --live",
  }),
  values: z.record(z.string().max(100), z.unknown()),
});

/** What can be started, with the schema of each. */
function strategies(): Strategies {
  return {
    strategies: Object.entries(schemas()).flatMap(([use, schema]) => {
      const example = formExamples[use];
      return example === undefined
        ? []
        : [{ use, schema: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), example }];
    }),
    places: ["sandbox", "paper"],
  };
}

/** Routes. */
export const startsOf = (data: DoorData, desk: Desk): Routes => ({
  "GET /api/strategies": (c) => c.json(strategies()),
  "POST /api/start/plan": async (c) => {
    const ask = await bodyOf(c, startAsk);
    return c.json(await desk.do({ kind: "plan", ask, language: languageIn(c, data.language) }, goneSignal(c)));
  },
  "POST /api/start": async (c) => {
    const ask = await bodyOf(c, startAsk);
    const plan = await desk.do({ kind: "plan", ask, language: languageIn(c, data.language) }, goneSignal(c));
    if (plan.refused !== undefined) throw new Refusal(409, plan.refused);
    return c.json(await startBot(data, ask, plan.yaml));
  },
});
