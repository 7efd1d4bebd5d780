import { describe, expect, it } from "vitest";
import { createOperator } from "../operator.ts";
import { answersOf } from "./asked.ts";

/** What is said after a kill. */
async function killed(lasts: boolean): Promise<unknown> {
  const answers = answersOf({ operator: createOperator(), lasts, faults: undefined, terms: () => undefined });
  const answer = await answers({ what: "ask", ask: "halt" });
  return "ok" in answer ? answer.ok : answer;
}

describe("answersOf", () => {
  it("says of a kill that it keeps accounts from being traded where it does", async () => {
    expect(await killed(true)).toMatchObject({ say: expect.stringContaining("until a person resumes them") });
  });

  it("promises no mark on an exchange that ends with the bot", async () => {
    const say = expect.stringMatching(/^killed: (?!.*resume).*its accounts end with the run/);
    expect(await killed(false)).toMatchObject({ done: true, say });
  });
});
