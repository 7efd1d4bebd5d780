import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

describe("the page as it is built", () => {
  it("is at most 200 kB compressed, asks no other host, and has nothing that the door's policy would refuse", async () => {
    const script = join(import.meta.dirname, "../scripts/size.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout).toMatch(/ all, compressed; at most 200000\n$/);
  }, 180_000);
});
