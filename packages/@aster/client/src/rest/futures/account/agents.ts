// GET /fapi/v3/agent: the agents of this account.
import * as z from "zod";
import { flagOrNull } from "../../../wire/flag.ts";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** An agent. */
export const agentAnswer = z.object({
  agentAddress: z.string(),
  agentName: orNull(z.string()),
  ipWhitelist: orNull(z.string()), // separated by spaces; empty: none
  expired: wholeOrNull, // when it ends, ms
  source: orNull(z.string()),
  canRead: flagOrNull,
  canSpotTrade: flagOrNull,
  canPerpTrade: flagOrNull,
  canWithdraw: flagOrNull, // a bot needs none of it
});
/** An agent of this account: what it may do, and until when (`expired`, ms). */
export type Agent = z.infer<typeof agentAnswer>;

/** `GET /fapi/v3/agent`, agents (V3) only: look at the start whether the agent may trade, and until when. */
export const agents: AsterEndpoint<undefined, Agent[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/agent",
  v3: "/fapi/v3/agent",
  answer: z.array(agentAnswer),
  lane: "read",
  weight: 1,
};
