// Work beside the flow of facts, and what becomes of its failures.
import { type BpError, isBpError } from "@bp/core";

/** Runs a task beside the flow. What it throws is a mistake of ours and must be seen: it ends as an uncaught exception. */
export function background(task: () => Promise<void>): void {
  task().catch(crash);
}

/**
 * Makes an error of a callback an uncaught exception, while the caller of the callback goes on. Thrown through the caller it would stop
 * the reading of a socket for good, in a program that survives such exceptions.
 */
export function crash(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Tells failures that the next attempt may mend. */
export async function guarded(task: () => Promise<void>, trouble: (error: BpError) => void): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!isBpError(error)) throw error;
    trouble(error);
  }
}
