// Where a watchdog listens, and in whose folders nobody is believed.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSocketFolder, socketOf } from "./socket.ts";

describe("socketOf", () => {
  it("is in the bot's own folder, or where that lies too deep in one of this user's", () => {
    expect(socketOf("/state/bots/1-a")).toBe("/state/bots/1-a/socket");
    const deep = socketOf(join("/state", "x".repeat(100), "1-a"));
    expect(dirname(deep)).toBe(join(tmpdir(), `bp-watchdog-${process.getuid?.()}`));
    expect(deep.endsWith("/1-a")).toBe(true);
  });
});

describe("checkSocketFolder", () => {
  it("makes the folder for this user alone, and refuses one that others may write or have put there", ({
    onTestFinished,
  }) => {
    const root = mkdtempSync(join(tmpdir(), "bp-socket-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const socket = join(root, "own", "1-a");
    checkSocketFolder(socket);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    chmodSync(dirname(socket), 0o777);
    expect(() => checkSocketFolder(socket)).toThrow("is not a folder of this user alone");
    mkdirSync(join(root, "else"), { mode: 0o700 });
    symlinkSync(join(root, "else"), join(root, "link"));
    expect(() => checkSocketFolder(join(root, "link", "1-a"))).toThrow("is not a folder of this user alone");
  });
});
