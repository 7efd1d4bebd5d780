// A worker in a process of its own that makes cheap trials: ADDRESS LOCK-MS TRIAL-MS TWIST.
import { setTimeout as sleep } from "node:timers/promises";
import { BpError } from "@bp/core";
import { stopSignal } from "../stopSignal.ts";
import { averageOutcome } from "../sweep/average.fixture.ts";
import { queueAddress } from "./address.ts";
import { serveQueue } from "./serve.ts";

const [url = "", lockMs = "", trialMs = "", twist = ""] = process.argv.slice(2);
await serveQueue({
  address: queueAddress(url, "ADDRESS"),
  threads: 1,
  lockMs: Number(lockMs),
  signal: stopSignal("nothing").signal,
  tell: (line) => void process.stdout.write(`${line}\n`),
  serve: async (spec, name) => {
    if (twist === "lacks") throw new BpError("queue/no-data", { file: "a.csv", sha256: spec.digest, places: "/data" });
    return {
      width: 1,
      run: async ({ values }) => {
        process.stdout.write("began\n");
        await sleep(Number(trialMs));
        const { net, ...rest } = averageOutcome(values);
        return { outcome: { ...rest, net: twist === "" ? net : twist }, ms: Number(trialMs), worker: name };
      },
      close: async () => undefined,
    };
  },
});
