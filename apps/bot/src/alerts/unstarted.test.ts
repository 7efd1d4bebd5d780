import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError } from "@bp/core";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { readBotConfig } from "../config/index.ts";
import { createOperator, type Operator } from "../operator.ts";
import type { Begun } from "../session.ts";
import { type Answer, closedPort, service } from "./service.fixture.ts";
import { createUnstarted } from "./unstarted.ts";

let state = "";
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "bp-unstarted-"));
  vi.stubEnv("BP_STATE", state);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(state, { recursive: true, force: true });
  });
});

/** A service of the person's own. */
async function hook(answer: (nth: number) => Answer = () => ({ status: 200 })) {
  const { url, received } = await service(answer);
  vi.stubEnv("BP_WEBHOOK_URL", url);
  return () => received.map(({ body }) => (JSON.parse(body) as { readonly text: string }).text); // as it was sent
}

interface StartOptions {
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly operator?: Operator;
  readonly hasBegun?: boolean;
}

/** A start that fails. @returns what was said on stderr */
async function failing(why: unknown, { flags = {}, operator, hasBegun = false }: StartOptions = {}) {
  const warned: string[] = [];
  const config = await readBotConfig({ flags: { sandbox: true, lang: "en", ...flags } });
  const unstarted = createUnstarted(config, { operator, warn: (line) => warned.push(line) });
  if (hasBegun) unstarted.face.begun({} as Begun); // it does not look at it
  if (why !== undefined) unstarted.because(why);
  await unstarted.tell();
  return warned;
}

const locked = new BpError("config/conflict", { what: "the key of backpack may withdraw", hint: "make a new one" });

describe("a start that fails", () => {
  it("is told in the language of the configuration, as one line", async () => {
    const told = await hook();
    expect(await failing(locked)).toEqual([]);
    await failing("damaged\n\u001b[31m", { flags: { lang: "zh" } });
    expect(told()).toEqual([`did not start: ${locked.message}`, "未能启动:damaged \ufffd[31m"]);
  });

  it("is told in Chinese where another bot has the account", async () => {
    const told = await hook();
    const taken = new BpError("journal/account-locked", { account: "backpack (sandbox/7)", owner: "another process" });
    await failing(taken, { flags: { lang: "zh" } });
    expect(told()).toEqual(["未能启动:账户 backpack (sandbox/7) 正由另一进程交易；请先停止那个机器人"]);
  });

  it("is told only where it did not begin, was not ended by a person, and was to take place in real time", async () => {
    const told = await hook();
    await failing(undefined);
    await failing(locked, { hasBegun: true });
    const operator = createOperator();
    operator.ask("stop", "SIGINT");
    await failing(locked, { operator });
    await failing(locked, { flags: { sandbox: undefined, memory: true } });
    expect(told()).toEqual([]);
  });

  it("is told where the store has given its account to another machine: no person has ended it", async () => {
    const told = await hook();
    const operator = createOperator();
    operator.ask("yield", "the store, because another machine has it,");
    await failing(undefined, { operator });
    await failing(locked, { operator }); // what else that brought about
    await failing(undefined, { operator, hasBegun: true });
    expect(told()).toEqual(["did not start: the store, because another machine has it, asked for it"]);
  });

  it("is told once more if nobody has heard it, and not if somebody has", async () => {
    vi.stubEnv("BP_DISCORD_URL", `http://127.0.0.1:${await closedPort()}/secret-path`);
    const dead = await failing(locked);
    expect(dead).toEqual(["alert not told, discord: ECONNREFUSED"]);
    const told = await hook((nth) => ({ status: nth === 0 ? 503 : 200 }));
    await failing(locked);
    await failing(locked);
    expect(told()).toHaveLength(2); // it was tried again
  }, 180_000);

  it("does not wait for a service that is silent, nor tells it the same at each start", async () => {
    const told = await hook(() => "hang");
    const from = performance.now();
    expect(await failing(locked)).toEqual(["alert not told, webhook: no answer in time"]);
    expect(performance.now() - from).toBeLessThan(60_000); // 5 s, and a machine that does other things too
    await failing(locked);
    expect(told()).toHaveLength(1);
  }, 180_000);

  it("says that nobody is told where that cannot be written down: it would be told at each start", async () => {
    const told = await hook();
    writeFileSync(join(state, "unstarted"), ""); // nothing can be made in it, as on a disk that is read-only
    expect(await failing(locked)).toEqual([expect.stringMatching(/^nobody is told that it did not start: E/)]);
    expect(told()).toEqual([]);
  });
});
