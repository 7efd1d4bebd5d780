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

  it("is the bot that serves the page for what is no place", () => {
    for (const hash of ["", "#", "#/", "#/nowhere", "#%E0%A4%A"]) expect(readRoute(hash)).toEqual({ page: "bot" });
  });
});
