import { Secret } from "@bp/signing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createOperator } from "../operator.ts";
import { takeTelegramCommands } from "./commands.ts";
import { service } from "./service.fixture.ts";
import { alertWords } from "./words.ts";

const secret = "123:abc";

/** Telegram with these messages, each told once it was asked for. */
async function telegramWith(
  messages: readonly { readonly chat: number; readonly text: string; readonly age?: number }[],
  { asking = () => undefined, name = "Maker_Bot" }: { asking?: () => void; name?: string } = {},
) {
  const updates = messages.map(({ chat, text, age = 0 }, at) => ({
    update_id: 100 + at,
    message: { chat: { id: chat }, text, date: Math.floor((Date.now() - age) / 1_000) },
  }));
  const replies: unknown[] = [];
  const { url, received } = await service((_, { path, body }) => {
    if (path.endsWith("/sendMessage")) {
      replies.push(JSON.parse(body));
      return { status: 200, body: "{}" };
    }
    if (path.endsWith("/getMe"))
      return name === "none"
        ? { status: 502 }
        : { status: 200, body: JSON.stringify({ ok: true, result: { id: 1, is_bot: true, username: name } }) };
    asking();
    const offset = Number(new URL(path, "http://local").searchParams.get("offset") ?? 0);
    const left = updates.filter(({ update_id }) => update_id >= offset);
    const headers = { date: new Date().toUTCString() };
    const result = left.slice(0, 1);
    return left.length === 0 && !path.includes("timeout=0&")
      ? "hang"
      : { status: 200, headers, body: JSON.stringify({ ok: true, result }) };
  });
  const over = new AbortController();
  const asked: string[] = [];
  const warned: string[] = [];
  const operator = createOperator();
  const runOver = operator.takeChanges(() => undefined);
  operator.hear((what, by) => asked.push(`${what} by ${by}`));
  const listening = takeTelegramCommands({
    door: { token: Secret.of(secret), chats: ["12"], base: url },
    proxyOf: () => undefined,
    operator,
    words: alertWords("en"),
    status: () => "net 1.50",
    warn: (line) => warned.push(line),
    signal: over.signal,
  });
  const end = () => {
    over.abort();
    return listening;
  };
  onTestFinished(end);
  const all = () => vi.waitFor(() => expect(received.at(-1)?.path).toContain(`offset=${100 + messages.length}`));
  return { all, asked, end, received, replies, runOver, warned };
}

describe("commands by Telegram", () => {
  it("do what a listed chat says, once, and answer it", async () => {
    const { all, asked, replies } = await telegramWith([
      { chat: 12, text: "/status" },
      { chat: 12, text: "/pause@maker_bot" },
      { chat: 12, text: "/resume" },
      { chat: 12, text: "/kill" },
      { chat: 12, text: "/sell everything" },
      { chat: 12, text: "/help" },
    ]);
    await all();
    expect(asked).toEqual(["pause by Telegram chat 12", "resume by Telegram chat 12", "halt by Telegram chat 12"]);
    expect(replies.map((each) => (each as { readonly text: string }).text.split(/[:]/)[0])).toEqual([
      "net 1.50",
      "paused",
      "resumed",
      "killed",
      expect.stringMatching(/^status, pause, resume, kill/),
      expect.stringMatching(/^status, pause, resume, kill/),
    ]);
  });

  it("that are said to another bot of the group are not for this one", async () => {
    const { all, asked, replies } = await telegramWith([
      { chat: 12, text: "/kill@other_bot" },
      { chat: 12, text: "/resume@other_bot" },
      { chat: 12, text: "/status@other_bot" },
    ]);
    await all();
    expect([asked, replies]).toEqual([[], []]);
  });

  it("by name are not done, which is said, while nobody knows whose name it is", async () => {
    const { all, asked, replies } = await telegramWith([{ chat: 12, text: "/kill@maker_bot" }], { name: "none" });
    await all();
    expect(asked).toEqual([]);
    expect(replies).toMatchObject([{ text: expect.stringMatching(/^\/kill was not done: .+; say it without @$/) }]);
  });

  it("are not said to be done where the run is ending", async () => {
    const { all, asked, replies, runOver } = await telegramWith([
      { chat: 12, text: "/resume" },
      { chat: 12, text: "/kill" },
    ]);
    runOver();
    await all();
    expect(asked).toEqual(["halt by Telegram chat 12"]);
    expect(replies).toMatchObject([
      { text: "/resume was not done: it is ending already" },
      { text: expect.stringMatching(/^killed/) },
    ]);
  });

  it("do nothing for strangers, do not answer them, and tell of each once", async () => {
    const { all, asked, replies, warned } = await telegramWith([
      { chat: 13, text: "/kill" },
      { chat: 13, text: "/status" },
    ]);
    await all();
    expect([asked, replies]).toEqual([[], []]);
    expect(warned).toEqual(["Telegram: chat 13 is not listed in BP_TELEGRAM_CHATS and is not answered"]);
  });

  it("are not done late: a kill of an hour ago was meant for another run", async () => {
    const { all, asked, replies } = await telegramWith([{ chat: 12, text: "/kill", age: 3_600_000 }]);
    await all();
    expect(asked).toEqual([]);
    expect(JSON.stringify(replies)).toMatch(/older than a minute and was not done/);
  });

  it("are asked for after a rest where what is told is old", async () => {
    const over = new AbortController();
    const update = { update_id: 7, message: { chat: { id: 12 }, text: "/help", date: Math.floor(Date.now() / 1_000) } };
    const { url, received } = await service((_, { path }) =>
      path.includes("/getUpdates")
        ? { status: 200, body: JSON.stringify({ ok: true, result: [update] }) }
        : { status: 200, body: "{}" },
    );
    const listening = takeTelegramCommands({
      door: { token: Secret.of(secret), chats: ["12"], base: url },
      proxyOf: () => undefined,
      operator: createOperator(),
      words: alertWords("en"),
      status: () => "",
      warn: () => undefined,
      signal: over.signal,
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    over.abort();
    await listening;
    const asked = received.filter(({ path }) => /getUpdates\?timeout=[^0]/.test(path));
    expect(asked.length).toBeLessThanOrEqual(3); // at first, once more, and not again within the second
    expect(received.filter(({ path }) => path.endsWith("/sendMessage"))).toHaveLength(1);
  });

  it("a kill is confirmed before the end, or the next run would hear it again", async () => {
    const { all, end, received } = await telegramWith([{ chat: 12, text: "/kill" }]);
    await all();
    await end();
    expect(received.at(-1)?.path).toMatch(/getUpdates\?timeout=0&.*offset=101$/);
  });

  it("a kill of this run counts although it was kept for minutes; to go on does not", async () => {
    const start = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    onTestFinished(() => void vi.useRealTimers());
    const said = [
      { chat: 12, text: "/resume", age: -60_000 },
      { chat: 12, text: "/kill", age: -60_000 },
    ];
    const { all, asked, replies } = await telegramWith(said, { asking: () => vi.setSystemTime(start + 600_000) });
    await all();
    expect(asked).toEqual(["halt by Telegram chat 12"]);
    expect(JSON.stringify(replies[0])).toMatch(/resume is older than a minute/);
  });
});
