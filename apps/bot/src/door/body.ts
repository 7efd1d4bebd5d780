// Reads what a request brings: JSON, not too long, nothing that nobody asked for.
import type { Context } from "hono";
import type * as z from "zod";
import { Refusal, refusal } from "./refuse.ts";

/** More is refused unread, bytes. */
const mostBytes = 256 * 1_024;

/** @throws Refusal 400 naming the field, or where the caller breaks off; 413, 415 */
export async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(json((await rawBodyOf(c)).toString("utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  const field = issue?.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  const what = issue?.code === "unrecognized_keys" ? "there is no such field" : (issue?.message ?? "not understood");
  const name = field.join(".").slice(0, 100);
  throw new Refusal(400, { error: name === "" ? what : `${name}: ${what}`, ...(name === "" ? {} : { field: name }) });
}

/** Its bytes, to be read by somebody else. @throws Refusal 400 where the caller breaks off; 413, 415 */
export async function rawBodyOf(c: Context): Promise<Buffer> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type))
    throw refusal(415, "a body must be JSON", "send Content-Type: application/json");
  const tooLong = () => refusal(413, `a body may have ${mostBytes} bytes`);
  if (Number(c.req.header("content-length") ?? 0) > mostBytes) throw tooLong();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = c.req.raw.body as AsyncIterable<Uint8Array> | null; // Node's streams are iterable
  if (body === null) return Buffer.alloc(0);
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw tooLong();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : refusal(400, "the body was broken off"); // whoever sent it has gone
  }
  return Buffer.concat(chunks);
}

function json(from: string): unknown {
  try {
    return JSON.parse(from);
  } catch {
    throw refusal(400, "the body is no JSON");
  }
}
