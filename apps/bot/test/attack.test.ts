// Files that somebody else wrote to do harm: read quickly, refused in words, and nothing outside of our own files is touched.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBpError } from "@bp/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBotConfig } from "../src/config/index.ts";
import { openLog } from "../src/log.ts";
import { openToOthers } from "./canary/plant.ts";
import { runBot } from "./process.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bp-attack-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const many = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");
const laughs = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${many(10, (at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(",")}]`)}`;

/** How long any file may keep us, ms, on a machine that does other things too. */
const patienceMs = 40_000;

describe("a hostile configuration", () => {
  it.for([
    ["names that grow without end", laughs],
    ["names that lead to themselves", "a: &a [*a]\n"],
    ["ten thousand names", many(10_000, (at) => `k${at}: &n${at} 1`)],
    ["ten thousand copies", `a: &a 1\n${many(10_000, (at) => `k${at}: *a`)}`],
    ["a chain of names", `a0: &a0 1\n${many(8_000, (at) => `a${at + 1}: &a${at + 1} [*a${at}]`)}`],
    ["twenty thousand keys", many(20_000, (at) => `k${at}: 1`)],
    ["lists in lists", "[".repeat(200_000)],
    ["lists in lists, by dashes", `${"- ".repeat(100_000)}x`],
    ["questions", `${"? ".repeat(100_000)}x`],
    ["groups in groups", `${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`],
    ["ten thousand documents that are one", many(10_000, (at) => `{"a":{"b${at}":1}}`)],
    ["comments before nothing", `${"// ".repeat(50_000)}x\n: [`],
    ["comments without an end", `${"/*".repeat(100_000)}\n: [`],
    ["empty lines", `${"\n".repeat(200_000)}: [`],
    ["spaces in a variable", `A=x${" ".repeat(200_000)}y`],
    ["a number without an end", `strategies: 1${"0".repeat(200_000)}`],
    ["more than any configuration", "x: 1\n".repeat(300_000)],
  ])("with %s is refused soon", { timeout: 180_000 }, async ([, text = ""]) => {
    const file = join(folder(), "config");
    writeFileSync(file, text);
    const begun = performance.now();
    const refused = await readBotConfig({ file, env: {} }).catch((error: unknown) => error);
    expect(isBpError(refused) && refused.code.startsWith("config/"), String(refused).slice(0, 300)).toBe(true);
    expect(performance.now() - begun).toBeLessThan(patienceMs);
  });

  it.skipIf(process.platform === "win32")("that has no end is refused", async () => {
    await expect(readBotConfig({ file: "/dev/zero", env: {} })).rejects.toThrow(/longer than 256 KB/);
  });

  it("changes no prototype, whatever its keys are called", async () => {
    const file = join(folder(), "config.json");
    const evil = { polluted: "yes" };
    for (const text of [
      `{ "__proto__": ${JSON.stringify(evil)}, "strategies": [] }`,
      `{ "strategies": [{ "use": "maker", "params": { "__proto__": ${JSON.stringify(evil)} } }] }`,
      `{ "accounts": { "__proto__": ${JSON.stringify(evil)}, "constructor": { "prototype": ${JSON.stringify(evil)} } }, "strategies": [] }`,
      `strategies:\n  - use: maker\n    params: { __proto__: { polluted: yes } }\nlimits: { __proto__: { polluted: yes } }\n`,
      `{"a":{"__proto__":${JSON.stringify(evil)}}}\n{"a":{"__proto__":${JSON.stringify(evil)}}}`,
      `__proto__:\n  polluted: yes\nsymbol: SOL_USDC\n`,
    ]) {
      writeFileSync(file, text);
      await readBotConfig({ file, env: {} }).catch((error: unknown) => {
        if (!isBpError(error)) throw error;
      });
      expect(Reflect.get({}, "polluted"), text).toBeUndefined();
      expect(Reflect.get(Object, "polluted"), text).toBeUndefined();
    }
  });

  it("steers no terminal by its keys and values", async () => {
    const file = join(folder(), "config.json");
    const esc = "\u001b]0;owned\u0007\u001b[2J";
    for (const tree of [
      { [esc]: 1, strategies: [] },
      { strategies: [{ use: esc }] },
      { strategies: [{ use: "maker", params: { instrument: `backpack:${esc}`, spreadPct: esc } }] },
      { strategies: [{ use: "maker", params: {} }], run: { place: `${esc}\nerror: forged` } },
    ]) {
      writeFileSync(file, JSON.stringify(tree));
      const { stdout, stderr } = await runBot(onTestFinished, ["start", file, "--memory", "--duration", "1"]);
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(stderr).not.toMatch(/^error: forged/m);
    }
  }, 180_000);

  it("names no log file outside of its folder, and no hidden one", async () => {
    const file = join(folder(), "config.json");
    const own = { strategies: [{ use: "maker", params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: "0.5" } }] };
    for (const name of ["../x.log", "a/../../x.log", ".bashrc", "a/.ssh/x", "x\u0000y", "\u001b[2J.log"])
      for (const key of ["file", "errorFile"]) {
        writeFileSync(file, JSON.stringify({ ...own, logs: { [key]: name } }));
        await expect(readBotConfig({ file, env: {} }), name).rejects.toThrow(
          /logs\.(file|errorFile).*in the folder of the logs/,
        );
      }
    writeFileSync(file, JSON.stringify({ ...own, logs: { file: "of/today_{date}.log" } }));
    expect((await readBotConfig({ file, env: {} })).logs?.file).toBe("of/today_{date}.log");
  });

  it("replaces no file that is no summary, and says so before the run", { timeout: 180_000 }, async () => {
    const place = folder();
    const precious = join(place, "authorized_keys");
    writeFileSync(precious, "ssh-ed25519 AAAA me\n");
    const market = [
      "--symbol",
      "SOL_USDC_PERP",
      "--spread",
      "0.5",
      "--quantity",
      "0.1",
      "--memory",
      "--duration",
      "60",
    ];
    for (const args of [
      ["--summary", precious, "--disable-db"],
      ["--journal", precious],
    ]) {
      const { code, stderr } = await runBot(onTestFinished, ["start", ...market, ...args], { cwd: place });
      expect([code, stderr]).not.toContain(0);
      expect(readFileSync(precious, "utf8")).toBe("ssh-ed25519 AAAA me\n");
    }
  });
});

describe("log files", () => {
  it.skipIf(process.platform !== "linux")("in /proc are told and given up: nothing waits for ever", async () => {
    const told: string[] = [];
    const log = openLog({ folder: "/proc/no/such/place", file: "a.log", level: "info", keep: 1 }, (why) =>
      told.push(why),
    );
    log.line(0, { level: "info", text: "one" });
    log.line(0, { level: "info", text: "two" });
    await log.close();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("the run goes on without it");
  });

  it("hold one line for each that was said, whatever a venue wrote into it, and are their owner's alone", async () => {
    const place = join(folder(), "logs");
    const log = openLog({ folder: place, file: "a.log", level: "info", keep: 1 }, (why) => {
      throw new Error(why);
    });
    log.line(0, { level: "warn", text: "rejected: no\n1970-01-01 00:00:00.000 [INFO] bot: forged\u001b[2J\r" });
    await log.close();
    const text = readFileSync(join(place, "a.log"), "utf8");
    expect(text.split("\n")).toHaveLength(2);
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(existsSync(place)).toBe(true);
    expect(openToOthers([place, join(place, "a.log")])).toEqual([]);
  });
});
