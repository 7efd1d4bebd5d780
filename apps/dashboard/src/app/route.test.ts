import { describe, expect, it } from "vitest";
import { hashOf, type Route, readRoute } from "./route.ts";

describe("readRoute", () => {
  it("reads every place that hashOf writes", () => {
    const places: readonly Route[] = [
      { page: "overview" },
      { page: "start" },
      { page: "log" },
      { page: "bot", bot: "a/b ü" },
      { page: "params", bot: "maker", decision: "fill:12/3" },
    ];
    for (const place of places) expect(readRoute(hashOf(place))).toEqual(place);
  });

  it("is the bot that serves the page where no place is named, and all bots for what is none", () => {
    for (const hash of ["", "#", "#/"]) expect(readRoute(hash)).toEqual({ page: "bot" });
    for (const hash of ["#/nowhere", "#%E0%A4%A", "#/nowhere/12666-a"])
      expect(readRoute(hash)).toEqual({ page: "overview" });
  });

  it("is the bot that an address names, however it is written", () => {
    expect(readRoute("#/bot/12666-a")).toEqual({ page: "bot", bot: "12666-a" });
    expect(readRoute("#/log/12666-a")).toEqual({ page: "log", bot: "12666-a" });
  });
});
