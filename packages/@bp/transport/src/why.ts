// Failures below HTTP, in words.

/** A sentence and the system's code of a failure. */
export function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as { code?: unknown }).code; // system errors and undici's have one
  const text = cause.message === "" ? cause.name : cause.message;
  return typeof code === "string" && !text.includes(code) ? `${text} (${code})` : text;
}

/**
 * The failure without what the other side has written, which undici keeps in `data`: something on the way may have sent our own request
 * back, signature and all.
 */
export function withoutData(cause: unknown): unknown {
  for (let each = cause; each instanceof Error; each = each.cause) if ("data" in each) return new Error(whyOf(cause));
  return cause;
}
