import { describe, expect, it } from "vitest";
import { en, type Words } from "./en.ts";
import { zhCN } from "./zhCN.ts";
import { zhTW } from "./zhTW.ts";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();
const others: readonly (readonly [string, Words])[] = [
  ["zh-CN", zhCN],
  ["zh-TW", zhTW],
];

describe.each(others)("the shell's words in %s", (_, words) => {
  it("leave the same places to be filled as the English ones, and none out", () => {
    const all = (of: object) => Object.fromEntries(Object.entries(of).map(([key, text]) => [key, holes(String(text))]));
    expect(all(words)).toEqual(all(en));
  });

  it("are translated", () => {
    const same = Object.entries(words).filter(
      ([key, text]) => text === en[key as keyof Words] && /[a-z]{4}/i.test(text),
    );
    expect(same).toEqual([]);
  });
});
