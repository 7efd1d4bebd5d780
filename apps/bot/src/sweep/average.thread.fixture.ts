// A thread that makes trials of the moving average; some values make it stumble.
import { setTimeout as sleep } from "node:timers/promises";
import { averageOutcome } from "./average.fixture.ts";
import { serveTrials } from "./threadWords.ts";

serveTrials(async ({ values }) => {
  if (values["kill"] === true) process.exit(7); // of a thread: ends it alone
  if (values["slow"] === true) await sleep(60_000);
  return averageOutcome(values);
});
