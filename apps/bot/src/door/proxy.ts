// Passes on what is asked of another bot to its own door, as the same kind of caller, and its answer back as it comes.
import { Readable } from "node:stream";
import type { DoorContext } from "./app.ts";
import { rawBodyOf } from "./body.ts";
import { goneSignal } from "./gone.ts";
import { safeHeaders } from "./headers.ts";
import { pass, passedHeader } from "./link.ts";
import { neighbour } from "./neighbours.ts";
import { refusal } from "./refuse.ts";

/** Passed on of an answer. */
const headersKept = ["content-type", "retry-after", "content-security-policy"] as const;

/** Answers for the bot of an id. @throws Refusal 404 where there is none or no more, 503 where its door does not answer */
export async function passOn(c: DoorContext, id: string): Promise<Response> {
  if (c.req.header(passedHeader) !== undefined) throw refusal(404, `there is no bot ${id} here`);
  const found = neighbour(id);
  if (found === undefined)
    throw refusal(404, `no bot ${id} of yours runs`, "GET /api/bots, or bot status, has those that do");
  if (!found.bot.alive) throw refusal(404, `the process of bot ${id} is gone`, "bot status tells what it has left");
  if (found.card === undefined)
    throw refusal(
      503,
      `bot ${id} has no door that can be asked`,
      "it was started with --no-dashboard, or is being started",
    );
  const body = c.req.method === "POST" ? await rawBodyOf(c) : undefined;
  const { pathname, search } = new URL(c.req.url);
  const signal = goneSignal(c);
  const passing = {
    method: c.req.method,
    path: `${pathname}${search}`,
    role: c.get("role"),
    body,
    signal,
  };
  const answer = await pass(found.card, passing).catch(() => {
    throw refusal(503, `the door of bot ${id} does not answer`, "bot status tells whether it still runs");
  });
  const headers = new Headers(safeHeaders);
  for (const name of headersKept) {
    const value = answer.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  answer.on("error", () => undefined); // cut off: the reader sees it
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, {
    status: answer.statusCode ?? 502,
    headers,
  });
}
