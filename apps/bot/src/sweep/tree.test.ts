import { describe, expect, it } from "vitest";
import { namesIn } from "./tree.ts";

describe("namesIn", () => {
  it("takes a number for the place of a strategy, never for the name of another", () => {
    const tree = {
      strategies: [
        { use: "maker", name: "1", params: { near: 5, both: 5 } },
        { use: "grid", params: { far: 7, both: 7 } },
      ],
    };
    const value = namesIn(tree);
    expect(["near", "far", "both", "strategies.1.params.both"].map(value)).toEqual([5, 7, undefined, 7]);
  });
});
