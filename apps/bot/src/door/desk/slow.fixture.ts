// A thread in the place of the desk's own: it takes as many ms for a page of a journal as there are lines wanted, and answers how many it had.
import { parentPort } from "node:worker_threads";
import type { JournalJob } from "./jobs.ts";

let had = 0;
parentPort?.on("message", ({ limit }: JournalJob) => {
  had += 1;
  const answer = { ok: { had } };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  setTimeout(() => parentPort?.postMessage(answer), limit);
});
