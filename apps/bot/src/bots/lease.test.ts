// What a bot leaves of itself, and how another process follows it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { followLease, openLease, readLease } from "./lease.ts";

const place = (finished: (undo: () => void) => void): string => {
  const folder = mkdtempSync(join(tmpdir(), "bp-lease-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "lease");
};

describe("openLease", () => {
  it("writes what anybody reads", ({ onTestFinished }) => {
    const file = place(onTestFinished);
    const lease = openLease(file);
    lease.ordered(0xff00_0007);
    lease.beat(1_700_000_000_000);
    lease.close();
    expect(readLease(file)).toEqual({ last: 0xff00_0007, beatAt: 1_700_000_000_000 });
  });
});

describe("followLease", () => {
  it("tells the newest number, also when somebody has taken the file away", async ({ onTestFinished }) => {
    const file = place(onTestFinished);
    const lease = openLease(file);
    const followed = await followLease(file);
    expect(await followed.look()).toBe(true);
    expect(followed.last).toBe(undefined);
    lease.ordered(7);
    await followed.look();
    expect(followed.last).toBe(7);
    rmSync(file);
    lease.ordered(8);
    expect(await followed.look()).toBe(false);
    expect(followed.last).toBe(8);
    await followed.close();
    lease.close();
  });

  it("tells nothing where there is none", async ({ onTestFinished }) => {
    const followed = await followLease(place(onTestFinished));
    await followed.look();
    expect(followed.last).toBe(undefined);
    await followed.close();
  });
});
