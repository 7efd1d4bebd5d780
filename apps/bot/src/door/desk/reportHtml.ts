// The page of a run, ended or not: what `bot report RUN --html` writes.
import { openJournal } from "@bp/journal";
import { reportPage } from "@bp/report";
import { analysisOf } from "../../page/analysis.ts";
import { pageOptions } from "../../page/options.ts";
import { runNamed } from "../../runs.ts";
import type { ReportJob } from "./jobs.ts";

/** @throws BpError as `bot report` does */
export function reportHtml({ file, run, language }: ReportJob): string {
  const store = openJournal(file, { access: "read", end: "as it is" });
  try {
    return reportPage(analysisOf(store, runNamed(store, run)), pageOptions(language));
  } finally {
    store.close();
  }
}
