// A form out of a JSON Schema: which fields there are, and what each takes.
import type { FormSchema } from "../contract/index.ts";

/** What every field has. */
interface Common {
  /** `rebalance.enabled` */
  readonly path: string;
  /** The last part of it. */
  readonly name: string;
  /** Whether it cannot be left empty. */
  readonly isRequired: boolean;
  /** What holds where it is left empty, as text. */
  readonly fallback?: string;
  /** The schema's own words, where it has some. */
  readonly description?: string;
}

/** A field. */
export type Field =
  /** `words`: what may stand there instead of a number or as a text. */
  | (Common & { readonly kind: "text"; readonly pattern?: string; readonly words: readonly string[] })
  /** Decimal text goes out as it was typed, so that no digit is lost. */
  | (Common & { readonly kind: "decimal"; readonly words: readonly string[] })
  | (Common & {
      readonly kind: "number";
      readonly isWhole: boolean;
      readonly least?: number;
      readonly most?: number;
    })
  | (Common & { readonly kind: "flag" })
  | (Common & { readonly kind: "choice"; readonly options: readonly string[] })
  | (Common & { readonly kind: "group"; readonly fields: readonly Field[] })
  /** One of several shapes, told apart by `tag`; one without fields may be a plain word. */
  | (Common & { readonly kind: "variant"; readonly tag: string; readonly variants: readonly Variant[] })
  /** Anything else: JSON. */
  | (Common & { readonly kind: "json" });

/** One shape of several. */
export interface Variant {
  readonly value: string;
  /** Whether it is the word alone, and no object. */
  readonly isWord: boolean;
  readonly fields: readonly Field[];
}

type Json = Readonly<Record<string, unknown>>;

/** The fields of an object's schema, in its order. */
export function fieldsOf(schema: FormSchema, under = ""): readonly Field[] {
  const required = listOf(schema["required"]);
  return Object.entries(objectOf(schema["properties"])).map(([name, property]) =>
    fieldOf(objectOf(property), `${under}${name}`, name, required.includes(name)),
  );
}

function fieldOf(schema: Json, path: string, name: string, isRequired: boolean): Field {
  const { description } = schema;
  const fallback = fallbackOf(schema["default"]);
  const common: Common = {
    path,
    name,
    isRequired: isRequired && fallback === undefined,
    ...(fallback === undefined ? {} : { fallback }),
    ...(typeof description === "string" ? { description } : {}),
  };
  const options = wordsOf(schema);
  if (options.length > 0) return { ...common, kind: "choice", options };
  const types = typeof schema["type"] === "string" ? [schema["type"]] : listOf(schema["type"]);
  const several = [...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])].map(objectOf);
  if (several.length > 0) return unionOf(common, several);
  if (types.includes("string") && types.includes("number")) return { ...common, kind: "decimal", words: [] };
  if (types.includes("boolean")) return { ...common, kind: "flag" };
  if (types.includes("integer") || types.includes("number"))
    return { ...common, kind: "number", isWhole: types.includes("integer"), ...boundsOf(schema) };
  if (types.includes("object") && schema["properties"] !== undefined)
    return { ...common, kind: "group", fields: fieldsOf(schema, `${path}.`) };
  if (types.includes("string")) {
    const { pattern } = schema;
    return { ...common, kind: "text", words: [], ...(typeof pattern === "string" ? { pattern } : {}) };
  }
  return { ...common, kind: "json" };
}

/** A word or a number; or one of several shapes. */
function unionOf(common: Common, several: readonly Json[]): Field {
  const flat = several.flatMap((one) => {
    const inner = [...listOf(one["anyOf"]), ...listOf(one["oneOf"])].map(objectOf);
    return inner.length > 0 ? inner : [one];
  });
  const words = flat.flatMap(wordsOf);
  const rest = flat.filter((one) => wordsOf(one).length === 0);
  if (rest.length === 1) {
    const [only = {}] = rest;
    const field = fieldOf(only, common.path, common.name, common.isRequired);
    if (field.kind === "decimal" || field.kind === "text") return { ...common, kind: field.kind, words };
  }
  const tagged = rest.map(tagOf);
  const [{ tag } = { tag: "" }] = tagged.flatMap((one) => (one === undefined ? [] : [one]));
  if (tagged.length === 0 || tagged.some((one) => one?.tag !== tag)) return { ...common, kind: "json" };
  const shapes = tagged.flatMap((one): readonly Variant[] =>
    one === undefined
      ? []
      : [
          {
            value: one.value,
            isWord: false,
            fields: fieldsOf(one.schema, `${common.path}.`).filter(({ name }) => name !== tag),
          },
        ],
  );
  const plain = words.map((value): Variant => ({ value, isWord: true, fields: [] }));
  return { ...common, kind: "variant", tag, variants: [...plain, ...shapes] };
}

/** The property that names a shape: the first that can have one value alone. */
function tagOf(schema: Json): { readonly tag: string; readonly value: string; readonly schema: Json } | undefined {
  for (const [tag, property] of Object.entries(objectOf(schema["properties"]))) {
    const value = objectOf(property)["const"];
    if (typeof value === "string") return { tag, value, schema };
  }
  return undefined;
}

const wordsOf = (schema: Json): readonly string[] => {
  if (typeof schema["const"] === "string") return [schema["const"]];
  return listOf(schema["enum"]).filter((one) => typeof one === "string");
};

/** Bounds that are there for the wire alone (2^53) are none for a person. */
function boundsOf(schema: Json): { readonly least?: number; readonly most?: number } {
  const [least, most] = [schema["minimum"], schema["maximum"]];
  return {
    ...(typeof least === "number" && Math.abs(least) < Number.MAX_SAFE_INTEGER ? { least } : {}),
    ...(typeof most === "number" && Math.abs(most) < Number.MAX_SAFE_INTEGER ? { most } : {}),
  };
}

function fallbackOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null) {
    const named = Object.values(value).find((one) => typeof one === "string");
    return typeof named === "string" ? named : Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
