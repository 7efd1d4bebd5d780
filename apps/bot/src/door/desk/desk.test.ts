import { deadlines } from "dashboard/contract";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDesk } from "./desk.ts";
import type { JournalJob } from "./jobs.ts";

const nobody = new AbortController().signal;
/** A question that takes so many ms. */
const taking = (limit: number): JournalJob => ({
  kind: "journal",
  file: "",
  run: "",
  before: undefined,
  limit,
  find: "",
});

/** Asks one. */
function desk(journal = 20_000) {
  const made = createDesk(new URL("slow.fixture.ts", import.meta.url), { ...deadlines.work, journal });
  onTestFinished(() => made.close());
  return (job: JournalJob, signal: AbortSignal) => made.do(job, signal);
}

describe("createDesk", () => {
  it("answers all who ask the same kind of question at once, one after the other", async () => {
    const ask = desk();
    const answers = await Promise.all([30, 0, 0].map((ms) => ask(taking(ms), nobody)));
    expect(answers).toEqual([{ had: 1 }, { had: 2 }, { had: 3 }]); // of one thread, in their order
  });

  it("passes those over who have gone while they waited", async () => {
    const ask = desk();
    const gone = new AbortController();
    const first = ask(taking(200), nobody);
    const second = ask(taking(0), gone.signal);
    const third = ask(taking(0), nobody);
    gone.abort();
    await expect(second).rejects.toMatchObject({ status: 503, message: "whoever asked has gone" });
    expect(await Promise.all([first, third])).toEqual([{ had: 1 }, { had: 2 }]);
  });

  it("goes on with a new thread for those behind one that is given up", async () => {
    const ask = desk();
    const gone = new AbortController();
    const first = ask(taking(60_000), gone.signal);
    const second = ask(taking(0), nobody);
    gone.abort();
    await expect(first).rejects.toMatchObject({ status: 503 });
    expect(await second).toEqual({ had: 1 });
  });

  it("counts the wait for the turn into the time that a question may take", async () => {
    const ask = desk(1_500);
    const asked = [ask(taking(60_000), nobody), ask(taking(0), nobody)];
    for (const { status, reason } of (await Promise.allSettled(asked)) as readonly PromiseRejectedResult[]) {
      expect(status).toBe("rejected");
      expect(reason).toMatchObject({ status: 503, message: "this took more than 1.5 s and was given up" });
    }
  });

  it("refuses only when very many wait", async () => {
    const ask = desk();
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => ask(taking(1), nobody)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(16);
  });
});
