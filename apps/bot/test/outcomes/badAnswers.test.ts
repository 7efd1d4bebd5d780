// A venue that answers with web pages, nothing, or somebody else's data, seen from the whole bot: quotes pulled, nothing invented,
// and on again once the answers are good.
import { describe, expect, it } from "vitest";
import { type Bot, layTable, type Table } from "../table.ts";
import { relayTo } from "./relay.ts";

const flags = { spread: "0.5", quantity: "0.1", maxOrders: 2, maxPosition: "5", positionThreshold: "5", interval: "1" };
const page = "<html><head><title>Just a moment</title></head><body></body></html>";
const always = Number.POSITIVE_INFINITY;
const lists = /^\/(api\/v1\/(orders|position|capital)|wapi\/v1\/history\/fills)$/;

const bad = [
  ["a web page", { do: "answer", status: 200, text: page }],
  ["an empty body", { do: "answer", status: 200, text: "" }],
  ["another schema", { do: "answer", status: 200, json: { result: "ok" } }],
  [
    "too many requests",
    {
      do: "answer",
      status: 429,
      json: { code: "TOO_MANY_REQUESTS", message: "Slow down" },
      headers: { "retry-after": "1" },
    },
  ],
] as const;

const quoted = (table: Table) => table.until("four quotes", () => table.open().length === 4, 90_000);
const told = (bot: Bot, type: string) => bot.events.filter((event) => event.type === type).length;

/** Nothing was told that the exchange does not know. */
function nothingInvented(table: Table, bot: Bot): void {
  expect(told(bot, "order.filled")).toBe(0);
  expect(bot.state.engine.view.position(table.id) ?? 0).toBe(0);
  expect(table.exchange.fills("alice")).toEqual([]);
  const numbers = table.sent().map(({ clientId }) => clientId);
  expect(new Set(numbers).size, "each number goes out once").toBe(numbers.length);
}

describe.concurrent("lists that cannot be read", () => {
  it.each(bad)("%s: after a lost connection nothing is quoted until they can be read", async (_, answer) => {
    await tried(async (finished) => {
      const table = await layTable(finished);
      const bot = await table.start(flags);
      await quoted(table);
      const broken = table.sandbox.faults.request({ method: "GET", path: lists }, answer, always);
      table.sandbox.faults.cutSockets();
      await table.until("no quotes", () => table.open().length === 0);
      const sent = table.sent().length;
      await table.pass(4_000);
      expect(table.open()).toEqual([]);
      expect(table.sent().length).toBe(sent);
      expect(broken.hits).toBeGreaterThan(0);
      nothingInvented(table, bot);
      broken.cancel();
      await quoted(table);
      expect(bot.state.engine.view.halted).toBeUndefined();
      await bot.stop();
    });
  });

  it.each(bad.slice(0, 2))(
    "%s: when a snapshot has not come for ten seconds the quotes are pulled, although the streams stand",
    async (_, answer) => {
      await tried(async (finished) => {
        const table = await layTable(finished);
        const bot = await table.start(flags, { windowMs: 500 });
        await quoted(table);
        const broken = table.sandbox.faults.request({ method: "GET", path: lists }, answer, always);
        table.sandbox.faults.request({ method: "DELETE" }, { do: "answer", status: 200, text: page }, 1); // a reason to ask
        table.setBook("150.09", "150.11"); // the quotes move
        await table.until(
          "lost",
          () => bot.events.some((event) => event.type === "link.lost" && event.stream === "account"),
          60_000,
        );
        await table.until("no quotes", () => table.open().length === 0);
        await table.pass(2_000);
        expect(table.open()).toEqual([]);
        nothingInvented(table, bot);
        broken.cancel();
        await quoted(table);
        await bot.stop();
      });
    },
  );
});

describe.concurrent("orders that are answered badly", () => {
  it.each(bad.slice(0, 3))("%s: no slot is filled twice, and quotes stand when it is over", async (_, answer) => {
    await tried(async (finished) => {
      const table = await layTable(finished);
      const orders = { method: "POST", path: "/api/v1/order" };
      const broken = table.sandbox.faults.request(orders, answer, always);
      const bot = await table.start(flags, { windowMs: 500 });
      await table.until("orders", () => broken.hits >= 4);
      await table.pass(4_000);
      expect(table.open()).toEqual([]);
      expect(told(bot, "order.accepted")).toBe(0);
      expect(told(bot, "order.doubted")).toBeGreaterThan(0);
      nothingInvented(table, bot);
      broken.cancel();
      await quoted(table);
      await bot.stop();
    });
  });

  it("done, and answered with a web page: each stands once and is found", async () => {
    await tried(async (finished) => {
      const table = await layTable(finished);
      table.sandbox.faults.request(
        { method: "POST", path: "/api/v1/order" },
        { do: "deny", status: 200, text: page },
        4,
      );
      const bot = await table.start(flags, { windowMs: 1_500 });
      await quoted(table);
      await table.pass(3_000);
      expect(table.open()).toHaveLength(4);
      expect(table.sent()).toHaveLength(4);
      expect(told(bot, "order.rejected")).toBe(0);
      await bot.stop();
    });
  });
});

describe.concurrent("streams that tell of others", () => {
  const update = (change: object) =>
    JSON.stringify({
      stream: "account.orderUpdate",
      data: {
        e: "orderFill",
        E: Date.now() * 1_000,
        s: "SOL_USDC_PERP",
        c: null,
        S: "Bid",
        o: "LIMIT",
        f: "GTC",
        q: "1.00",
        Q: "150.00",
        p: "150.00",
        X: "Filled",
        i: "777000111",
        t: 888_000_111,
        l: "1.00",
        z: "1.00",
        Z: "150.00",
        L: "150.00",
        m: true,
        n: "0.01",
        N: "USDC",
        V: "RejectTaker",
        T: Date.now() * 1_000,
        O: "USER",
        ...change,
      },
    });

  it("a fill in a market that nobody asked for, a frame that is none: dropped, quotes stay", async () => {
    await tried(async (finished) => {
      const table = await layTable(finished);
      const relay = await relayTo(table.ws, finished);
      const bot = await table.start(flags, { ws: relay.ws });
      await quoted(table);
      expect(relay.say(update({ s: "BTC_USDC_PERP" }))).toBeGreaterThan(0);
      relay.say(page);
      relay.say("");
      relay.say(update({ l: "not a number" }));
      await table.pass(2_000);
      expect(table.open()).toHaveLength(4);
      nothingInvented(table, bot);
      await bot.stop();
    });
  });

  it("a trade of another account in our market: halted, because no list bears it out", async () => {
    await tried(async (finished) => {
      const table = await layTable(finished);
      const relay = await relayTo(table.ws, finished);
      const bot = await table.start(flags, { ws: relay.ws });
      await quoted(table);
      relay.say(update({}));
      await table.until("halted", () => bot.state.engine.view.halted !== undefined);
      expect(bot.state.engine.view.halted).toContain("without a trade that we know of");
      await table.until("no quotes", () => table.open().length === 0);
      expect(bot.state.engine.view.position(table.id) ?? 0).toBe(0); // the venue's own word
      await bot.stop();
    });
  });
});

/** Runs with an undo list of its own: tests of one table run beside one another. */
async function tried(run: (finished: (undo: () => void | Promise<void>) => void) => Promise<void>): Promise<void> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    await run((each) => void undo.push(each));
  } finally {
    for (const each of undo.toReversed()) await each();
  }
}
