// What takes its time, because real pauses are part of it: S2.13, S2.15, S2.34, S2.35. The tests run beside one another.
import { describe, expect, it } from "vitest";
import { spawnBot } from "../process.ts";
import { layTable, type Table } from "../table.ts";

const flags = { spread: "0.5", quantity: "0.1", maxOrders: 2, maxPosition: "5", positionThreshold: "5" };
const held = { position: { size: "0.8", at: "150.00" } } as const;

const quotes = (table: Table) => table.until("four quotes", () => table.open().length === 4);
const closing = (table: Table) => table.sent().filter(({ reduceOnly }) => reduceOnly);

describe.concurrent("S2, with patience", () => {
  it("S2.13 goes on through four 503 with growing pauses and without quotes, closes at the fifth try, cools down and quotes again", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, stopLoss: "-25", coolDown: "2" }, { windowMs: 1_500 });
    await quotes(table);
    table.sandbox.faults.request(
      { method: "POST", path: "/api/v1/order" },
      { do: "answer", status: 503, text: "Service Unavailable" },
      4,
    );
    table.setMark("116.25");
    await table.until("flat", () => table.position() === "0.00");
    await table.until("all answers", () => table.sent().every(({ passed }) => passed.status !== undefined));
    const tries = table.sent().slice(4);
    expect(tries.map(({ side, size, reduceOnly }) => [side, size, reduceOnly])).toEqual(
      Array.from({ length: 5 }, () => ["sell", "0.80", true]),
    );
    expect(tries.map(({ passed }) => passed.status)).toEqual([503, 503, 503, 503, 200]);
    expect(new Set(tries.map(({ clientId }) => clientId)).size).toBe(5); // a try whose fate was not known is never repeated: it is looked up
    // From when the fate of the try before was known.
    const known = bot.events.filter(({ type }) => type === "order.rejected");
    const pauses = tries.slice(1).map(({ passed }, at) => passed.sentAt - (known[at]?.at ?? Number.NaN));
    for (const [at, least] of [2_000, 4_000, 5_000, 5_000].entries())
      expect(pauses[at]).toBeGreaterThanOrEqual(least - 50);
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? Number.NaN);
    expect(bot.notes.join("\n")).toContain("止損觸發");
    expect(bot.notes.filter((each) => each.includes("503")).length).toBeGreaterThan(0); // the alert
    expect(bot.state.engine.view.halted).toBeUndefined();

    await table.until("quotes again", () => table.open().length === 4);
    const [closed, quote] = [tries.at(-1), table.sent()[9]];
    expect((quote?.passed.sentAt ?? Number.NaN) - (closed?.passed.sentAt ?? Number.NaN)).toBeGreaterThan(1_900);
    await bot.stop();
  });

  it("S2.15 the stop is looked at on every mark, not once an interval: closed within 1 s, 5 s into a minute", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, stopLoss: "-25", interval: "60" });
    await quotes(table);
    await table.pass(5_000);
    expect(table.open()).toHaveLength(4);
    const marks = () => bot.events.flatMap((each) => (each.type === "mark.changed" ? [each] : []));
    const stood = marks().at(-1)?.mark;
    table.setMark("116.25");
    await table.until("the closing order", () => closing(table).length > 0);
    const [order] = closing(table);
    // It takes some ms from when the venue has told it; the interval is 60 s.
    const told = marks().findLast(({ mark }, at, all) => mark !== stood && all[at - 1]?.mark === stood);
    expect((order?.passed.sentAt ?? Number.NaN) - (told?.at ?? Number.NaN)).toBeLessThanOrEqual(1_000);
    await bot.stop();
  });

  it("S2.34 a cancel that is impossible is said loudly, and the exit code is not 0", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const usual = [
      "--symbol",
      table.symbol,
      "--spread",
      "0.5",
      "--quantity",
      "0.1",
      "--max-orders",
      "2",
      "--disable-db",
      "--json",
    ];
    const bot = spawnBot(onTestFinished, ["start", "--rest", table.rest, "--ws", table.ws, ...usual]);
    await quotes(table);
    table.sandbox.faults.request(
      { method: "DELETE" },
      { do: "answer", status: 503, text: "Service Unavailable" },
      Number.POSITIVE_INFINITY,
    );
    bot.child.kill("SIGTERM");
    const { code, stderr, stdout } = await bot.ended;
    expect(code).toBe(1);
    expect(`${stderr}${stdout}`).toMatch(/not be verified as cancelled|could not be cancelled/);
    expect(stderr).not.toBe("");
    expect(table.open()).toHaveLength(4); // and it is true
  });

  it("S2.35 quotes are pulled, the way back is 1, 2, 4 s, and orders and fills are read before the first new quote", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const bot = await table.start(flags);
    await quotes(table);
    const sent = table.sent().length;

    const cutAt = Date.now();
    const refused = table.sandbox.faults.refuseSockets(4); // two sockets, two attempts each
    const attempts: number[] = [];
    const watch = setInterval(() => {
      while (attempts.length < refused.hits) attempts.push(Date.now() - cutAt);
    }, 5);
    expect(table.sandbox.faults.cutSockets()).toBe(2);
    table.take("sell", "0.1", "149.62"); // a fill that no stream tells any more
    expect(table.exchange.fills("alice")).toHaveLength(1);

    await table.until("no quotes", () => table.open().length === 0);
    const lost = bot.events.find(({ type }) => type === "link.lost");
    const pulled = table.cancels().findLast(({ sentAt }) => sentAt >= cutAt);
    expect((lost?.at ?? Number.NaN) - cutAt).toBeLessThan(10_000); // at once, on a machine that does nothing else
    expect((pulled?.sentAt ?? Number.NaN) - (lost?.at ?? Number.NaN)).toBeLessThan(5_000);
    expect(bot.state.engine.view.position(table.id)).toBeUndefined(); // unknown is not zero
    await table.until("the second refusal", () => refused.hits === 4);
    clearInterval(watch);
    expect(Math.min(...attempts.slice(0, 2)), "first attempts").toBeGreaterThan(750); // 1 s, less 20 % at most
    expect(Math.min(...attempts.slice(2)), "second attempts").toBeGreaterThan(750 + 1_550);
    expect(table.sent()).toHaveLength(sent);

    const back = table.requests.length;
    await table.until("quotes again", () => table.open().length === 4);
    expect(Date.now() - cutAt).toBeGreaterThan(5_500); // 1 + 2 + 4 s, each less 20 % at most
    const first = table.requests.findIndex((each, at) => at >= back && each.method === "POST");
    const asked = table.requests.slice(back, first);
    for (const path of ["/api/v1/orders", "/api/v1/position", "/wapi/v1/history/fills"])
      expect(
        asked.some((each) => each.method === "GET" && each.path.startsWith(path) && each.status === 200),
        path,
      ).toBe(true);
    expect(bot.state.engine.view.position(table.id)).toBe(10);
    const { summary } = await bot.stop();
    expect(summary.fills).toBe(1); // and the ledgers are equal
  });

  it("S2.35 a stream that is silent is no reason to pull while REST says every 2 s that the book is the same", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { quiet: true });
    const bot = await table.start(flags);
    await quotes(table);
    const asked = table.requests.length;
    await table.pass(8_000); // the stale limit is 5 s
    const looks = () => table.requests.slice(asked).filter(({ path }) => path.startsWith("/api/v1/depth"));
    await table.until("three looks", () => looks().length >= 3);
    expect(table.open()).toHaveLength(4);
    expect(table.cancels()).toEqual([]);
    await bot.stop();
  });

  it("S2.35 a stream that is silent while REST does not answer is stale after 5 s: quotes are pulled, and come back with REST", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { quiet: true });
    const bot = await table.start(flags);
    await quotes(table);
    const deaf = table.sandbox.faults.request(
      { method: "GET", path: "/api/v1/depth" },
      { do: "answer", status: 503, text: "Service Unavailable" },
      Number.POSITIVE_INFINITY,
    );
    await table.until("a look in vain", () => deaf.hits > 0);
    await quotes(table);
    const sent = table.sent().length;
    await table.until("no quotes", () => table.open().length === 0);
    const heard = table.requests.findLast(({ path, status }) => path.startsWith("/api/v1/depth") && status === 200);
    const heardAt = heard?.answeredAt ?? Number.NaN;
    const pulled = table.cancels().find(({ sentAt }) => sentAt > heardAt);
    expect((pulled?.sentAt ?? Number.NaN) - heardAt).toBeGreaterThan(4_500); // 5 s, looked at once a second
    expect((pulled?.sentAt ?? Number.NaN) - heardAt).toBeLessThan(9_000);
    expect(table.sent()).toHaveLength(sent);
    deaf.cancel();
    await quotes(table);
    await bot.stop();
  });
});
