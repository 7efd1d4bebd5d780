import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultsOf } from "./check.ts";

let dist = "";
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "site-"));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

function built(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), text);
  }
  return faultsOf(dist);
}

describe("faultsOf", () => {
  it("says nothing of pages that lead to each other", () => {
    const index = `<a href="/zh/a.html#停">x</a><a href="zh/a">y</a><a href="https://example.org/x">z</a><script src="/s.js"></script>`;
    expect(built({ "index.html": index, "zh/a.html": `<h2 id="停"></h2><a href="../index.html">x</a>` })).toEqual([]);
  });

  it("finds a page, and an anchor, that are not there", () => {
    expect(built({ "index.html": `<a href="/b.html">x</a><a href="#none">y</a>` })).toEqual([
      "index.html: leads nowhere: /b.html",
      "index.html: no such anchor: #none",
    ]);
  });

  it("finds what a browser would ask of another host", () => {
    const index = `<script src="https://cdn.example/x.js"></script><link rel="stylesheet" href="//fonts.example/a.css">`;
    expect(
      built({ "index.html": index, "a.css": `@font-face { src: url("https://fonts.example/f.woff2"); }` }),
    ).toEqual([
      "index.html: asks another host: https://cdn.example/x.js",
      "index.html: asks another host: //fonts.example/a.css",
      "a.css: asks another host: https://fonts.example/f.woff2",
    ]);
  });
});
