// A thread that makes trials of the moving average; some values make it stumble.
import { setTimeout as sleep } from "node:timers/promises";
import { getHeapSpaceStatistics } from "node:v8";
import { averageOutcome } from "./average.fixture.ts";
import { serveTrials } from "./threadWords.ts";

serveTrials(async ({ values }) => {
  if (values["kill"] === true) process.exit(7); // of a thread: ends it alone
  if (values["slow"] === true) await sleep(60_000);
  if (values["room"] !== true) return averageOutcome(values);
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return { ...averageOutcome(values), figures: { youngMb: (young?.space_size ?? 0) / 2 ** 20 } };
});
