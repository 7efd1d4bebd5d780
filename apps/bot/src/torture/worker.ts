// A torture thread: takes batches until it is told that there are no more.
import { parentPort, workerData } from "node:worker_threads";
import { isBpError } from "@bp/core";
import type { Subject } from "@bp/torture";
import { tryBatch } from "./batch.ts";
import type { Batch, FromThread, Job } from "./job.ts";
import { subjectOfFile } from "./subject.ts";

const jobs = workerData as readonly Job[]; // of threads.ts
const subjects: (Subject | undefined)[] = [];
const shrunk = new Map<number, number>();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (news: FromThread) => parentPort?.postMessage(news);

parentPort?.on("message", (batch: Batch) => {
  void work(batch).catch((error: unknown) =>
    tell({
      type: "failed",
      text:
        error instanceof Error ? (isBpError(error) ? error.message : (error.stack ?? error.message)) : String(error),
      code: isBpError(error) ? error.code : undefined,
      context: isBpError(error) ? error.context : undefined,
    }),
  );
});
tell({ type: "ready" });

async function work(batch: Batch): Promise<void> {
  const job = jobs[batch.job];
  if (job === undefined) return;
  const subject = subjects[batch.job] ?? (await subjectOfFile(job.file, job.flags));
  subjects[batch.job] = subject;
  tell({ type: "done", done: tryBatch(job, subject, batch, shrunk) });
}
