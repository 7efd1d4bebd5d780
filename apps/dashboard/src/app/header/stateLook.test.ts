import { describe, expect, it } from "vitest";
import { en } from "../../words/en.ts";
import { stateLook } from "./stateLook.ts";

describe("stateLook", () => {
  it("has a colour while it is known", () => {
    expect(stateLook("running", false, en)).toEqual({ tone: "good", sign: "●", say: "running" });
    expect(stateLook("halted", false, en)).toEqual({ tone: "bad", sign: "✕", say: "halted" });
  });

  it("has none of a bot that is silent, and says that it is only the last that was known", () => {
    expect(stateLook("running", true, en)).toEqual({ tone: "quiet", sign: "◌", say: "last known: running" });
  });

  it("stays what it is of a run that is over", () => {
    expect(stateLook("ended", true, en)).toEqual(stateLook("ended", false, en));
  });
});
