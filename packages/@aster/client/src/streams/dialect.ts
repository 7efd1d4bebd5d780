// How Aster's sockets speak.
import type { Dialect, Said } from "@bp/adapter";
import * as z from "zod";
import { findStream } from "../wire/envelopeBytes.ts";
import { nameOfBare } from "./bare.ts";
import type { Service } from "./names.ts";

/** The language of market data. Requests are answered with their number, errors mostly without. */
export function dialectOf(service: Service): Dialect {
  return {
    venue: `aster-${service}`,
    subscribe: (params, id) => JSON.stringify({ method: "SUBSCRIBE", params, id }),
    unsubscribe: (params, id) => JSON.stringify({ method: "UNSUBSCRIBE", params, id }),
    find: findStream,
    read,
  };
}

const number = z.union([z.number(), z.string()]);
/** `{"code":2,"msg":"..."}`, some with the request's number; `{"error":{...}}` in case they go their model's way. */
const refusal = z.object({ code: number, msg: z.string().nullish(), id: number.nullish() });
const wrapped = z.object({ error: refusal, id: number.nullish() });
const answer = z.object({ result: z.unknown(), id: number });
const combined = z.object({ stream: z.string(), data: z.unknown() });

function read(value: unknown, wanted: () => readonly string[]): Said | undefined {
  const named = combined.safeParse(value);
  if (named.success) return { kind: "data", name: named.data.stream, data: named.data.data };
  const inner = wrapped.safeParse(value);
  const failure = refusal.safeParse(inner.success ? { id: inner.data.id, ...inner.data.error } : value);
  if (failure.success) {
    const { code, msg, id } = failure.data;
    return { kind: "refused", id: idOf(id), code: String(code), message: msg ?? "" };
  }
  const done = answer.safeParse(value);
  if (done.success && typeof value === "object" && value !== null && "result" in value)
    return { kind: "done", id: idOf(done.data.id) };
  const name = nameOfBare(value, wanted());
  return name === undefined ? undefined : { kind: "data", name, data: value };
}

function idOf(id: number | string | null | undefined): number | undefined {
  const found = Number(id ?? Number.NaN);
  return Number.isSafeInteger(found) ? found : undefined;
}
