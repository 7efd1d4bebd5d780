import { describe, expect, it } from "vitest";
import { newsText } from "./newsText.ts";

describe("newsText", () => {
  const tell = (text: string) => `<${text}>`;
  const both = { say: "hedged", zh: "对冲成交" };

  it("gives a line that knows Chinese in the page's own, and never in the bot's", () => {
    expect(newsText(both, "en", (text) => text)).toBe("hedged");
    expect(newsText(both, "zh-CN", tell)).toBe("对冲成交");
    expect(newsText(both, "zh-TW", tell)).toBe("對沖成交");
  });

  it("has what comes in English alone told by the table", () => {
    expect(newsText({ say: "paused" }, "zh-CN", tell)).toBe("<paused>");
  });
});
