// Failures below HTTP, in words.

/** A sentence and the system's code of a failure. */
export function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as { code?: unknown }).code; // system errors and undici's have one
  const text = cause.message === "" ? cause.name : cause.message;
  return typeof code === "string" && !text.includes(code) ? `${text} (${code})` : text;
}
