import { describe, expect, it } from "vitest";
import { withLinks } from "./links.ts";
import { anchorsOf, slug } from "./slug.ts";

const places = {
  pages: new Map([
    ["docs/recipes/a.md", "recipes/a.md"],
    ["packages/@bp/core/README.md", "packages/bp-core.md"],
  ]),
  files: new Map([["docs/images/demo.png", "images/demo.png"]]),
  repository: undefined,
};
const led = (text: string, repository?: string) =>
  withLinks(text, "docs/zh/b.md", "zh/b.md", { ...places, repository });

describe("withLinks", () => {
  it("leads to pages, folders and pictures where they stand on the site", () => {
    expect(led("[a](../recipes/a.md#x) [`core`](../../packages/@bp/core) ![d](../images/demo.png)")).toBe(
      "[a](../recipes/a.md#x) [`core`](../packages/bp-core.md) ![d](../images/demo.png)",
    );
  });

  it("names what is no page, and links it where the repository has an address", () => {
    expect(led("[t](../../scripts/run.mjs)")).toBe(
      `<span class="in-repository" title="scripts/run.mjs in the repository">t</span>`,
    );
    expect(led("[t](../../scripts/run.mjs)", "https://example.org/blob/main/")).toBe(
      "[t](https://example.org/blob/main/scripts/run.mjs)",
    );
  });

  it("leaves code, anchors and addresses as they are", () => {
    const text = "`[a](b.md)` [c](#d) [e](https://example.org)\n```\n[f](g.md)\n```";
    expect(led(text)).toBe(text);
  });
});

describe("slug", () => {
  it("is what code hosts make of a heading", () => {
    expect(slug("S0 · Limit `buy`, and [more](x.md)")).toBe("s0--limit-buy-and-more");
    expect(slug("1. 先看它交易")).toBe("1-先看它交易");
  });

  it("counts headings of one name, and none in a fence", () => {
    expect(anchorsOf("# A\n```\n# B\n```\n## A")).toEqual(["a", "a-1"]);
  });
});
