// What a door answers: who is asked for what, in one table.
import type { HttpBindings } from "@hono/node-server";
import type { Hello } from "dashboard/contract";
import { type Context, Hono } from "hono";
import type { Bearers } from "./bearer.ts";
import type { Caller } from "./callers.ts";
import { safeHeaders } from "./headers.ts";
import { Refusal, refusal, refusedResponse } from "./refuse.ts";

/** What each answer knows of its request. */
export interface DoorEnv {
  Bindings: HttpBindings;
  Variables: { readonly role: Hello["role"] };
}

/** A request at work. */
export type DoorContext = Context<DoorEnv>;

/** An answer. */
export type Handler = (c: DoorContext) => Response | Promise<Response>;

/** What may be asked: `GET /api/hello` and so on, with `:name` for a part. */
export type Routes = Readonly<Record<string, Handler>>;

/** What a door is made of. */
export interface AppOptions {
  readonly judge: (caller: Caller) => Refusal | undefined;
  readonly bearers: Bearers;
  /** With a token; anything but GET with the operator's alone. */
  readonly routes: Routes;
  /** Without one. */
  readonly open: Routes;
  readonly page: (path: string) => Response | undefined;
  /** Hears of each refusal. */
  readonly refused: (status: number) => void;
  /** A mistake of ours, for the log. */
  readonly failed: (error: unknown) => void;
}

/** Makes it. */
export function createApp({ judge, bearers, routes, open, page, refused, failed }: AppOptions): Hono<DoorEnv> {
  const app = new Hono<DoorEnv>();
  const answered = (error: Refusal) => {
    refused(error.status);
    return refusedResponse(error);
  };
  app.onError((error) => {
    if (error instanceof Refusal) return answered(error);
    failed(error);
    return answered(refusal(500, "this answer failed, which is a mistake of the bot's; trading goes on"));
  });
  app.notFound((c) => {
    const { path } = c.req;
    const isPage = c.req.method === "GET" || c.req.method === "HEAD";
    const file = isApi(path) || !isPage ? undefined : page(path);
    return file ?? answered(refusal(404, "there is nothing of that name here"));
  });
  app.use(async (c, next) => {
    await next();
    if (c.env.outgoing.headersSent) return; // a stream, which has them
    for (const [name, value] of Object.entries(safeHeaders))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  app.use(async (c, next) => {
    const why = judge({ path: c.req.path, header: (name) => c.req.header(name) });
    if (why !== undefined) throw why;
    if (!["GET", "HEAD", "POST", "DELETE"].includes(c.req.method)) throw refusal(405, "that is not done here");
    await next();
  });
  for (const [route, handler] of Object.entries(open)) app.on(...methodAndPath(route), handler);
  const guarded = async (c: DoorContext, next: () => Promise<void>) => {
    const role = await bearers.role(c.req.header("authorization"));
    if (role === "viewer" && c.req.method !== "GET" && c.req.method !== "HEAD")
      throw refusal(403, "this token may look and not act", "open the page with the operator's token");
    c.set("role", role);
    await next();
  };
  app.use("/api/*", guarded);
  app.use("/metrics", guarded);
  for (const [route, handler] of Object.entries(routes)) app.on(...methodAndPath(route), handler);
  return app;
}

const isApi = (path: string) => path === "/api" || path.startsWith("/api/");

/** The parts of a route. */
function methodAndPath(route: string): [method: string, path: string] {
  const [method = "GET", path = "/"] = route.split(" ");
  return [method, path];
}
