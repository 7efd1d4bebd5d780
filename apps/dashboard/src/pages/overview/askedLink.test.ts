import { describe, expect, it } from "vitest";
import { askedLink } from "./askedLink.ts";

describe("askedLink", () => {
  it("is up while there are answers, and down from the first that fails", () => {
    expect(askedLink(undefined, 7)).toEqual({ state: "up" });
    expect(askedLink({ status: 0, message: "no answer" }, 7)).toEqual({ state: "down", why: "", again: 7 });
    expect(askedLink({ status: 503, message: "busy" }, 7)).toEqual({ state: "down", why: "busy", again: 7 });
  });

  it("is refused where the token is not valid any more", () => {
    expect(askedLink({ status: 401, message: "no" }, 7)).toEqual({ state: "refused", why: "no" });
  });
});
