import { describe, expect, it } from "vitest";
import type { News } from "../../contract/index.ts";
import { newsMatching } from "./newsFilter.ts";

const line = (say: string): News => ({ n: 1, at: 0, seq: 1, level: "info", kind: "rule", say });
const textOf = ({ say }: News) => say.replace("is unknown", "未知");

describe("newsMatching", () => {
  it("finds a line by the words in which it is shown, and by those in which it came", () => {
    const news = [line("the book is unknown"), line("time is up")];
    expect(newsMatching(news, "info", "未知", textOf)).toEqual([news[0]]);
    expect(newsMatching(news, "info", "Unknown book", textOf)).toEqual([news[0]]);
  });

  it("tells no line while nothing is looked for", () => {
    const told: News[] = [];
    const news = [line("the book is unknown"), { ...line("time is up"), level: "debug" } as const];
    const all = newsMatching(news, "info", "  ", (each) => {
      told.push(each);
      return textOf(each);
    });
    expect(all).toEqual([news[0]]);
    expect(told).toEqual([]);
  });
});
