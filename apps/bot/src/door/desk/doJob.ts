// Which module does which job: each loads only what it needs.
import type { Job } from "./jobs.ts";

/** @throws BpError what the job throws */
export async function doJob(job: Job): Promise<object> {
  switch (job.kind) {
    case "journal": {
      const { journalPage } = await import("./journalPage.ts");
      return journalPage(job);
    }
    case "decision": {
      const { decisionOf } = await import("./decision.ts");
      return decisionOf(job);
    }
    case "runs": {
      const { runLines } = await import("./runLines.ts");
      return { runs: runLines(job) };
    }
    case "report": {
      const { reportHtml } = await import("./reportHtml.ts");
      return { html: reportHtml(job) };
    }
    case "plan": {
      const { planOf } = await import("./startPlan.ts");
      return planOf(job);
    }
  }
}
