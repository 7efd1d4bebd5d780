// Yes and no, which the venue writes as a boolean here and as text there.
import * as z from "zod";

/** `true`, `"true"` and `"TRUE"` are the same. */
export const flag = z.unknown().transform((value, context): boolean => {
  const found = boolean(value);
  if (found !== undefined) return found;
  context.issues.push({ code: "custom", message: "expected true or false", input: value });
  return z.NEVER;
});

/** The same, missing or null. */
export const flagOrNull = z
  .unknown()
  .optional()
  .transform((value, context): boolean | null => {
    if (value === undefined || value === null) return null;
    const found = boolean(value);
    if (found !== undefined) return found;
    context.issues.push({ code: "custom", message: "expected true or false, or null", input: value });
    return z.NEVER;
  });

function boolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const word = value.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}
