// Answers a request as Backpack does: the limits, the endpoint, the signature, the venue's cache.
import type { Answer } from "../answer.ts";
import { Refused } from "../answer.ts";
import type { HttpRequest, Respond } from "../http.ts";
import type { Pace } from "../pace.ts";
import { authenticate } from "./auth.ts";
import type { BackpackHouse } from "./house.ts";
import { createLimiter, type Limits } from "./limits.ts";
import { fault, notFound } from "./refuse.ts";
import type { Route } from "./route.ts";
import { findRoute } from "./routes.ts";

const tooMany = fault(429, "TOO_MANY_REQUESTS", "You have exceeded the rate limit");

/** @param cdn - keep public answers as long as the venue's cache does */
export function createRespond(house: BackpackHouse, pace: Pace, limits: Limits, cdn: boolean): Respond {
  const now = () => performance.now();
  const general = createLimiter(limits.perMinute ?? 2000, now);
  const historical = createLimiter(limits.historyPerMinute ?? 30, now);
  const cache = new Map<string, { readonly answer: Answer; readonly at: number; readonly until: number }>();

  async function cached(route: Route, url: URL): Promise<Answer> {
    const found = cache.get(url.href);
    const at = now();
    if (found !== undefined && at < found.until)
      return { ...found.answer, headers: { ...found.answer.headers, age: String(Math.floor((at - found.at) / 1000)) } };
    const answer = await route.prepare(house, { query: url.searchParams, body: undefined }).run(undefined);
    if (cache.size > 1000) cache.clear();
    cache.set(url.href, { answer, at, until: at + route.cacheSeconds * 1000 });
    return answer;
  }

  return async ({ method, url, headers, body, address }: HttpRequest): Promise<Answer> => {
    try {
      const route = findRoute(method, url.pathname);
      if (route === undefined) return notFound;
      if (route === "wrong-method") return { status: 405, text: "method not allowed" };
      if (body === undefined) return { status: 413, text: "payload too large" };
      const key = headers["x-api-key"];
      const who = route.instruction !== undefined && typeof key === "string" && house.member(key) ? key : address;
      if (!general.take(who) || (route.historical && !historical.take(address))) return tooMany;
      pace.catchUp(2);
      house.agenda.run(house.exchange.now());
      if (cdn && route.cacheSeconds > 0) return await cached(route, url);
      const ready = route.prepare(house, {
        query: url.searchParams,
        body: route.method === "GET" ? undefined : parse(body),
      });
      const member =
        route.instruction === undefined
          ? house.members[0] // who is logged in to the website, for what only it can do
          : authenticate(house, headers, { instruction: route.instruction, params: ready.params });
      return await ready.run(member);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      process.emitWarning(error instanceof Error ? error : String(error), "SandboxWarning");
      return fault(500, "SERVER_ERROR", "Internal server error");
    }
  };
}

function parse(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : "not JSON";
    throw new Refused({
      status: 400,
      text: `Bad Request parse request payload error: parse error: ${why.slice(0, 120)}`,
    });
  }
}
