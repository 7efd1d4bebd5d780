// A thread that does what takes long: see desk.ts.
import { parentPort } from "node:worker_threads";
import { refusalIn } from "../answer.ts";
import { giveWay } from "../quiet.ts";
import { doJob } from "./doJob.ts";
import type { Did, Job } from "./jobs.ts";

giveWay(15);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (did: Did) => parentPort?.postMessage(did);
parentPort?.on("message", (job: Job) => {
  doJob(job).then(
    (ok) => tell({ ok }),
    (error: unknown) => tell(refusalIn(error)),
  );
});
