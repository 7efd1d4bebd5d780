// Asks the door: with the token in a header, never in an address, and a refusal as something that can be told.
import { patienceFor, type Refused } from "../contract/index.ts";

/** A refusal of the door, or no answer at all (`status` 0). */
export class DoorRefusal extends Error {
  readonly status: number;
  readonly hint: string | undefined;
  readonly field: string | undefined;

  constructor(status: number, refused: Refused) {
    super(refused.error);
    this.name = "DoorRefusal";
    this.status = status;
    this.hint = refused.hint;
    this.field = refused.field;
  }
}

/** Whatever was thrown, as a refusal that can be told. */
export const refusalOf = (error: unknown): DoorRefusal =>
  error instanceof DoorRefusal
    ? error
    : new DoorRefusal(0, { error: error instanceof Error ? error.message : String(error) });

/** How a question is put. */
export interface Question {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Goes out as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The door. */
export interface Api {
  /** @param path - below `/api/` @throws DoorRefusal */
  ask<T>(path: string, question?: Question): Promise<T>;
  /** The stream of a bot, still to be read. @throws DoorRefusal */
  stream(bot: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** @param token - of this tab @param request - for tests */
export function createApi(token: string, request: typeof fetch = fetch): Api {
  const send = async (path: string, { method = "GET", body, signal }: Question): Promise<Response> => {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method, headers, cache: "no-store", credentials: "omit", redirect: "error" };
    if (signal !== undefined) init.signal = signal;
    if (body !== undefined) init.body = JSON.stringify(body);
    const answer = await request(`./api/${path}`, init).catch((error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw new DoorRefusal(0, { error: "no answer" });
    });
    if (!answer.ok) throw new DoorRefusal(answer.status, await refusedIn(answer));
    return answer;
  };
  return {
    ask: async <T>(path: string, question: Question = {}) => {
      const limit = AbortSignal.timeout(patienceFor(path));
      const signal = question.signal === undefined ? limit : AbortSignal.any([question.signal, limit]);
      const answer = await send(path, { ...question, signal });
      return (await answer.json()) as T; // the contract's: the door is built with this page
    },
    stream: async (bot, signal) => {
      const { body } = await send(`bots/${encodeURIComponent(bot)}/stream`, { signal });
      if (body === null) throw new DoorRefusal(0, { error: "no answer" });
      return body;
    },
  };
}

async function refusedIn(answer: Response): Promise<Refused> {
  try {
    const said: unknown = await answer.json();
    if (typeof said === "object" && said !== null && "error" in said && typeof said.error === "string") {
      const { error } = said;
      const hint = "hint" in said && typeof said.hint === "string" ? { hint: said.hint } : {};
      const field = "field" in said && typeof said.field === "string" ? { field: said.field } : {};
      return { error, ...hint, ...field };
    }
  } catch {
    // not ours: something stands between, and the status is all that is known
  }
  return { error: `${answer.status} ${answer.statusText}` };
}
