import { describe, expect, it } from "vitest";
import { en, type PaneWords } from "./en.ts";
import { zhCN } from "./zhCN.ts";
import { zhTW } from "./zhTW.ts";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();
const others: readonly (readonly [string, PaneWords])[] = [
  ["zh-CN", zhCN],
  ["zh-TW", zhTW],
];

describe.each(others)("the words in %s", (_, words) => {
  it("leave the same places to be filled as the English ones", () => {
    for (const [key, text] of Object.entries(en))
      expect([key, holes(words[key as keyof PaneWords])]).toEqual([key, holes(text)]);
  });

  it("are not empty, and none is left over", () => {
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(en).toSorted());
    expect(Object.values(words).filter((text) => text.trim() === "")).toEqual([]);
  });
});

describe("traditional Chinese", () => {
  it("has no simplified characters left", () => {
    expect(Object.values(zhTW).filter((text) => /[账户单价买卖仓损亏费资观时间对网态设]/u.test(text))).toEqual([]);
  });
});
