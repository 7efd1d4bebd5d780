// What a release must not do, planted.
import { describe, expect, it } from "vitest";
import { flawsOfRelease } from "./release-dry-run.mjs";

const right = {
  before: "0.1.0",
  packed: { name: "@x/a", version: "0.2.0", dependencies: { "@x/b": "^0.3.0", zod: "4.6.7" } },
  changelog: "# @x/a\n\n## 0.2.0\n\n### Minor Changes\n",
  isNamed: true,
  versions: { "@x/a": "0.2.0", "@x/b": "0.3.0" },
};

describe("a package as it would be published", () => {
  it("is right with a new version, its changelog, and the versions that are released with it", () => {
    expect(flawsOfRelease(right)).toEqual([]);
  });

  it("may stay what it was where no changeset names it", () => {
    const packed = { ...right.packed, version: "0.1.0" };
    expect(flawsOfRelease({ ...right, packed, isNamed: false, changelog: "" })).toEqual([]);
  });

  it.each([
    ["keeps its version", { packed: { ...right.packed, version: "0.1.0" } }, "it is still 0.1.0"],
    ["says nothing in its changelog", { changelog: "# @x/a\n\n## 0.1.0\n" }, "does not tell of 0.2.0"],
    ["wants an older neighbour", { versions: { ...right.versions, "@x/b": "0.4.0" } }, "wants @x/b ^0.3.0"],
    [
      "has kept what only the workspace knows",
      { packed: { ...right.packed, dependencies: { "@x/b": "workspace:^" } } },
      "which only the workspace knows",
    ],
  ])("is wrong when it %s", (_, change, says) => {
    expect(flawsOfRelease({ ...right, ...change }).join("\n")).toContain(says);
  });
});
