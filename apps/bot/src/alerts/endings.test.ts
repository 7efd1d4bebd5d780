import { describe, expect, it } from "vitest";
import { endingIn } from "./endings.ts";

describe("endingIn", () => {
  it.each([
    ["hans", "halted: Telegram chat -42 asked for it", "已停机：应“Telegram 会话 -42”的要求"],
    ["hant", "halted: the dashboard asked for it", "已停機：應「監控面板」的要求"],
    ["hans", "bot kill asked for it", "应“bot kill”的要求"],
    ["hans", "time is up", "时间已到"],
    ["hant", "done: time is up", "完成：時間已到"],
    ["en", "halted: bot kill asked for it", "halted: bot kill asked for it"],
  ] as const)("says in %s: %s", (script, why, said) => {
    expect(endingIn(script, why)).toBe(said);
  });

  it("leaves what a rule says of itself", () => {
    expect(endingIn("hans", "halted: fell 0.33 from the highest profit")).toBe(
      "已停机：fell 0.33 from the highest profit",
    );
    expect(endingIn("hans", "constructor")).toBe("constructor");
  });
});
