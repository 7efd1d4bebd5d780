// Everything that can be asked of a door, by path.
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { BotNow, Hello } from "dashboard/contract";
import { journalFlag } from "../journalFlag.ts";
import { actsOf } from "./acts.ts";
import type { DoorContext, Handler, Routes } from "./app.ts";
import type { Asks } from "./asks.ts";
import type { Desk } from "./desk/desk.ts";
import { healthOf } from "./health.ts";
import type { Hub } from "./hub.ts";
import type { Known } from "./known.ts";
import { createExposition } from "./metrics/exposition.ts";
import type { Measured } from "./metrics/metric.ts";
import { botIdOf, neighbour } from "./neighbours.ts";
import { passOn } from "./proxy.ts";
import { recordsOf } from "./records.ts";
import { refusal } from "./refuse.ts";
import { startsOf } from "./starts.ts";
import type { DoorData } from "./words.ts";

/** Whom the answers come from. */
export interface RoutesOptions {
  readonly data: DoorData;
  readonly known: Known;
  readonly hub: Hub;
  readonly asks: Asks;
  readonly desk: Desk;
  readonly bots: () => Promise<readonly BotNow[]>;
  /** What is counted at the door itself. */
  readonly counted: () => Pick<Measured, "refused" | "wrongTokens" | "connections">;
}

/** @returns those that want a token, and those that want none */
export function routesOf(options: RoutesOptions): { readonly routes: Routes; readonly open: Routes } {
  const { data, known, hub, asks, desk, bots, counted } = options;
  const self = data.folder === undefined ? undefined : botIdOf(data.folder);
  const records = recordsOf({ data, desk, self, run: () => known.run });
  const exposition = createExposition();
  const hello = (role: Hello["role"]): Hello => {
    const flag = journalFlag(known.run?.journal ?? (self === undefined ? undefined : neighbour(self)?.bot.journal));
    return {
      version: data.version,
      role,
      language: data.language,
      ...(self === undefined ? {} : { self }),
      ...(flag === "" ? {} : { journalFlag: flag }),
    };
  };
  const brief: Handler = (c) => {
    const { brief: line, frame } = known;
    if (line !== undefined) return c.json(line);
    const why = frame === undefined ? "the run has not begun yet" : "the run has shown nothing for some seconds";
    throw refusal(503, why, undefined, 1);
  };
  const own: Routes = {
    "GET brief": brief,
    ...actsOf(asks),
    ...records.own,
    "GET history": (c) => c.json(known.history()),
    "GET stream": (c) => {
      hub.add(c.env.outgoing);
      return RESPONSE_ALREADY_SENT;
    },
  };
  return {
    open: {
      ...records.open,
      "GET /health": (c) => {
        const { ok, ...health } = healthOf(known.frame, known.ageMs(), self !== undefined);
        return c.json(health, ok ? 200 : 503);
      },
    },
    routes: {
      "GET /api/hello": (c) => c.json(hello(c.get("role"))),
      "GET /metrics": async (c) => {
        const seen = { frame: known.frame, ageMs: known.ageMs(), streams: hub.count };
        return c.body(await exposition.text({ ...seen, ...counted() }), 200, {
          "Content-Type": exposition.contentType,
        });
      },
      "GET /api/bots": async (c) => c.json(await bots()),
      "GET /api/brief": brief,
      ...records.all,
      ...startsOf(data, desk),
      ...ofBots(own, self),
    },
  };
}

/** Routes below `/api/bots/ID/`: of the bot here, or passed on to the other's door. */
const ofBots = (routes: Routes, self: string | undefined): Routes =>
  Object.fromEntries(
    Object.entries(routes).map(([route, handler]) => {
      const [method = "", path = ""] = route.split(" ");
      const either = (c: DoorContext) => {
        const id = c.req.param("bot") ?? "";
        return id === self ? handler(c) : passOn(c, id);
      };
      return [`${method} /api/bots/:bot/${path}`, either];
    }),
  );
