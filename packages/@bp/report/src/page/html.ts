// Markup that cannot be injected into: whatever is put in is text, unless it was made here.
import { plain } from "@bp/core";

/** A piece of a page. Made by `html` alone. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a piece: other pieces, and text, which is escaped. */
export type Part = Html | readonly Html[] | string | number | undefined;

/** Longest name or sentence of others that a page shows, characters. */
const mostText = 400;

/**
 * A piece of a page out of a template.
 *
 * @param parts - the template's own markup, as it is
 * @param values - texts are cleaned of controls, cut at 400 characters and escaped; pieces stay as they are
 */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { markup: parts.map((part, at) => part + markupOf(values[at])).join("") };
}

/** Markup of ours, as it is. @param markup - never anything that came from outside */
export function trusted(markup: string): Html {
  return { markup };
}

/** What must not be there is left out. */
export const nothing: Html = { markup: "" };

/** Text as it may stand in an element or in quotes. */
function escaped(text: string): string {
  return plain(text.length > mostText ? `${text.slice(0, mostText)}…` : text).replace(
    /[&<>"'`]/g,
    (each) => codes[each] ?? "",
  );
}

/** JSON as it may stand in a script element: no `<`, so nothing ends it; texts are cleaned of controls. */
export function jsonMarkup(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) => (typeof each === "string" ? plain(each) : each));
  return text.replace(/[<>&]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const codes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function markupOf(value: Part): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}
