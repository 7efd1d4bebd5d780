// Starts bots from a form: on the sandbox or on paper, in processes of their own. With real money none is ever started from a page.
import { randomUUID } from "node:crypto";
import type { Strategies } from "dashboard/contract";
import * as z from "zod";
import { schemas } from "../config/params.ts";
import type { Routes } from "./app.ts";
import { bodyOf } from "./body.ts";
import type { Desk } from "./desk/desk.ts";
import { formExamples } from "./examples.ts";
import { goneSignal } from "./gone.ts";
import { languageIn } from "./query.ts";
import { Refusal, refusal } from "./refuse.ts";
import { createStarter } from "./startBot.ts";
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

const startNow = startAsk.extend({
  id: z
    .string()
    .regex(/^[a-z0-9-]{8,40}$/i, { error: "8 to 40 letters, digits and dashes" })
    .optional(),
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
export function startsOf(data: DoorData, desk: Desk): Routes {
  const starter = createStarter(data.main);
  return {
    "GET /api/strategies": (c) => c.json(strategies()),
    "POST /api/start/plan": async (c) => {
      const ask = await bodyOf(c, startAsk);
      return c.json(await desk.do({ kind: "plan", ask, language: languageIn(c, data.language) }, goneSignal(c)));
    },
    "POST /api/start": async (c) => {
      const { id = randomUUID(), ...ask } = await bodyOf(c, startNow);
      const gone = goneSignal(c);
      if (!starter.has(id)) {
        const plan = await desk.do({ kind: "plan", ask, language: languageIn(c, data.language) }, gone);
        if (plan.refused !== undefined) throw new Refusal(409, plan.refused);
        if (gone.aborted) throw refusal(503, "whoever asked has gone"); // he would not know of it, and start another
        starter.begin(id, ask, plan.yaml);
      }
      return c.json(await starter.started(id));
    },
  };
}
