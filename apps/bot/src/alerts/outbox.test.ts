import { createHmac } from "node:crypto";
import { Secret } from "@bp/signing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Alert } from "./alert.ts";
import { type Channel, discord, lark, telegram, webhook } from "./channel.ts";
import { createOutbox } from "./outbox.ts";
import { type Answer, closedPort, service } from "./service.fixture.ts";

const sender = { account: "backpack alice (sandbox)", run: "R1" };
const alert = (topic: string, text = topic): Alert => ({ kind: "strategy", topic, text, at: Date.UTC(2026, 0, 1) });

const patience = { timeout: 60_000 };

/** An outbox whose waits are a hundredth as long. */
function open(channels: readonly Channel[], clock?: { now: number }) {
  const warned: string[] = [];
  const outbox = createOutbox({
    channels,
    proxyOf: () => undefined,
    lang: "en",
    sender: () => sender,
    warn: (line) => warned.push(line),
    pace: 0.01,
    ...(clock === undefined ? {} : { now: () => clock.now }),
  });
  onTestFinished(() => outbox.close());
  return { outbox, warned };
}

async function hookWith(answer: (nth: number) => Answer, clock?: { now: number }) {
  const { url, received } = await service(answer);
  const texts = () => received.map(({ body }) => (JSON.parse(body) as { readonly text: string }).text);
  return { ...open([webhook(Secret.of(`${url}/secret-path`), undefined)], clock), received, texts };
}

describe("an outbox", () => {
  it("tells each channel in its own way, with whose account it is", async () => {
    const { url, received } = await service(() => ({ status: 200, body: '{"code":0}' }));
    const { outbox } = open([
      telegram(Secret.of("1:token"), "12", url),
      lark(Secret.of(`${url}/lark`), Secret.of("sesame")),
      discord(Secret.of(`${url}/discord`)),
      webhook(Secret.of(`${url}/own`), Secret.of("sesame")),
    ]);
    outbox.put(alert("hedge/naked", "traded back"));
    await outbox.drain(patience.timeout);
    const by = (path: string) => {
      const found = received.find((each) => each.path === path);
      return { ...found, json: JSON.parse(found?.body ?? "null") as Record<string, unknown> };
    };
    const text = "⚠️ backpack alice (sandbox)\ntraded back\n2026-01-01 00:00:00 UTC";
    expect(by("/bot1:token/sendMessage").json).toEqual({ chat_id: "12", text });
    const { timestamp, sign, ...message } = by("/lark").json;
    expect(message).toEqual({ msg_type: "text", content: { text } });
    expect(sign).toBe(createHmac("sha256", `${String(timestamp)}\nsesame`).digest("base64"));
    expect(by("/discord").json).toEqual({ content: text, allowed_mentions: { parse: [] } });
    const own = by("/own");
    expect(own.json).toMatchObject({ ...sender, kind: "strategy", topic: "hedge/naked", text: "traded back" });
    const expected = createHmac("sha256", "sesame")
      .update(own.body ?? "")
      .digest("hex");
    expect(own.headers?.["x-bp-signature"]).toBe(`sha256=${expected}`);
  });

  it("tells a topic once in a while, and then how often it came meanwhile", async () => {
    const clock = { now: 1_000_000 };
    const { outbox, texts } = await hookWith(() => ({ status: 200 }), clock);
    for (let nth = 0; nth < 5; nth++) outbox.put(alert("same"));
    outbox.put(alert("other"));
    await outbox.drain(patience.timeout);
    clock.now += 600_000;
    outbox.put(alert("same"));
    await outbox.drain(patience.timeout);
    expect(texts()).toEqual(["same", "other", "same (and 4 times since it was told last)"]);
  });

  it("tries again after a failure, as late as the service says, and keeps the order", async () => {
    const { outbox, texts, warned } = await hookWith((nth) =>
      nth === 0 ? { status: 503 } : nth === 1 ? { status: 429, body: '{"retry_after":0.05}' } : { status: 200 },
    );
    outbox.put(alert("one"));
    outbox.put(alert("two"));
    await outbox.drain(patience.timeout);
    expect(texts()).toEqual(["one", "one", "one", "two"]);
    expect(warned).toEqual(["alert waits, webhook: HTTP 503; it is tried again"]);
  });

  it("gives up what is refused, without a word of the address", async () => {
    const { outbox, texts, warned } = await hookWith((nth) => ({ status: nth === 0 ? 403 : 200 }));
    outbox.put(alert("one"));
    outbox.put(alert("two"));
    await outbox.drain(patience.timeout);
    expect(texts()).toEqual(["one", "two"]);
    expect(warned).toEqual(["alert not told, webhook: HTTP 403"]);
    expect(warned.join()).not.toMatch(/secret-path|127\.0\.0\.1/);
  });

  it("hears Lark's refusals, which come with status 200", async () => {
    const { url } = await service(() => ({ status: 200, body: '{"code":19021,"msg":"sign match fail"}' }));
    const { outbox, warned } = open([lark(Secret.of(url), undefined)]);
    outbox.put(alert("one"));
    await outbox.drain(patience.timeout);
    expect(warned).toEqual(["alert not told, lark: code 19021: sign match fail"]);
  });

  it("sends no more than twenty in its window, and leaves out the oldest of too many", async () => {
    const { outbox, texts } = await hookWith(() => ({ status: 200 }));
    const from = performance.now();
    for (let nth = 0; nth < 130; nth++) outbox.put(alert(String(nth)));
    await vi.waitFor(() => expect(texts().at(-1)).toBe("129"), { timeout: 180_000 });
    expect(texts()).toHaveLength(100);
    expect(texts().slice(0, 2)).toEqual(["0\n(30 older ones were left out)", "31"]);
    expect(performance.now() - from).toBeGreaterThan(4 * 600); // 100 in windows of 600 ms
  });

  it("waits for nobody: what hangs or is not there costs the caller nothing, and ends with it", async () => {
    const { outbox } = await hookWith(() => "hang");
    const nowhere = open([webhook(Secret.of(`http://127.0.0.1:${await closedPort()}/`), undefined)]);
    const from = performance.now();
    outbox.put(alert("one"));
    nowhere.outbox.put(alert("one"));
    expect(performance.now() - from).toBeLessThan(1_000);
    await vi.waitFor(() => expect(nowhere.warned).not.toEqual([]), patience);
    await Promise.all([outbox.drain(200), nowhere.outbox.drain(200)]);
    expect(nowhere.warned[0]).toMatch(/^alert waits, webhook: ECONNREFUSED; it is tried again$/);
  });
});
