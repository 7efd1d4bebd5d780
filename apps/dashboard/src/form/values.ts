// What stands in a form, as text by path, and the values that it means.
import type { Field } from "./fields.ts";

/** What stands in each field; an empty one is left out. */
export type Texts = Readonly<Record<string, string>>;

/** Why a field cannot be taken. */
export type Problem = "required" | "decimal" | "whole" | "number" | "least" | "most" | "pattern" | "json";

/** What a form means. */
export interface Filled {
  readonly values: Readonly<Record<string, unknown>>;
  /** By path. */
  readonly problems: Readonly<Record<string, Problem>>;
}

const decimalShape = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const wholeShape = /^[+-]?\d+$/;

/** Values as a form shows them. */
export function textsOf(fields: readonly Field[], values: Readonly<Record<string, unknown>>): Texts {
  const texts: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || value === null) continue;
    const inner = typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
    if (field.kind === "group" && inner !== undefined) Object.assign(texts, textsOf(field.fields, inner));
    else if (field.kind === "variant") {
      const tag = inner === undefined ? value : inner[field.tag];
      texts[field.path] = String(tag);
      const shape = field.variants.find((one) => one.value === tag && one.isWord === (inner === undefined));
      if (shape !== undefined && inner !== undefined) Object.assign(texts, textsOf(shape.fields, inner));
    } else if (field.kind === "json") texts[field.path] = JSON.stringify(value);
    else texts[field.path] = plainText(value);
  }
  return texts;
}

/** The other kinds are plain: text, number, flag. */
const plainText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What the texts mean; fields that are empty are left out, and their defaults hold. */
export function valuesOf(fields: readonly Field[], texts: Texts): Filled {
  const values: Record<string, unknown> = {};
  const problems: Record<string, Problem> = {};
  for (const field of fields) {
    const text = (texts[field.path] ?? "").trim();
    if (field.kind === "group") {
      const inner = valuesOf(field.fields, texts);
      Object.assign(problems, inner.problems);
      if (Object.keys(inner.values).length > 0) values[field.name] = inner.values;
    } else if (text === "") {
      if (field.isRequired) problems[field.path] = "required";
    } else if (field.kind === "variant") {
      const shape = field.variants.find(({ value }) => value === text);
      if (shape === undefined || shape.isWord) {
        values[field.name] = text;
        continue;
      }
      const inner = valuesOf(shape.fields, texts);
      Object.assign(problems, inner.problems);
      values[field.name] = { [field.tag]: text, ...inner.values };
    } else {
      const { value, problem } = readValue(field, text);
      if (problem === undefined) values[field.name] = value;
      else problems[field.path] = problem;
    }
  }
  return { values, problems };
}

interface Read {
  readonly value?: unknown;
  readonly problem?: Problem;
}

function readValue(field: Exclude<Field, { readonly kind: "group" | "variant" }>, text: string): Read {
  switch (field.kind) {
    case "flag":
      return { value: text === "true" };
    case "choice":
      return { value: text };
    case "text":
      return field.pattern === undefined || new RegExp(field.pattern, "u").test(text) || field.words.includes(text)
        ? { value: text }
        : { problem: "pattern" };
    case "decimal":
      return decimalShape.test(text) || field.words.includes(text) ? { value: text } : { problem: "decimal" };
    case "number":
      return numberOf(field, text);
    case "json":
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { problem: "json" };
      }
  }
}

function numberOf(field: Extract<Field, { readonly kind: "number" }>, text: string): Read {
  if (field.isWhole && !wholeShape.test(text)) return { problem: "whole" };
  if (!decimalShape.test(text)) return { problem: "number" };
  const value = Number(text);
  if (field.least !== undefined && value < field.least) return { problem: "least" };
  if (field.most !== undefined && value > field.most) return { problem: "most" };
  return { value };
}

/**
 * What a person has changed, as a bot takes it: a group keeps what is not said of it, so each value that was taken away, also one
 * within a group, is said as `null`, and its default holds.
 */
export function changedOf(fields: readonly Field[], before: Texts, after: Texts): Readonly<Record<string, unknown>> {
  const [old, now] = [valuesOf(fields, before).values, valuesOf(fields, after).values];
  return Object.fromEntries(
    Object.entries(withNulls(old, now)).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key])),
  );
}

function withNulls(old: Group, now: Group): Group {
  const kept = Object.entries(now).map(([key, value]) => {
    const before = old[key];
    // a shape of another name is said whole: nothing of the old one stays
    const goesOn = isGroup(before) && isGroup(value) && before["name"] === value["name"];
    return [key, goesOn ? withNulls(before, value) : value];
  });
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(now, key));
  return Object.fromEntries([...kept, ...gone.map((key) => [key, null])]);
}

type Group = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The unit of a field, by the end of its name: `ms`, `%`, `bps`. */
export function unitOf(name: string): string | undefined {
  if (/(^|[a-z])Ms$/.test(name)) return "ms";
  if (name.endsWith("Pct")) return "%";
  if (name.endsWith("Bps")) return "bps";
  return undefined;
}
