// `bot doctor FILE`: every account of a configuration, on the sandbox of all three venues.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { asterKeys, testKeys } from "@bp/sandbox";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "./hall.ts";
import { type Ended, type ProcessOptions, runBot } from "./process.ts";
import type { Finished } from "./table.ts";

const books = {
  "backpack:SOL_USDC_PERP": ["149.99", "150.01"],
  "aster-futures:SOLUSDT": ["149.99", "150.01"],
  "aster-spot:SOLUSDT": ["149.99", "150.01"],
} as const;
const { agent, hmac } = asterKeys("alice");
const { apiKey, secret } = testKeys("alice");
const env = {
  BACKPACK_KEY: apiKey,
  BACKPACK_SECRET: secret,
  ASTER_API_KEY: hmac.key,
  ASTER_SECRET_KEY: hmac.secret,
  AGENT_KEY: agent.privateKey,
};
const makers = (ids: readonly string[]) =>
  ids.map((instrument, at) => ({
    name: `maker-${at}`,
    use: "maker",
    params: { instrument, spreadPct: "0.5", quantity: "0.1" },
  }));

/** A configuration with an account at each venue, the futures of Aster by an agent. */
function ofThree(hall: Hall, markets: readonly string[] = Object.keys(books), run = {}): string {
  const bare = hall.config(["backpack", "aster-futures", "aster-spot"], { strategies: makers(markets), run });
  const config = JSON.parse(readFileSync(bare, "utf8")) as { accounts: Record<string, object> };
  const { user, signer } = agent;
  config.accounts["aster-futures"] = {
    ...config.accounts["aster-futures"],
    agent: { user, signer, privateKey: { env: "AGENT_KEY" } },
  };
  return hall.file("three.json", JSON.stringify(config));
}

interface Told {
  readonly name: string;
  readonly account?: string;
  readonly ok: boolean | "skipped";
  readonly found: string;
  readonly next?: string;
}

async function examined(
  finished: Finished,
  args: readonly string[],
  options: ProcessOptions,
): Promise<
  Ended & {
    readonly checks: readonly Told[];
    readonly told: (account: string | undefined, name: string) => Told | undefined;
  }
> {
  const ended = await runBot(finished, ["doctor", ...args, "--json"], options);
  if (ended.stdout === "") throw new Error(ended.stderr);
  const { checks } = JSON.parse(ended.stdout) as { readonly checks: readonly Told[] };
  return {
    ...ended,
    checks,
    told: (account, name) => checks.find((each) => each.account === account && each.name === name),
  };
}

const rows = (checks: readonly Told[]) => checks.map(({ account, name, ok }) => [account, name, ok]);

describe.concurrent("bot doctor with a configuration", () => {
  it("looks at address, clock, market and key of each account, by reads alone, and shows no secret", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books });
    const { code, stdout, stderr, checks, told } = await examined(
      onTestFinished,
      [ofThree(hall), "--journal", "here.sqlite"],
      { cwd: hall.folder, env },
    );
    const each = ["keys", "venue", "clock", "market", "account", "rights"];
    /** Of agents alone the venue tells what they may do. */
    const isTold = (account: string, name: string) =>
      name === "rights" && account !== "aster-futures" ? "skipped" : true;
    expect(rows(checks)).toEqual([
      [undefined, "node", true],
      [undefined, "journal", true],
      ...["backpack", "aster-futures", "aster-spot"].flatMap((account) =>
        each.map((name) => [account, name, isTold(account, name)]),
      ),
    ]);
    expect(told("aster-futures", "rights")?.found).toMatch(/^may not withdraw, good until \d{4}-/);
    expect(told("backpack", "rights")?.found).toContain("Backpack does not tell");
    expect(told(undefined, "journal")?.found).toBe(`${hall.folder}/here.sqlite, 0 runs`);
    expect(told("aster-futures", "market")?.found).toMatch(/^SOLUSDT open, tick 0\.\d+, step 0\.\d+, minimum 0\.\d+$/);
    expect(told("aster-spot", "clock")?.found).toMatch(/^offset -?\d+ ms, known to \d+ ms$/);
    expect(told("aster-spot", "account")?.found).toContain("may trade");
    expect(code).toBe(0);
    const signed = {
      backpack: "/api/v1/account",
      "aster-futures": "/fapi/v3/account",
      "aster-spot": "/api/v1/account",
    };
    for (const [exchange, path] of Object.entries(signed)) {
      const asked = hall.requests(exchange);
      expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
      expect(asked.filter((request) => request.path.startsWith(path)).map(({ status }) => status)).toContain(200);
    }
    for (const hidden of [secret, hmac.secret, hmac.key, agent.privateKey])
      expect(`${stdout}${stderr}${hall.written()}`).not.toContain(hidden.replace(/^0x/, "").slice(0, 12));
  });

  it("says which account's key the venue refuses and which market it does not have, and what to do: exit 1", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books });
    const markets = ["backpack:SOL_USDC_PERP", "aster-futures:SOLUSDC", "aster-spot:SOLUSDT"];
    const pair = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
    const [strange = "", strangeSecret = ""] = [pair.x, pair.d].map((each) =>
      Buffer.from(each ?? "", "base64url").toString("base64"),
    );
    const { code, stdout, checks, told } = await examined(onTestFinished, [ofThree(hall, markets)], {
      cwd: hall.folder,
      env: { ...env, BACKPACK_KEY: strange, BACKPACK_SECRET: strangeSecret, ASTER_SECRET_KEY: "0".repeat(64) },
    });
    expect(rows(checks).filter(([, name, ok]) => ok !== true && name !== "rights")).toEqual([
      ["backpack", "account", false],
      ["aster-futures", "market", false],
      ["aster-spot", "account", false],
    ]);
    expect(told("backpack", "account")?.next).toContain("is the key registered");
    expect(told("aster-futures", "market")?.found).toContain("SOLUSDT"); // a near one
    expect(code).toBe(1);
    expect(stdout).not.toContain(strangeSecret.slice(0, 12));
  });

  it("looks at everything else where a key is missing, and names it", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books });
    const { ASTER_SECRET_KEY: _, ...less } = env;
    const { code, checks, told } = await examined(onTestFinished, [ofThree(hall)], { cwd: hall.folder, env: less });
    expect(told(undefined, "keys")).toMatchObject({ ok: false, found: expect.stringContaining("ASTER_SECRET_KEY") });
    for (const account of ["backpack", "aster-futures", "aster-spot"]) {
      expect(told(account, "venue")?.ok).toBe(true);
      expect(told(account, "market")?.ok).toBe(true);
      expect(told(account, "account")?.ok).toBe("skipped");
    }
    expect(checks.filter(({ ok }) => ok === false)).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("shows real keys to nothing that the file calls a sandbox, and none at all on paper", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books });
    const own = { ...env, BACKPACK_KEY: testKeys("bob").apiKey, BACKPACK_SECRET: testKeys("bob").secret };
    const shown = () =>
      new Set(
        hall
          .requests("backpack")
          .flatMap(({ headers }) => headers["x-api-key"] ?? [])
          .map(String),
      );
    const paper = await examined(onTestFinished, [ofThree(hall), "--paper"], { cwd: hall.folder, env: own });
    expect(paper.told("backpack", "account")?.ok).toBe("skipped");
    expect(shown()).toEqual(new Set());
    const file = ofThree(hall, Object.keys(books), { place: "sandbox" });
    const { code, told } = await examined(onTestFinished, [file], { cwd: hall.folder, env: own });
    expect(told("aster-spot", "account")?.ok).toBe(true);
    expect(code).toBe(0);
    expect(shown()).toEqual(new Set([apiKey]));
  });

  it("is as strict with a file as every other command: exit 2", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books: {} });
    const file = hall.file("wrong.json", JSON.stringify({ strategies: [{ use: "makr", params: {} }] }));
    const { code, stderr } = await runBot(onTestFinished, ["doctor", file], { cwd: hall.folder, env });
    expect(stderr).toContain("did you mean maker?");
    expect(code).toBe(2);
  });
});

describe.concurrent("bot doctor without a configuration", () => {
  it("looks at the account of the environment's keys, at the venue that is named", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books });
    const { futures } = hall.sandbox.aster ?? {};
    const way = ["--rest", futures?.rest ?? "", "--ws", futures?.ws ?? ""];
    const { code, checks } = await examined(onTestFinished, ["--exchange", "aster", "--market-type", "perp", ...way], {
      cwd: hall.folder,
      env,
    });
    expect(rows(checks).slice(2)).toEqual([
      ...["keys", "venue", "clock", "market", "account"].map((name) => ["aster-futures", name, true]),
      ["aster-futures", "rights", "skipped"], // a key of the old kind
    ]);
    expect(code).toBe(0);
  });

  it("needs no keys: what they are for is skipped", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books });
    const { code, told } = await examined(onTestFinished, ["--rest", hall.rest, "--ws", hall.ws], {
      cwd: hall.folder,
    });
    expect(told(undefined, "keys")?.ok).toBe("skipped");
    expect(told("backpack", "market")?.found).toContain("SOL_USDC_PERP open");
    expect(told("backpack", "account")?.ok).toBe("skipped");
    expect(code).toBe(0);
  });
});
