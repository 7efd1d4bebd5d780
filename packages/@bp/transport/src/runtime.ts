// What this runs on, as far as it matters here.

/** Node itself, something that speaks like it, or neither. */
export type Runtime = "node" | "Bun or Deno" | "a browser";

/** Asks the globals. */
export function runtime(): Runtime {
  // Globals of runtimes that this package is not compiled for.
  const { process, Bun, Deno } = globalThis as {
    process?: { versions?: { node?: string } };
    Bun?: unknown;
    Deno?: unknown;
  };
  if (process?.versions?.node === undefined) return "a browser";
  return Bun === undefined && Deno === undefined ? "node" : "Bun or Deno";
}
