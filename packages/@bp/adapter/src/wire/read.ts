// What goes out and what comes in, held against schemas, and what a failure says about it.
import { BpError, masked } from "@bp/core";
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
    path: `${endpoint.method} ${endpoint.path}${path.length === 0 ? "" : ` ${textOf(path)}`}`,
    found: found(input, path),
    expected: message,
  });
}

/**
 * A `wire/schema` failure out of what zod found first: where, and the piece of the message that it is about, secrets masked. Of a
 * field that is missing it is what the field is missing from.
 */
export function schemaError(what: string, error: z.ZodError, value: unknown): BpError<"wire/schema"> {
  const { path, message } = firstIssue(error);
  return new BpError("wire/schema", { what, path: textOf(path), expected: message, raw: found(value, path) });
}

/** A `wire/schema` failure if the answer has not as many elements as the endpoint says; `undefined` if all is well. */
export function rowsError<P, A>(
  { rows, method, path }: Endpoint<P, A>,
  params: P,
  answer: A,
): BpError<"wire/schema"> | undefined {
  const wanted = rows?.(params);
  const count = Array.isArray(answer) ? answer.length : 1;
  if (wanted === undefined || wanted === count) return undefined;
  const expected = `${wanted} elements, one for each in the request`;
  return new BpError("wire/schema", {
    what: `answer of ${method} ${path}`,
    path: "",
    expected,
    raw: `${count} elements`,
  });
}

/** A `wire/not-json` failure, secrets masked. */
export function notJson(what: string, raw: string): BpError<"wire/not-json"> {
  return new BpError("wire/not-json", { what, raw: maskedPart(raw).slice(0, 500) });
}

/** What a body that is no error object says: its text, or the title of a web page. Never empty, at most 500 characters. */
export function wordsOf(body: string): string {
  const text = body.trim();
  const isPage = /^<(!doctype|html|\?xml)/i.test(text);
  const words = isPage ? `a web page: ${/<title>([^<]*)/i.exec(text)?.[1]?.trim() ?? "without a title"}` : text;
  return (words === "" ? "an empty answer" : words).slice(0, 500);
}

/** What zod found first: where, and what was expected there. Of a union, what the form says that came closest. */
function firstIssue(error: z.core.$ZodError): { readonly path: readonly PropertyKey[]; readonly message: string } {
  return issueOf(error.issues);
}

function issueOf(issues: readonly z.core.$ZodIssue[]): ReturnType<typeof firstIssue> {
  const issue = issues[0];
  if (issue === undefined) return { path: [], message: "something else" };
  const { path } = issue;
  const message = issue.message.replace(/^(?:Invalid input: )?expected /i, ""); // a failure says "expected" itself
  if (issue.code !== "invalid_union") return { path, message };
  const forms = issue.errors.filter((each) => each.length > 0).map(issueOf);
  const [closest] = forms.toSorted((one, other) => other.path.length - one.path.length);
  return closest === undefined || closest.path.length === 0
    ? { path, message }
    : { path: [...path, ...closest.path], message: closest.message };
}

function textOf(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

function found(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value;
  let name = "";
  for (const key of path) {
    if (typeof at !== "object" || at === null) break;
    const inner = (at as Readonly<Record<PropertyKey, unknown>>)[key]; // any object can be asked for any key
    if (inner === undefined) break;
    at = inner;
    name = `"${String(key)}":`; // some secrets are known by their names alone
  }
  return maskedPart(name + shown(at)).slice(name.length, name.length + 500);
}

/** Masked before it is cut to size: half a key looks like none. */
function maskedPart(text: string): string {
  return masked(text.slice(0, 20_000));
}

function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    return "something that cannot be shown"; // nested by the thousand, or turning upon itself
  }
}
