import * as fs from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { builtin, codeOf, createOnce, type Files, listed, stateFolder, unlink } from "./files.ts";

const files: Files = fs;
const folder = fs.mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllGlobals();
});
/** A process with other words about where it runs. */
const pretend = (platform: string, env: Readonly<Record<string, string>>) =>
  vi.stubGlobal("process", Object.create(process, { platform: { value: platform }, env: { value: env } }));

describe("builtin", () => {
  it("is a module of Node, and nothing where there is no Node, or an old one", () => {
    expect(builtin("node:fs")).toHaveProperty("mkdirSync", fs.mkdirSync);
    vi.stubGlobal("process", {});
    expect(builtin("node:fs")).toBeUndefined();
    vi.stubGlobal("process", undefined);
    expect(builtin("node:fs")).toBeUndefined();
  });
});

describe("stateFolder", () => {
  it("is where XDG says, as long as that is a whole path", () => {
    pretend("linux", { XDG_STATE_HOME: "/state" });
    expect(stateFolder()).toBe("/state");
    pretend("linux", { XDG_STATE_HOME: "state/", LOCALAPPDATA: "C:\\App" });
    expect(stateFolder()).toBe(`${homedir()}/.local/state`);
    pretend("darwin", {});
    expect(stateFolder()).toBe(`${homedir()}/.local/state`);
  });

  it("is the local data of the applications on Windows", () => {
    pretend("win32", { LOCALAPPDATA: "C:\\App", XDG_STATE_HOME: "/state" });
    expect(stateFolder()).toBe("C:\\App");
    pretend("win32", {});
    expect(stateFolder()).toBe(`${homedir()}\\AppData\\Local`);
  });

  it("is none where there are no files, whatever else there is", () => {
    for (const missing of ["node:os", "node:fs"]) {
      const whole = process;
      const some = (name: string) => (name === missing ? undefined : whole.getBuiltinModule(name));
      vi.stubGlobal("process", { getBuiltinModule: some, env: {}, platform: "linux" });
      expect(stateFolder()).toBeUndefined();
    }
  });
});

describe("createOnce", () => {
  it("creates a file for one of all who try, for the user alone", () => {
    const file = join(folder, "once");
    expect([createOnce(files, file), createOnce(files, file)]).toEqual([true, false]);
    expect(fs.statSync(file).mode & 0o077).toBe(0);
  });

  it("throws when it is not told whether there is one", () => {
    expect(() => createOnce(files, join(folder, "no folder", "once"))).toThrow("ENOENT");
  });

  it("closes what it creates", () => {
    const closeSync = vi.fn<Files["closeSync"]>();
    createOnce({ ...files, openSync: () => 77, closeSync }, "x");
    expect(closeSync).toHaveBeenCalledExactlyOnceWith(77);
  });
});

describe("listed", () => {
  it("is what is in a folder, and nothing where there is none", () => {
    fs.mkdirSync(join(folder, "list"));
    fs.writeFileSync(join(folder, "list", "a"), "");
    expect([listed(files, join(folder, "list")), listed(files, join(folder, "none"))]).toEqual([["a"], []]);
  });

  it("throws when it cannot be read", () => {
    fs.writeFileSync(join(folder, "file"), "");
    expect(() => listed(files, join(folder, "file"))).toThrow("ENOTDIR");
  });
});

describe("unlink", () => {
  it("removes a file, and does not mind one that is gone", () => {
    const file = join(folder, "gone");
    fs.writeFileSync(file, "");
    unlink(files, file);
    expect(fs.existsSync(file)).toBe(false);
    expect(() => unlink(files, file)).not.toThrow();
  });

  it("throws when it cannot be removed", () => {
    fs.mkdirSync(join(folder, "folder"));
    expect(() => unlink(files, join(folder, "folder"))).toThrow(/EISDIR|EPERM/);
  });
});

describe("codeOf", () => {
  it("is the system's name of a failure, and nothing for any other", () => {
    const failure = (code: unknown) => Object.assign(new Error("no"), { code });
    expect(codeOf(failure("EACCES"))).toBe("EACCES");
    for (const other of [failure(13), new Error("no"), { code: "EACCES" }, undefined])
      expect(codeOf(other)).toBeUndefined();
  });
});
