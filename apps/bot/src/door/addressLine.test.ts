import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressLine, showsToken } from "./addressLine.ts";

const door = { url: "http://127.0.0.1:4480/", tokens: { operator: "secret-o", viewer: "secret-v" } };
const otherwise = "bot dashboard --address";
beforeEach(() => void vi.stubEnv("BP_DASHBOARD_TOKEN", ""));
afterEach(() => void vi.unstubAllEnvs());

describe("addressLine", () => {
  it("has the token on a terminal, where a person reads it", () => {
    expect(addressLine({ door, isTerminal: true, script: "en", otherwise })).toBe(
      "dashboard http://127.0.0.1:4480/#secret-o",
    );
  });

  it.each(["en", "hans", "hant"] as const)("has none where it may be a log, and says how to see it (%s)", (script) => {
    const line = addressLine({ door, isTerminal: false, script, otherwise });
    expect(line).toContain("http://127.0.0.1:4480/ (");
    expect(line).toContain(otherwise);
    expect(line).not.toMatch(/secret|#/);
  });

  it("is in the script of the run", () => {
    const line = (script: "hans" | "hant") => addressLine({ door, isTerminal: false, script, otherwise });
    expect(line("hant")).toMatch(/^監控面板 .*權杖不寫入日誌/);
    expect(line("hans")).toMatch(/^监控面板 .*令牌不写入日志/);
  });

  it("has it for a program that has said so", () => {
    vi.stubEnv("BP_DASHBOARD_TOKEN", "shown");
    expect(addressLine({ door, isTerminal: false, script: "en", otherwise })).toContain("#secret-o");
    expect(showsToken(false)).toBe(true);
  });
});
