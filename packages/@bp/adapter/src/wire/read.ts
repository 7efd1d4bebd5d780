// What goes out and what comes in, held against schemas, and what a failure says about it.
import { BpError } from "@bp/core";
import type * as z from "zod";
import type { Endpoint } from "../rest/endpoint.ts";

/**
 * Parameters as they may go out.
 *
 * @throws BpError `config/invalid` that names the endpoint, the key, what was found and what is expected
 */
export function checkParams<P>(endpoint: Endpoint<P, unknown>, input: P): P {
  if (endpoint.params === undefined) return input;
  const result = endpoint.params.safeParse(input);
  if (result.success) return result.data;
  const { path, message } = firstIssue(result.error);
  throw new BpError("config/invalid", {
    path: `${endpoint.method} ${endpoint.path}${path === "" ? "" : ` ${path}`}`,
    found: found(input, path),
    expected: message,
  });
}

/** A `wire/schema` failure out of what zod found first, with the piece of the message that it is about. */
export function schemaError(what: string, error: z.ZodError, value: unknown): BpError<"wire/schema"> {
  const { path, message } = firstIssue(error);
  return new BpError("wire/schema", { what, path, expected: message, raw: found(value, path) });
}

/** A `wire/not-json` failure. */
export function notJson(what: string, raw: string): BpError<"wire/not-json"> {
  return new BpError("wire/not-json", { what, raw: raw.slice(0, 500) });
}

/** What a body that is no error object says: its text, or the title of a web page. Never empty, at most 500 characters. */
export function wordsOf(body: string): string {
  const text = body.trim();
  const isPage = /^<(!doctype|html|\?xml)/i.test(text);
  const words = isPage ? `a web page: ${/<title>([^<]*)/i.exec(text)?.[1]?.trim() ?? "without a title"}` : text;
  return (words === "" ? "an empty answer" : words).slice(0, 500);
}

function firstIssue(error: z.ZodError): { readonly path: string; readonly message: string } {
  const issue = error.issues[0];
  return { path: issue?.path.map(String).join(".") ?? "", message: issue?.message ?? "something else" };
}

function found(value: unknown, path: string): string {
  let at: unknown = value;
  for (const key of path === "" ? [] : path.split(".")) {
    if (typeof at !== "object" || at === null) break;
    at = (at as Readonly<Record<string, unknown>>)[key]; // any object can be asked for any key
  }
  return (JSON.stringify(at) ?? "nothing").slice(0, 500);
}
