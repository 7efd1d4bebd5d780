import { describe, expect, it } from "vitest";
import { part, trialOf } from "./space.fixture.ts";
import { startThreads } from "./threads.ts";

describe("startThreads", () => {
  it("gives a thread room for what is short-lived, however little the process has", async () => {
    const script = new URL("./average.thread.fixture.ts", import.meta.url);
    const executor = startThreads({ script, data: undefined, threads: 1, name: "thread" });
    const { outcome } = await executor.run(trialOf({ length: 5, room: true }, part));
    await executor.close();
    expect(outcome?.figures["youngMb"]).toBeGreaterThanOrEqual(16); // a heap begins with 1 where nobody says more
  });
});
