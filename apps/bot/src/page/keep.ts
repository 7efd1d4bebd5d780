// Makes what is kept of a run before its market data go.
import { isBpError } from "@bp/core";
import type { JournalStore, RunRecord } from "@bp/journal";
import { reportJson, reportText } from "@bp/report";
import { messageOf } from "../failures.ts";
import { figuresOf } from "../opening.ts";
import { analysisOf } from "./analysis.ts";
import type { Kept } from "./kept.ts";

/**
 * Makes it, of a run that is still whole.
 *
 * @param warn - hears why there is no whole report to keep
 * @returns `undefined` for a run of another program, which has no figures that we know
 * @throws BpError `journal/unreadable` at a line that does not parse: then nothing of the run may go
 */
export function keepOf(store: JournalStore, run: RunRecord, warn: (why: string) => void): Kept | undefined {
  const figures = known(
    () => figuresOf(store, run),
    () => undefined,
  );
  if (figures === undefined) return undefined;
  const analysis = known(
    () => analysisOf(store, run),
    (why) => warn(`run ${run.id}: no whole report is kept: ${why}`),
  );
  const text = (language: "en" | "zh") => reportText(figures, { language, paint: "plain" }, run.id);
  return {
    json: JSON.parse(reportJson(figures, run.id)),
    en: text("en"),
    zh: text("zh"),
    ...(analysis === undefined ? {} : { analysis }),
  };
}

function known<T>(make: () => T, failed: (why: string) => void): T | undefined {
  try {
    return make();
  } catch (error) {
    if (isBpError(error, "journal/unreadable")) throw error;
    failed(messageOf(error));
    return undefined;
  }
}
