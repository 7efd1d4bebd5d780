// Other parameters over the whole way: asked for at the door of the real bot, seen at the venue, kept through a crash.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { type BotProcess, runBot, spawnBot } from "./process.ts";
import { layTable } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-change-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { apiKey, secret } = testKeys("alice");
const live = { env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret } };

/** Asks at the door that the bot has told of. */
async function atDoor(bot: BotProcess, path: string, body?: object) {
  await bot.says(/dashboard http\S+#\S+/);
  const [, url = "", token = ""] = /dashboard (http\S+?)\/?#(\S+)/.exec(`${bot.stdout}${bot.stderr}`) ?? [];
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${url}${path}`, { headers, ...sent });
  return { status: answer.status, body: await answer.json() };
}

describe("a live bot whose spread is changed", () => {
  it("quotes by it at once, and still does after a crash, and says so", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const journal = join(folder, "change.sqlite");
    const maker = ["--symbol", table.symbol, "--spread", "0.5", "--quantity", "0.1", "--max-orders", "1"];
    const way = ["--rest", table.rest, "--ws", table.ws, "--journal", journal, "--dashboard", "0"];
    const start = ["start", "--live", "--yes", ...maker, "--max-position", "5", "--position-threshold", "5", ...way];
    const quotes = (...prices: readonly string[]) =>
      table.until(`quotes at ${prices.join(" and ")}`, () =>
        prices.every((price) => table.open().length === 2 && table.open().some((each) => each.endsWith(`@ ${price}`))),
      );
    const first = spawnBot(onTestFinished, start, live);
    await quotes("149.62", "150.38"); // 0.25 % to each side of 150

    const bots = (await atDoor(first, "/api/bots")).body as readonly { readonly id: string }[];
    const path = `/api/bots/${bots[0]?.id}/params`;
    const ask = { strategy: "maker", values: { spreadPct: "1" } };
    const plan = (await atDoor(first, `${path}/plan`, ask)).body as { readonly digest: string };
    expect(plan).toMatchObject({
      values: [{ key: "spreadPct", from: "0.5", to: "1" }],
      cancel: [{ price: "149.62" }, { price: "150.38" }],
      place: [{ price: "149.25" }, { price: "150.75" }],
    });
    expect(table.open()).toHaveLength(2);
    expect((await atDoor(first, path, { ...ask, digest: plan.digest })).status).toBe(200);
    await quotes("149.25", "150.75");
    await first.says("parameters changed by the dashboard: maker: spreadPct 0.5 → 1");
    expect((await atDoor(first, path, { ...ask, digest: plan.digest })).status).toBe(409); // it is old by now
    first.child.kill("SIGKILL");
    await first.ended;

    const second = spawnBot(onTestFinished, start, live);
    await second.says(/\(resumed\)/);
    await second.says(/other than the run began with, changed by the dashboard at \S+: maker: spreadPct 0.5 → 1/);
    await second.says("account link.restored");
    await quotes("149.25", "150.75");
    table.take("sell", "0.1", "149.25");
    await table.until("a position", () => table.position() === "0.10");
    await quotes("149.25", "150.75");
    second.child.kill("SIGINT");
    expect((await second.ended).code).toBe(0);

    const told = await runBot(onTestFinished, ["report", "last", "--journal", journal]);
    expect(told.stdout).toMatch(/Z parameters changed by the dashboard: maker: spreadPct 0.5 → 1/);
    const replayed = await runBot(onTestFinished, ["replay", "last", "--json", "--journal", journal]);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
    const full = await runBot(onTestFinished, ["report", "last", "--full", "--journal", journal]);
    expect(full.code).toBe(0);
  });
});
