// What the files of deploy/ promise, as far as they can be read; image.test.ts runs the commands of the Dockerfile.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { exit } from "../../src/exit.ts";
import { copies, isIgnored, said, stagesOf } from "./dockerfile.ts";

const root = join(import.meta.dirname, "../../../..");
const deploy = join(root, "apps/bot/deploy");
const read = (file: string) => readFileSync(join(deploy, file), "utf8");

/** What `bot start` understands. */
const flags = () => {
  const args = [
    "--conditions=@bp/source",
    "--disable-warning=ExperimentalWarning",
    "apps/bot/src/main.ts",
    "start",
    "--help",
  ];
  return new Set(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }).match(/--[a-z-]+/g));
};
const flagsIn = (words: readonly string[]) =>
  words.filter((each) => each.startsWith("--")).map((each) => each.replace(/=.*/, ""));

describe("the Dockerfile", () => {
  const text = read("Dockerfile");
  const ignore = read("Dockerfile.dockerignore");
  const [build = [], final = []] = stagesOf(text);

  it("stands on the Node that everything here runs on, in both stages", () => {
    const pin = readFileSync(join(root, ".node-version"), "utf8").trim();
    expect(text).toContain(`ARG NODE=docker.io/library/node:${pin}-bookworm-slim\n`);
    for (const each of [...said(build, "FROM"), ...said(final, "FROM")])
      expect(each).toMatch(/^\$\{NODE\}( AS build)?$/);
  });

  it("copies what is there and is not left out", () => {
    const sources = copies(build).flatMap(({ from }) => from);
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((each) => !existsSync(join(root, each)) || isIgnored(ignore, each))).toEqual([]);
  });

  it.each([
    [".env", true],
    ["apps/bot/deploy/bot.env", true],
    ["apps/bot/deploy/secrets/backpack", true],
    ["apps/bot/runs/journal.sqlite", true],
    ["journal.sqlite-wal", true],
    ["apps/bot/dist/main.js", true],
    ["packages/@bp/core/node_modules/big.js/big.js", true],
    [".git/config", true],
    ["examples/grid.config.json", true],
    ["packages/@bp/core/src/index.ts", false],
    ["apps/bot/deploy/health.mjs", false],
    ["pnpm-lock.yaml", false],
  ])("leaves out %s: %s", (path, left) => {
    expect(isIgnored(ignore, path)).toBe(left);
  });

  it("runs as a user without a name or a right, and is told when to end", () => {
    const words = final.map(({ word }) => word);
    expect(said(final, "USER")).toEqual(["10001:10001"]);
    expect(words.slice(words.indexOf("USER")).filter((word) => ["RUN", "COPY"].includes(word))).toEqual([]);
    expect(said(final, "STOPSIGNAL")).toEqual(["SIGTERM"]);
  });

  it("has no shell between the signal and the bot", () => {
    const health = said(final, "HEALTHCHECK").map((rest) => rest.replace(/^.*CMD /, ""));
    const forms = [...said(final, "ENTRYPOINT"), ...said(final, "CMD"), ...health];
    expect(forms).toHaveLength(3);
    for (const each of forms) expect(JSON.parse(each)).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(said(final, "CMD")).toEqual(['["start", "--supervise"]']);
  });
});

describe("compose.yaml", () => {
  const { services, networks } = parse(read("compose.yaml"), { merge: true });
  const names = Object.keys(services);

  it("has PostgreSQL, Redis and Prometheus for who wants them", () => {
    expect(names).toEqual(["bot", "postgres", "redis", "prometheus"]);
    expect(names.filter((name) => services[name].profiles?.[0] !== name)).toEqual(["bot"]);
  });

  it.each(names)("%s: reaches this machine alone, writes where it may, can gain nothing, says how it does", (name) => {
    const service = services[name];
    expect((service.ports ?? []).filter((port: string) => !port.startsWith("127.0.0.1:"))).toEqual([]);
    expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
    expect((service.tmpfs ?? []).filter((path: string) => !path.startsWith("/"))).toEqual([]);
    expect(service.healthcheck.test[0]).toBe("CMD");
    expect(service.restart).toBe("no"); // a halt is final
    expect(service.image).toMatch(name === "bot" ? /^bp-bot$/ : /^docker\.io\/[\w/]+:v?\d+\.\d/);
  });

  it("keeps PostgreSQL and Redis where only the bot is", () => {
    expect([services.postgres.networks, services.redis.networks]).toEqual([["back"], ["back"]]);
    expect(networks.back).toEqual({ internal: true });
  });

  it("gives the bot time to cancel and verify", () => {
    expect(services.bot).toMatchObject({ stop_signal: "SIGTERM", stop_grace_period: "3m" });
  });

  it("says nothing that the bot does not understand, and names files that are there", () => {
    const known = flags();
    expect(flagsIn(services.bot.command).filter((flag) => !known.has(flag))).toEqual([]);
    const [config = ""] = services.bot.volumes[0].match(/(?<=:-)[^}]+/) ?? [];
    expect([join(deploy, config), join(deploy, "prometheus.yml")].filter((file) => !existsSync(file))).toEqual([]);
    expect(join(deploy, services.bot.build.context, services.bot.build.dockerfile)).toBe(join(deploy, "Dockerfile"));
  });
});

describe("prometheus.yml", () => {
  it("reads the token from the file that the health check writes", () => {
    const [job] = parse(read("prometheus.yml")).scrape_configs;
    const { services } = parse(read("compose.yaml"), { merge: true });
    const file = job.authorization.credentials_file;
    expect(services.bot.healthcheck.test.slice(-4)).toEqual(["--port", "4480", "--token", file]);
    expect(job).toMatchObject({ metrics_path: "/metrics", static_configs: [{ targets: ["127.0.0.1:4480"] }] });
  });
});

describe("the systemd unit", () => {
  const lines = read("bp-bot@.service")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  const value = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));

  it("starts again what has crashed, and never what has halted or was told nonsense", () => {
    expect(value("Restart")).toEqual(["on-failure"]);
    expect(value("RestartPreventExitStatus")).toEqual([`${exit.usage} ${exit.halted}`]);
  });

  it("tells the bot to end, and waits until its orders are gone", () => {
    expect([value("KillMode"), value("KillSignal"), value("TimeoutStopSec")]).toEqual([
      ["mixed"],
      ["SIGTERM"],
      ["3min"],
    ]);
  });

  it("says nothing that the bot does not understand", () => {
    const known = flags();
    const [, start = ""] = value("ExecStart")[0]?.split("main.js ") ?? [];
    expect(flagsIn(start.split(" ")).filter((flag) => !known.has(flag))).toEqual([]);
    expect(start).toMatch(/^start .* --supervise$/);
  });

  it.each([
    ["NoNewPrivileges", "yes"],
    ["ProtectSystem", "strict"],
    ["ProtectHome", "yes"],
    ["CapabilityBoundingSet", ""],
    ["StateDirectory", "bp-bot bp-bot/%i"],
    ["UMask", "0077"],
    ["LimitCORE", "0"],
    ["OOMPolicy", "continue"],
  ])("%s=%s", (key, wanted) => {
    expect(value(key)).toEqual([wanted]);
  });

  it.runIf(spawnSync("systemd-analyze", ["--version"]).status === 0)("passes systemd's own check", () => {
    const folder = mkdtempSync(join(tmpdir(), "bp-unit-"));
    try {
      copyFileSync(join(deploy, "bp-bot@.service"), join(folder, "bp-bot@maker.service"));
      const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", join(folder, "bp-bot@maker.service")], {
        encoding: "utf8",
      });
      const ours = stderr.split("\n").filter((line) => line.includes("bp-bot") && !/node is not executable/.test(line));
      expect(ours).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
