import { describe, expect, it } from "vitest";
import { en } from "../../words/en.ts";
import { zhCN } from "../../words/zhCN.ts";
import { actSay } from "./actSay.ts";

describe("actSay", () => {
  it("promises a mark of a kill where one is left, and where nothing is known", () => {
    expect(actSay("halt", true, en)).toContain("until a person runs “bot resume”");
    expect(actSay("halt", undefined, en)).toContain("until a person runs “bot resume”");
  });

  it("says of a sandbox in the bot's own process that its accounts end with the run", () => {
    expect(actSay("halt", false, en)).not.toContain("bot resume");
    expect(actSay("halt", false, en)).toContain("its accounts end with the run");
  });

  it("speaks the language of the page", () => {
    for (const act of ["pause", "resume", "stop", "flatten", "halt"] as const)
      for (const lasts of [true, false]) expect(actSay(act, lasts, zhCN)).toMatch(/^[^a-z]*(“bot resume”)?[^a-z]*$/);
  });
});
