// Work beside the flow of facts, and what becomes of its failures.
import { type BpError, isBpError } from "@bp/core";

/** Runs a task beside the flow. What it throws is a mistake of ours and must be seen: it ends as an uncaught exception. */
export function background(task: () => Promise<void>): void {
  task().catch((error: unknown) => {
    queueMicrotask(() => {
      throw error;
    });
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
