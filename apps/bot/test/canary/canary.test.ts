// No secret in anything that the bot writes, shows or hands on: every command, real keys at work, every form of every secret looked for.
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import { runBot, spawnBot } from "../process.ts";
import type { Finished } from "../table.ts";
import { addresses, descendantsOf, environment, leaksIn, leaksOf, leaksUnder, openToOthers, secrets } from "./plant.ts";

const books = {
  "backpack:SOL_USDC_PERP": ["149.99", "150.01"],
  "aster-futures:SOLUSDT": ["149.99", "150.01"],
  "aster-spot:SOLUSDT": ["149.99", "150.01"],
} as const;

interface Ground {
  readonly hall: Hall;
  /** A configuration of all three venues, the futures of Aster by an agent. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

async function lay(finished: Finished): Promise<Ground> {
  const hall = await layHall(finished, { books });
  const strategies = Object.keys(books).map((instrument, at) => ({
    name: `maker-${at}`,
    use: "maker",
    params: {
      instrument,
      spreadPct: "0.5",
      quantity: "0.1",
      ...(instrument.includes("spot") ? {} : { maxPosition: "1" }),
    },
  }));
  const logs = { folder: "logs", level: "debug", errorFile: "errors.log" };
  const bare = hall.config(["backpack", "aster-futures", "aster-spot"], { strategies, logs });
  const config = JSON.parse(readFileSync(bare, "utf8")) as { accounts: Record<string, object> };
  config.accounts["aster-futures"] = {
    ...config.accounts["aster-futures"],
    agent: { ...addresses, privateKey: { env: "AGENT_KEY" } },
  };
  const state = join(hall.folder, "state");
  mkdirSync(state);
  const env = { ...environment, BP_DEBUG: "1", BP_STATE: state, HOME: hall.folder, XDG_STATE_HOME: state };
  return { hall, file: hall.file("three.json", JSON.stringify(config)), env };
}

/** Everything under the folder, and that everything in it is its owner's alone. */
function expectClean({ hall }: Pick<Ground, "hall">, but: readonly string[] = []): void {
  expect(leaksUnder(hall.folder, new Set(but))).toEqual([]);
}

const shown = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => `${stdout}\n${stderr}`;

describe("the canaries", () => {
  it("are known in every form, so that finding none means something", () => {
    for (const [name, secret] of Object.entries(secrets)) {
      const bare = secret.replace(/^0x/, "");
      const forms = [secret, bare.toUpperCase(), encodeURIComponent(bare), Buffer.from(secret).toString("base64")];
      forms.push(
        Buffer.from(secret).toString("hex"),
        JSON.stringify({ a: secret }),
        `x${bare.slice(0, 20)}`,
        `x${bare.slice(-20)}`,
      );
      for (const form of forms) expect(leaksIn(`before ${form} after`), `${name} as ${form}`).toContain(name);
    }
    expect(leaksIn("nothing of that kind: SOL_USDC_PERP 149.99")).toEqual([]);
  });
});

describe("no secret is shown or left behind", () => {
  it("by a live run, its children, its report on demand, and what is read of it later", { timeout: 300_000 }, async ({
    onTestFinished,
  }) => {
    const { hall, file, env } = await lay(onTestFinished);
    const reports = join(hall.folder, "reports");
    mkdirSync(reports);
    const bot = spawnBot(
      onTestFinished,
      ["start", file, "--live", "--yes", "--json", "--summary", "summary.json", "--dashboard", "0"],
      {
        cwd: hall.folder,
        env: { ...env, NODE_OPTIONS: `--report-on-signal --report-signal=SIGPROF --report-directory=${reports}` },
      },
    );
    await bot.says('"type":"quote"', 120_000);
    const pid = bot.child.pid ?? 0;
    bot.child.kill("SIGPROF");
    bot.child.kill("SIGUSR1");
    expect(leaksOf(descendantsOf(pid), ["environ", "cmdline"])).toEqual([]);
    const isAtWork = (venue: string) => hall.placed(venue).length > 0;
    await hall.until("orders at each", () => ["backpack", "aster-futures", "aster-spot"].every(isAtWork), 120_000);
    await hall.until("a report", () => readdirSync(reports).length > 0);
    bot.child.kill("SIGINT");
    const ended = await bot.ended;
    expect(ended.stderr).not.toContain("Debugger listening");
    expect(leaksIn(shown(ended))).toEqual([]);
    expect(ended.code, ended.stderr).toBe(0);
    const [written = ""] = readdirSync(reports);
    const report = JSON.parse(readFileSync(join(reports, written), "utf8")) as Readonly<Record<string, unknown>>;
    expect(report["environmentVariables"]).toBeUndefined();

    for (const args of [
      ["report"],
      ["report", "last", "--json"],
      ["replay", "last", "--json"],
      ["doctor", file, "--json"],
      ["plan", file, "--live"],
      ["plan", file, "--live", "--json"],
      ["config", file, "--live", "--explain"],
      ["start", file, "--live", "--yes", "--json", "--duration", "1", "--symbol", "nonsense"],
    ]) {
      const said = await runBot(onTestFinished, args, { cwd: hall.folder, env });
      expect([args.join(" "), ...leaksIn(shown(said))]).toEqual([args.join(" ")]);
    }
    expectClean({ hall });
    const logs = readdirSync(join(hall.folder, "logs")).map((name) => `logs/${name}`);
    const own = ["runs", "runs/journal.sqlite", "logs", ...logs, "summary.json"].map((path) => join(hall.folder, path));
    expect(own.filter((path) => !existsSync(path))).toEqual([]);
    expect(openToOthers(own)).toEqual([]);
  });

  it("by a run that breaks, with the whole story told and a report of the crash", { timeout: 300_000 }, async ({
    onTestFinished,
  }) => {
    const { hall, file, env } = await lay(onTestFinished);
    const crash = pathToFileURL(join(import.meta.dirname, "crash.mjs")).href;
    const said = await runBot(onTestFinished, ["start", file, "--live", "--yes", "--duration", "30"], {
      cwd: hall.folder,
      env: {
        ...env,
        CRASH_AFTER_MS: "6000",
        NODE_OPTIONS: `--import=${crash} --report-uncaught-exception --report-on-fatalerror --report-directory=${hall.folder}`,
      },
    });
    expect(said.code).not.toBe(0);
    expect(said.stderr).toContain("planted");
    expect(leaksIn(shown(said))).toEqual([]);
    expectClean({ hall });
  });

  it("when keys and passwords are typed: not in the process list, not in a report, not in an answer", {
    timeout: 300_000,
  }, async ({ onTestFinished }) => {
    const { hall, env } = await lay(onTestFinished);
    const proxy = `http://me:${encodeURIComponent(secrets["a proxy's password"] ?? "")}@127.0.0.1:9`;
    const keys = ["--api-key", environment["BACKPACK_KEY"] ?? "", "--secret-key", environment["BACKPACK_SECRET"] ?? ""];
    const market = ["--symbol", "SOL_USDC_PERP", "--spread", "0.5", "--quantity", "0.1", "--max-position", "1"];
    const way = ["--rest", hall.rest, "--ws", hall.ws];
    const bot = spawnBot(onTestFinished, ["start", "--live", "--yes", "--duration", "6", ...market, ...way, ...keys], {
      cwd: hall.folder,
      env: {
        BP_STATE: env["BP_STATE"] ?? "",
        HOME: hall.folder,
        BP_DEBUG: "1",
        NODE_OPTIONS: `--report-on-signal --report-signal=SIGPROF --report-directory=${hall.folder}`,
      },
    });
    await bot.says(/SOL_USDC_PERP/, 120_000);
    bot.child.kill("SIGPROF");
    const pid = bot.child.pid ?? 0;
    expect(leaksOf([pid, ...descendantsOf(pid)], ["cmdline"])).toEqual([]);
    expect(leaksIn(shown(await bot.ended))).toEqual([]);
    for (const args of [
      ["start", "--live", "--yes", ...market, ...way, ...keys, "--ws-proxy", proxy],
      [
        "start",
        "--live",
        "--yes",
        ...market,
        ...way,
        ...keys,
        "--ws-proxy",
        `ftp://x:${secrets["a proxy's password"]}@h`,
      ],
      ["config", "--live", "--explain", ...market, ...way, ...keys, "--ws-proxy", proxy],
      ["doctor", ...way, ...keys, "--ws-proxy", proxy],
      ["start", "--secret-key", secrets["Backpack's seed"] ?? "", "--live", "--yes", ...market], // half of a pair
      [
        "start",
        "--live",
        "--yes",
        ...market,
        "--api-key",
        secrets["Backpack's seed"] ?? "",
        "--secret-key",
        environment["BACKPACK_KEY"] ?? "",
      ], // swapped
      [
        "start",
        "--sandbox",
        "--duration",
        "1",
        ...market,
        "--store",
        `postgres://me:${encodeURIComponent(secrets["a store's password"] ?? "")}@127.0.0.1:9/x`,
      ],
    ]) {
      const said = await runBot(onTestFinished, args, {
        cwd: hall.folder,
        env: { ...env, BACKPACK_KEY: "", BACKPACK_SECRET: "" },
      });
      expect([args[0], ...leaksIn(shown(said))], shown(said)).toEqual([args[0]]);
    }
    expectClean({ hall });
  });

  it("of files of other systems that hold them in clear, read and imported, good and damaged", {
    timeout: 300_000,
  }, async ({ onTestFinished }) => {
    const { hall, env } = await lay(onTestFinished);
    const bare = { BP_STATE: env["BP_STATE"] ?? "", HOME: hall.folder, BP_DEBUG: "1" };
    const seed = secrets["Backpack's seed"] ?? "";
    const own = [
      hall.file(
        "s2.env",
        `API_KEY=${environment["BACKPACK_KEY"]}\nSECRET_KEY=${seed}\nASTER_API_KEY=${secrets["Aster's API key"]}\nASTER_SECRET_KEY=${secrets["Aster's HMAC secret"]}\n`,
      ),
      hall.file(
        "clear.yaml",
        `accounts:\n  backpack:\n    key: ${environment["BACKPACK_KEY"]}\n    secret: ${seed}\nstrategies: []\n`,
      ),
      hall.file(
        "clear.json",
        JSON.stringify({
          api_key: environment["BACKPACK_KEY"],
          secret_key: seed,
          symbol: "SOL_USDC_PERP",
          spread: "x",
        }),
      ),
      hall.file("broken.yaml", `secret: [${seed}\n  x: ${secrets["an agent's private key"]}`),
      hall.file(
        "agent.json",
        JSON.stringify({
          accounts: { "aster-futures": { agent: { ...addresses, privateKey: secrets["an agent's private key"] } } },
          strategies: [],
        }),
      ),
    ];
    for (const file of own)
      for (const command of ["import", "config", "start"]) {
        const args = [
          command,
          file,
          ...(command === "config" ? ["--explain"] : []),
          ...(command === "start" ? ["--duration", "1"] : []),
        ];
        const said = await runBot(onTestFinished, args, { cwd: hall.folder, env: bare });
        expect([...args, ...leaksIn(shown(said))]).toEqual(args);
      }
    expectClean({ hall }, own);
  });
});
