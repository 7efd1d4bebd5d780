// Alerts and commands of a real bot: what it tells, what its watchdog tells when it is dead, and who may command it.
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Answer, closedPort, type Received, service } from "../src/alerts/service.fixture.ts";
import { layWard, sol, type Ward } from "./watchdog/ward.ts";

const secret = "sesame-of-the-test";
const token = "123456:TOKEN-of-the-test";

interface Told {
  readonly account: string;
  readonly run: string;
  readonly kind: string;
  readonly topic: string;
  readonly text: string;
}

/** A webhook of the person's own. */
async function hook(answer: (nth: number, received: Received) => Answer = () => ({ status: 200 })) {
  const { url, received } = await service(answer);
  const told = () => received.map(({ body }) => JSON.parse(body) as Told); // as the bot has sent it
  const of = (kind: string) => told().filter((each) => each.kind === kind);
  return { env: { BP_WEBHOOK_URL: `${url}/hook`, BP_WEBHOOK_SECRET: secret }, received, told, of };
}

/** Telegram, with messages that a test sends. */
async function telegram() {
  const sent: { readonly chat: string; readonly text: string }[] = [];
  const updates: object[] = [];
  const { url, received } = await service((_, { path, body }: Received): Answer => {
    if (path.includes("/sendMessage")) {
      const { chat_id: chat, text } = JSON.parse(body) as { readonly chat_id: string; readonly text: string };
      sent.push({ chat, text });
      return { status: 200, body: '{"ok":true}' };
    }
    const offset = Number(new URL(path, "http://local").searchParams.get("offset") ?? 0);
    return { status: 200, body: JSON.stringify({ ok: true, result: updates.slice(Math.max(0, offset - 1)) }) };
  });
  return {
    env: {
      BP_TELEGRAM_TOKEN: token,
      BP_TELEGRAM_CHATS: "12",
      BP_TELEGRAM_COMMANDS: "1",
      BP_TELEGRAM_API: url,
    },
    sent,
    received,
    says: (chat: number, text: string) =>
      void updates.push({
        update_id: updates.length + 1,
        message: { chat: { id: chat }, text, date: Math.floor(Date.now() / 1_000) },
      }),
  };
}

/** Not for a bot that is only slow. */
const patient = ["--watchdog-ms", "10000"];

const has = (ward: Ward, what: string, condition: () => boolean) => ward.hall.until(what, condition, 60_000);

describe("alerts of a bot", { timeout: 300_000 }, () => {
  it("SIGKILL: the watchdog tells that it fired and what it took back, signed, each once, with the account", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    let isFirst = true;
    const { env, received, of } = await hook((_, { body }) => {
      if (!isFirst || (JSON.parse(body) as Told).kind !== "watchdog") return { status: 200 };
      isFirst = false;
      return { status: 503 };
    });
    const bot = ward.start(patient, { env });
    await ward.full();
    await has(ward, "the start is told", () => of("run").length === 1);
    bot.child.kill("SIGKILL");
    await has(ward, "the watchdog tells", () => of("watchdog").some(({ text }) => text.includes("is done")));
    const told = of("watchdog");
    expect([...new Set(told.map(({ text }) => text))]).toEqual([
      "the watchdog fired: the bot has ended without a goodbye. It takes the orders back",
      expect.stringMatching(/^the watchdog is done: backpack: 10 orders cancelled, none left/),
    ]);
    expect(told).toHaveLength(3); // the first had to be told twice
    const [begun] = of("run");
    for (const each of told) expect([each.account, each.run]).toEqual([begun?.account, begun?.run]);
    expect(begun?.account).toMatch(/^\S+: backpack sandbox\/\w+, aster-futures sandbox\/\w+ \(sandbox\)$/);
    for (const { body, headers } of received)
      expect(headers["x-bp-signature"]).toBe(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
    expect((await bot.ended).stderr).not.toContain(secret);
  });

  it("SIGSTOP: fired, done, and awake again", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { env, of } = await hook();
    const bot = ward.start(patient, { env });
    await ward.full();
    bot.child.kill("SIGSTOP");
    await has(ward, "the watchdog tells", () => of("watchdog").length === 2);
    bot.child.kill("SIGCONT");
    await has(ward, "it is awake", () => of("watchdog").length === 3);
    expect(of("watchdog").map(({ text }) => text)).toEqual([
      "the watchdog fired: the bot has not been heard for 10000 ms. It takes the orders back",
      expect.stringMatching(/^the watchdog is done: /),
      "the bot is awake again and goes on from what the venues say",
    ]);
  });

  it("a venue that is lost is told once after ten seconds, and once that it is back", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { env, of } = await hook();
    ward.start(patient, { env });
    await ward.full();
    const refusing = ward.hall.sandbox.faults.refuseSockets(Number.POSITIVE_INFINITY);
    ward.hall.sandbox.faults.cutSockets();
    await has(ward, "it is told", () => of("link").length === 1);
    refusing.cancel();
    await has(ward, "it is back", () => of("link").length === 2);
    expect(of("link").map(({ text }) => text)).toEqual([
      expect.stringMatching(/^backpack has been silent for 1\d s: /),
      "backpack is back",
    ]);
  });

  it("Telegram: a listed chat pauses and kills, a stranger is neither answered nor obeyed, a dead webhook holds nothing up", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const { env, sent, says, received } = await telegram();
    const bot = ward.start(patient, {
      env: { ...env, BP_WEBHOOK_URL: `http://127.0.0.1:${await closedPort()}/` },
    });
    await ward.full();
    says(13, "/kill");
    says(13, "/status");
    says(12, "/status");
    await has(ward, "the status", () => sent.some(({ text }) => text.includes("messages of strangers")));
    expect(ward.resting()).toBe(20);
    says(12, "/pause");
    await ward.empty("nothing rests", 60_000);
    says(12, "/resume");
    await ward.full();
    says(12, "/kill");
    const { code, stderr } = await bot.ended;
    expect(code).toBe(3);
    expect(ward.hall.resting(sol)).toEqual([]);
    expect(sent.filter(({ chat }) => chat !== "12")).toEqual([]);
    const answers = sent.map(({ text }) => text);
    for (const start of ["paused: ", "resumed", "killed: "])
      expect(answers.filter((text) => text.startsWith(start))).toHaveLength(1);
    for (const inside of ["\nhalted: Telegram chat 12", "\nended (halted: "])
      expect(answers.filter((text) => text.includes(inside))).toHaveLength(1);
    expect(received.at(-1)?.path ?? "").toMatch(/getUpdates|sendMessage/);
    expect(stderr).toContain("Telegram: chat 13 is not listed in BP_TELEGRAM_CHATS and is not answered");
    expect(stderr.match(/ECONNREFUSED; it is tried again/g)?.length).toBe(1);
    expect(stderr + ward.hall.written()).not.toContain(token);
    expect((await ward.status()).killed).toHaveLength(2);
  });

  it("a wrong variable is said before anything begins, and is not shown", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { code, stderr } = await ward.start([], { env: { BP_LARK_URL: "ftp://tops3cret" } }).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("BP_LARK_URL");
    expect(stderr).not.toContain("tops3cret");
  });
});
