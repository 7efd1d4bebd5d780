import { describe, expect, it } from "vitest";
import { chosen } from "./language.tsx";

describe("chosen", () => {
  it("is what a person has chosen before", () => {
    expect(chosen("zh-TW", ["en-US"])).toBe("zh-TW");
  });

  it("is else the first that the browser asks for and the page has, in the writing of its place", () => {
    expect(chosen(null, ["fr-FR", "zh-Hant-HK", "en"])).toBe("zh-TW");
    expect(chosen(null, ["zh"])).toBe("zh-CN");
    expect(chosen("klingon", ["en-GB", "zh-CN"])).toBe("en");
    expect(chosen(null, ["de"])).toBe("en");
  });
});
