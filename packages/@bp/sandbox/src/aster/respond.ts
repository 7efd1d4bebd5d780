// Answers a request as Aster does: the limits, the endpoint, the signature, and how much has been used.
import { type Answer, Refused } from "../answer.ts";
import type { HttpRequest, Respond } from "../http.ts";
import type { Pace } from "../pace.ts";
import type { Member } from "./accounts.ts";
import { authenticate, byKey, type Sent } from "./auth.ts";
import { fieldsOf, pairsOf, valuesOf } from "./fields.ts";
import type { AsterHouse } from "./house.ts";
import { createLimiter } from "./limits.ts";
import { fault } from "./refuse.ts";
import type { Route } from "./route.ts";

const notFound: Answer = { status: 404, text: "<html><body><h2>404 Not found</h2></body></html>" };

/** @param prefix - `/fapi` or `/api` */
export function createRespond(house: AsterHouse, pace: Pace, prefix: string, routes: readonly Route[]): Respond {
  const table = new Map<string, Map<string, Route>>();
  for (const route of routes)
    for (const path of route.paths) {
      const methods = table.get(`${prefix}/${path}`) ?? new Map<string, Route>();
      table.set(`${prefix}/${path}`, methods.set(route.method, route));
    }
  const limiter = createLimiter(house.settings.limits, () => Date.now());

  return async (request: HttpRequest): Promise<Answer> => {
    const { address } = request;
    const methods = table.get(request.url.pathname);
    const route = methods?.get(request.method);
    if (route === undefined) {
      const known =
        methods === undefined ? notFound : fault(-1000, `Request method '${request.method}' not supported`, 405);
      return { ...(limiter.weigh(address, 1) ?? known), headers: limiter.headers(address, undefined) };
    }
    if (request.body === undefined) return fault(-1000, "Payload too large", 413);
    const fields = fieldsOf(valuesOf([...pairsOf(request.query), ...pairsOf(request.body)]));
    let member: Member | undefined;
    const answer = await guarded(async () => {
      const banned = limiter.weigh(address, route.weight(fields));
      if (banned !== undefined) return banned;
      pace.catchUp(2);
      member = whoAsks(house, route, request);
      const tooMany =
        route.orders === undefined || member === undefined
          ? undefined
          : limiter.order(member.name, route.orders(fields));
      return tooMany ?? { status: 200, json: await route.answer(house, fields, member) };
    });
    const counts = route.orders === undefined ? undefined : member?.name;
    return { ...answer, headers: { ...limiter.headers(address, counts), ...answer.headers } };
  };
}

async function guarded(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    process.emitWarning(error instanceof Error ? error : String(error), "SandboxWarning");
    return fault(-1000, "An unknown error occured while processing the request.", 500);
  }
}

/** The account behind a request; `undefined` where nobody has to be one. */
function whoAsks(house: AsterHouse, route: Route, { url, query, headers, body = "" }: HttpRequest): Member | undefined {
  const version = Number(/\/v(\d)\//.exec(url.pathname)?.[1] ?? 1);
  const header = headers["x-mbx-apikey"];
  const sent: Sent = { query, body, key: typeof header === "string" && header !== "" ? header : undefined };
  switch (route.access) {
    case "open":
      return undefined;
    case "data":
      return version === 1 ? byKey(house, sent.key) : undefined;
    case "stream":
      return version === 1 && sent.key !== undefined ? byKey(house, sent.key) : authenticate(house, sent, version);
    case "signed":
      return authenticate(house, sent, version);
  }
}
