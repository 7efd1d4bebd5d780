// What is asked of the bot itself, through its trading thread: a person's wishes, parameters, faults.
import * as z from "zod";
import type { Routes } from "./app.ts";
import type { Asks } from "./asks.ts";
import { bodyOf } from "./body.ts";

const ask = z.strictObject({ what: z.enum(["pause", "resume", "stop", "flatten", "halt"]) });
const values = z.record(z.string().max(200), z.unknown());
const paramsAsk = z.strictObject({ strategy: z.string().max(100), values });
const paramsApply = z.strictObject({ strategy: z.string().max(100), values, digest: z.string().max(200) });
const fault = z.strictObject({ id: z.string().max(100), venue: z.string().max(100).optional() });

/** Below `/api/bots/ID/`. */
export const actsOf = (asks: Asks): Routes => ({
  "POST ask": async (c) => c.json(await asks.ask({ what: "ask", ask: (await bodyOf(c, ask)).what })),
  "GET params": async (c) => c.json(await asks.ask({ what: "params" })),
  "POST params/plan": async (c) => c.json(await asks.ask({ what: "params.plan", ask: await bodyOf(c, paramsAsk) })),
  "POST params": async (c) => c.json(await asks.ask({ what: "params.apply", ask: await bodyOf(c, paramsApply) })),
  "GET faults": async (c) => c.json(await asks.ask({ what: "faults" })),
  "POST faults": async (c) => {
    const { id, venue } = await bodyOf(c, fault);
    return c.json(await asks.ask({ what: "faults.inject", ask: venue === undefined ? { id } : { id, venue } }));
  },
  "DELETE faults": async (c) => c.json(await asks.ask({ what: "faults.mend" })),
});
