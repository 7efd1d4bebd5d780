// JSON as people write it: with comments, trailing commas, several objects one after the other, or members without braces.
import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { exactly } from "./exactly.ts";

/** What was read, or why not: never with text of the file. */
export type Parsed = { readonly value: unknown } | { readonly why: string };

/** Reads it. Objects that follow each other are one, members of the same name are merged. */
export function readJson(text: string): Parsed {
  const pieces = split(text);
  const merged: Record<string, unknown> = {};
  for (const { from, source } of pieces) {
    const errors: ParseError[] = [];
    const root = parseTree(source, errors, { allowTrailingComma: true });
    const isWrapped = from < 0; // members without braces often come without commas between them too
    const error = errors.find((each) => !isWrapped || printParseErrorCode(each.error) !== "CommaExpected");
    if (error !== undefined) {
      const line = text.slice(0, Math.max(0, from + error.offset)).split("\n").length;
      return { why: `${spaced(printParseErrorCode(error.error))} in line ${line}` };
    }
    const value = root === undefined ? undefined : readNode(root, source);
    if (pieces.length === 1) return { value };
    if (!isGroup(value)) return { why: "several values that are not all groups of keys" };
    for (const [key, each] of Object.entries(value)) {
      const other = Object.hasOwn(merged, key) ? merged[key] : undefined;
      if (isGroup(other) && isGroup(each)) for (const [inner, it] of Object.entries(each)) set(other, inner, it);
      else set(merged, key, each);
    }
  }
  return pieces.length === 0 ? { why: "it is empty" } : { value: merged };
}

/** The values on the top level, each with its place. Members without braces around them are given some. */
function split(text: string): readonly { readonly from: number; readonly source: string }[] {
  const scanner = createScanner(text, true);
  const pieces: { from: number; source: string }[] = [];
  let depth = 0;
  let from: number | undefined;
  let before: string | undefined;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset();
    const token = text.charAt(start); // tells the kinds apart that matter here
    if (before === '"' && token === ":" && depth === 0) return [{ from: -1, source: `{${text}\n}` }];
    before = token;
    if (token === "," && depth === 0) continue;
    from ??= start;
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > 0) continue;
    pieces.push({ from, source: text.slice(from, start + scanner.getTokenLength()) });
    from = undefined;
  }
  return from === undefined ? pieces : [...pieces, { from, source: text.slice(from) }];
}

function readNode(node: Node, source: string): unknown {
  if (node.type === "array") return (node.children ?? []).map((each) => readNode(each, source));
  if (node.type === "object") {
    const group: Record<string, unknown> = {};
    for (const { children: [key, value] = [] } of node.children ?? [])
      if (key !== undefined && value !== undefined) set(group, String(key.value), readNode(value, source));
    return group;
  }
  if (typeof node.value === "number") return exactly(node.value, source.slice(node.offset, node.offset + node.length));
  return node.value;
}

/** Also for a key called `__proto__`. */
function set(group: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(group, key, { value, enumerable: true, configurable: true, writable: true });
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const spaced = (name: string) => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
