// What a report is made of: a run of the journal, or an analysis that was kept as a file.
import { statSync } from "node:fs";
import { openJournal } from "@bp/journal";
import type { Analysis } from "@bp/report";
import { fromHere } from "../paths.ts";
import { runNamed } from "../runs.ts";
import { analysisOf } from "./analysis.ts";
import { readAnalysis } from "./analysisFile.ts";

/** Whether a person means a file: it is called like one, or it is one. */
export function isFile(name: string): boolean {
  return name.endsWith(".json") || statSync(fromHere(name), { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * The analyses of runs and files, in their order. The journal is opened only where a run is named.
 *
 * @param flags - `journal`: the file
 * @throws BpError as `readAnalysis` and `analysisOf`; `journal/no-run`
 */
export function analysesNamed(names: readonly string[], flags: Readonly<Record<string, unknown>>): readonly Analysis[] {
  if (names.every(isFile)) return names.map((each) => readAnalysis(fromHere(each)));
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    return names.map((each) =>
      isFile(each) ? readAnalysis(fromHere(each)) : analysisOf(store, runNamed(store, each)),
    );
  } finally {
    store.close();
  }
}
