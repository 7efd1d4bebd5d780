import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { killFolder, killOf, mark } from "../bots/marks.ts";
import { watchMarks } from "../bots/watchMarks.ts";
import { endingIn } from "./endings.ts";

describe("endingIn", () => {
  it.each([
    ["hans", "halted: Telegram chat -42 asked for it", "已停机：应“Telegram 会话 -42”的要求"],
    ["hant", "halted: the dashboard asked for it", "已停機：應「監控面板」的要求"],
    ["hant", "the kill switch (SIGUSR2) asked for it", "應「急停開關 (SIGUSR2)」的要求"],
    ["hans", "the kill switch (bot kill) asked for it", "应“急停开关 (bot kill)”的要求"], // a fence's words
    ["hans", "time is up", "时间已到"],
    ["hans", "it is ending already (halt, asked by the dashboard)", "它已在结束 (halt, 监控面板)"],
    ["hans", "it is ending already", "它已在结束"],
    ["hans", "the bot has ended without a goodbye", "机器人未告别即已结束"],
    ["hans", "the bot has not been heard for 5000 ms", "机器人已 5000 毫秒没有响应"],
    [
      "hant",
      "the account at aster-futures is killed and nothing is traded on it; when you have looked: bot resume live/ab12",
      "aster-futures 的帳戶已急停，不再交易；檢查之後執行：bot resume live/ab12",
    ],
    ["hant", "done: time is up", "完成：時間已到"],
    ["en", "halted: the kill switch (SIGUSR2) asked for it", "halted: the kill switch (SIGUSR2) asked for it"],
  ] as const)("says in %s: %s", (script, why, said) => {
    expect(endingIn(script, why)).toBe(said);
  });

  it("leaves what a rule says of itself", () => {
    expect(endingIn("hans", "halted: fell 0.33 from the highest profit")).toBe(
      "已停机：fell 0.33 from the highest profit",
    );
    expect(endingIn("hans", "constructor")).toBe("constructor");
  });
});

describe("endingIn, of a kill", () => {
  const account = "live/aaaa";
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bp-endings-"));
    vi.stubEnv("BP_STATE", folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    });
  });
  const both = (by: string | undefined) =>
    (["hans", "hant"] as const).map((script) => endingIn(script, `halted: ${by ?? "nobody"} asked for it`));

  it.each([
    ["bot kill", "bot kill, ", "bot kill, "],
    ["the dashboard", "监控面板, ", "監控面板, "],
    ["the kill file /tmp/K, L", "急停文件 /tmp/K, L, ", "急停檔案 /tmp/K, L, "],
    ["", "", ""],
  ])("says whose mark it was: %j", (by, hans, hant) => {
    mark({ account, venue: "backpack", by, at: 1 });
    expect(both(killOf([account]))).toEqual([
      `已停机：应“急停开关 (${hans}账户 ${account})”的要求`,
      `已停機：應「急停開關 (${hant}帳戶 ${account})」的要求`,
    ]);
  });

  it("says that a mark cannot be looked at", () => {
    symlinkSync("kill", killFolder()); // a ring
    const file = join(killFolder(), "live-aaaa");
    expect(both(killOf([account]))[0]).toBe(
      `已停机：应“急停开关 (账户 ${account}：其标记 ${file} 无法查看 (ELOOP))”的要求`,
    );
  });

  it("says which file kills, also where it cannot be looked at", () => {
    mkdirSync(join(folder, "there"));
    const file = join(folder, "there/KILL");
    writeFileSync(file, "");
    const look = (killFile: string) => {
      const watching = watchMarks([], killFile, () => undefined);
      onTestFinished(() => watching.close());
      return both(watching.look());
    };
    expect(look(file)).toEqual([`已停机：应“急停文件 ${file}”的要求`, `已停機：應「急停檔案 ${file}」的要求`]);
    symlinkSync("ring", join(folder, "ring"));
    const ring = join(folder, "ring/KILL");
    expect(look(ring)[0]).toBe(`已停机：应“急停文件 ${ring} 无法查看 (ELOOP)”的要求`);
  });
});
