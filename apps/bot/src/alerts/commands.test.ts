import { Secret } from "@bp/signing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createOperator } from "../operator.ts";
import { takeTelegramCommands } from "./commands.ts";
import { service } from "./service.fixture.ts";
import { alertWords } from "./words.ts";

const secret = "123:abc";
const patience = { timeout: 60_000 };

/** How this Telegram is. */
interface Telling {
  readonly asking?: () => void;
  /** What it calls the bot; `none`: it does not say. */
  readonly name?: string;
  /** Methods that it does not answer. */
  readonly slow?: readonly string[];
  /** Whether the exchange outlives the bot. */
  readonly lasts?: boolean;
}

/** Telegram with these messages, each told once it was asked for. */
async function telegramWith(
  messages: readonly { readonly chat: number; readonly text: string; readonly age?: number }[],
  { asking = () => undefined, name = "Maker_Bot", slow = [], lasts = true }: Telling = {},
) {
  const updates = messages.map(({ chat, text, age = 0 }, at) => ({
    update_id: 100 + at,
    message: { chat: { id: chat }, text, date: Math.floor((Date.now() - age) / 1_000) },
  }));
  const replies: unknown[] = [];
  const { url, received } = await service((_, { path, body }) => {
    if (path.endsWith("/sendMessage")) replies.push(JSON.parse(body));
    if (slow.some((method) => path.endsWith(`/${method}`))) return "hang";
    if (path.endsWith("/sendMessage")) return { status: 200, body: "{}" };
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
    lasts,
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
  /** Waits until all were heard, and so many answered. */
  const all = (answered = 0) =>
    vi.waitFor(() => {
      expect(received.some(({ path }) => path.endsWith(`offset=${100 + messages.length}`))).toBe(true);
      expect(replies.length).toBeGreaterThanOrEqual(answered);
    }, patience);
  return { all, asked, end, received, replies, runOver, warned };
}

describe("commands by Telegram", () => {
  it("do what a listed chat says, once, and answer it", async () => {
    const { all, asked, replies } = await telegramWith([
      { chat: 12, text: "/status" },
      { chat: 12, text: "/pause@maker_bot" },
      { chat: 12, text: "/resume" },
      { chat: 12, text: "/sell everything" },
      { chat: 12, text: "/help" },
    ]);
    await all(5);
    expect(asked).toEqual(["pause by Telegram chat 12", "resume by Telegram chat 12"]);
    expect(replies.map((each) => (each as { readonly text: string }).text.split(/[:]/)[0])).toEqual([
      "net 1.50",
      "paused",
      "resumed",
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
    await all(1);
    expect(asked).toEqual([]);
    expect(replies).toMatchObject([{ text: expect.stringMatching(/^\/kill was not done: .+; say it without @$/) }]);
  });

  it("are not said to be done where the run is ending", async () => {
    const { all, asked, replies, runOver } = await telegramWith([
      { chat: 12, text: "/resume" },
      { chat: 12, text: "/pause" },
    ]);
    runOver();
    await all(2);
    expect(asked).toEqual([]);
    expect(replies).toMatchObject([
      { text: "/resume was not done: it is ending already" },
      { text: "/pause was not done: it is ending already" },
    ]);
  });

  it("to kill come through where the run is ending", async () => {
    const { all, asked, replies, runOver } = await telegramWith([{ chat: 12, text: "/kill" }]);
    runOver();
    await all(1);
    expect(asked).toEqual(["halt by Telegram chat 12"]);
    expect(replies).toMatchObject([{ text: expect.stringMatching(/^killed/) }]);
  });

  it("to kill promise a mark where one is left, and none on an exchange that ends with the bot", async () => {
    const saidWhere = async (lasts: boolean) => {
      const { all, replies } = await telegramWith([{ chat: 12, text: "/kill" }], { lasts });
      await all(1);
      return replies;
    };
    expect(await saidWhere(true)).toMatchObject([{ text: expect.stringContaining("until you say `bot resume`") }]);
    const ends = expect.stringMatching(/^(?!.*bot resume).*The accounts end with the run/);
    expect(await saidWhere(false)).toMatchObject([{ text: ends }]);
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
    await all(1);
    expect(asked).toEqual([]);
    expect(JSON.stringify(replies)).toMatch(/said before this run began, and was not done/);
  });

  it("are obeyed although no answer has arrived, a kill is answered beside those, and the run ends within seconds", async () => {
    const said = ["/status", "/help", "/pause", "/resume", "/kill"].map((text) => ({ chat: 12, text }));
    const more = Array.from({ length: 6 }, () => ({ chat: 12, text: "/status" }));
    const { all, asked, end, replies } = await telegramWith([...said, ...more], { slow: ["sendMessage"] });
    await all(2);
    expect(asked.at(-1)).toBe("halt by Telegram chat 12");
    expect(replies.slice(0, 2)).toMatchObject([{ text: "net 1.50" }, { text: expect.stringMatching(/^killed/) }]);
    const endedAt = performance.now();
    await end();
    expect(performance.now() - endedAt).toBeLessThan(20_000); // 5 s for all of them, not for each
  });

  it("to kill wait for no name that another is called by", async () => {
    const said = ["/status@maker_bot", "/pause", "/kill"].map((text) => ({ chat: 12, text }));
    const { asked } = await telegramWith(said, { slow: ["getMe"] });
    await vi.waitFor(() => expect(asked).toEqual(["halt by Telegram chat 12"]), patience);
  });

  it("that wait for a name when the run ends are said not to be done: Telegram has told them for good", async () => {
    const said = [{ chat: 12, text: "/kill@maker_bot" }];
    const { asked, end, received, replies } = await telegramWith(said, { slow: ["getMe"] });
    await vi.waitFor(() => expect(received.some(({ path }) => path.endsWith("/getMe"))).toBe(true), patience);
    await end();
    expect(asked).toEqual([]);
    expect(replies).toMatchObject([{ text: expect.stringMatching(/^\/kill was not done: /) }]);
  });

  it("are asked for after a rest where what is told is old", async () => {
    const over = new AbortController();
    const begunAt = performance.now();
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
      lasts: true,
      words: alertWords("en"),
      status: () => "",
      warn: () => undefined,
      signal: over.signal,
    });
    const answered = () => received.filter(({ path }) => path.endsWith("/sendMessage"));
    await vi.waitFor(() => expect(answered()).toHaveLength(1), patience);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const seconds = Math.floor((performance.now() - begunAt) / 1_000);
    over.abort();
    await listening;
    const asked = received.filter(({ path }) => /getUpdates\?timeout=[^0]/.test(path));
    expect(asked.length).toBeLessThanOrEqual(3 + seconds); // at first, once more, and not again within the second
    expect(answered()).toHaveLength(1);
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
    await all(2);
    expect(asked).toEqual(["halt by Telegram chat 12"]);
    expect(JSON.stringify(replies)).toMatch(/resume is older than a minute/);
  });
});
