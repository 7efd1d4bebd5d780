// Events of an account's stream: each read by the schema of its name.
import * as z from "zod";

/** An event that is not known here, whole. */
export interface UnknownEvent {
  readonly e: "unknown";
  /** Its name at the venue; empty where it has none. */
  readonly event: string;
  readonly raw: unknown;
}

type Schemas = Readonly<Record<string, z.ZodType<{ readonly e: string }>>>;
/** An event of one of these schemas, or an unknown one. */
export type EventOf<S extends Schemas> = z.output<S[keyof S]> | UnknownEvent;

/** A schema that looks at `e` and then takes the one of that name. */
export function eventOf<S extends Schemas>(schemas: S): z.ZodType<EventOf<S>> {
  return z.unknown().transform((value, context): EventOf<S> => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      context.issues.push({ code: "custom", message: "expected an event", input: value });
      return z.NEVER;
    }
    const event = "e" in value && typeof value.e === "string" ? value.e : "";
    const schema = Object.hasOwn(schemas, event) ? schemas[event] : undefined;
    if (schema === undefined) return { e: "unknown", event, raw: value };
    const found = schema.safeParse(value);
    if (found.success) return found.data as EventOf<S>; // of one of the schemas
    for (const { message, path } of found.error.issues)
      context.issues.push({ code: "custom", message, path: [...path], input: value });
    return z.NEVER;
  });
}
