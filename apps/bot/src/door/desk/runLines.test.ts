import { expect, it, onTestFinished } from "vitest";
import { recordedRun } from "../../explain/run.fixture.ts";
import { briefIn, runLines } from "./runLines.ts";

const summary = { quote: "USDC", netQuote: "-0.3", volumeQuote: "1700", fills: 3 };

it("a run that has ended costs as much, to the same digit, as it did while it went on", () => {
  expect(briefIn(summary)?.costPer10k).toBe("1.7647");
});

it("a run that has ended has gained what its page said while it went on, with the drift of fees that were taken in coins", () => {
  expect(briefIn({ ...summary, equityChangeQuote: "-0.4" })).toMatchObject({ net: "-0.4", costPer10k: "2.3529" });
  expect(briefIn(summary)?.net).toBe("-0.3"); // of a journal of before
});

it("nothing is said of the cost where nothing was traded, or the summary is another program's", () => {
  expect(briefIn({ ...summary, volumeQuote: "0" })).toMatchObject({ net: "-0.3", fills: 3 });
  expect(briefIn({ ...summary, volumeQuote: "0" })).not.toHaveProperty("costPer10k");
  expect(briefIn({ ...summary, volumeQuote: "a lot" })).not.toHaveProperty("costPer10k");
});

it("a journal that is not there has no runs, and keeps those of the others from nobody", async () => {
  const { file, run } = await recordedRun(onTestFinished, 5);
  const journals = [
    { bot: "gone", file: `${file}.gone` },
    { bot: "here", file },
  ];
  expect(runLines({ kind: "runs", journals })).toMatchObject([{ id: run, bot: "here" }]);
});
