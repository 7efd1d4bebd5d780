// The menu on real key strokes, over the sandbox of both venues.
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createAster } from "@aster/client";
import { createBackpack } from "@bp/client";
import { decimal, instrument, lots, millis, type News } from "@bp/core";
import { openJournal } from "@bp/journal";
import { startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import { describe, expect, it, onTestFinished } from "vitest";
import { askOn } from "../src/menu/ask.ts";
import { asterDesk, backpackDesk, type Desk } from "../src/menu/desk.ts";
import type { Flags } from "../src/menu/form.ts";
import { runMenu } from "../src/menu/menu.ts";
import { openDesk } from "../src/menu/open.ts";
import { statistics } from "../src/menu/statistics.ts";
import { layFolder, read } from "./files.ts";
import { runBot } from "./process.ts";

const down = "\u001b[B";
const enter = "\r";

/** A person at a terminal: types when the screen has shown what he waits for. */
function person() {
  const input = new PassThrough();
  const output = new PassThrough();
  Object.assign(output, { columns: 120, rows: 40, isTTY: true });
  let shown = "";
  let read = 0;
  output.on("data", (chunk: Buffer) => {
    shown += chunk.toString("utf8");
  });
  const sees = async (text: string) => {
    const deadline = Date.now() + 60_000;
    while (!shown.slice(read).includes(text)) {
      if (Date.now() > deadline) throw new Error(`not seen: ${text}\n${shown.slice(read)}`);
      await sleep(5);
    }
    read = shown.length;
    await sleep(20); // the prompt listens a moment after it is drawn
  };
  const types = (keys: string) => input.write(keys);
  return { input, output, sees, types, shown: () => shown };
}

async function desks(): Promise<readonly Desk[]> {
  const sandbox = await startSandbox({ seed: 1, speed: 5, aster: true });
  const [alice] = sandbox.accounts;
  const [other] = sandbox.aster?.accounts ?? [];
  if (alice === undefined || other === undefined || sandbox.aster === undefined) throw new Error("no accounts");
  const client = createBackpack({
    restUrl: sandbox.rest,
    wsUrl: sandbox.ws,
    proxy: {},
    key: { apiKey: alice.apiKey, secret: Secret.of(alice.secret) },
  });
  const { futures, spot } = sandbox.aster;
  const aster = createAster({
    key: { apiKey: other.hmac.key, secret: Secret.of(other.hmac.secret) },
    futures: { restUrl: futures.rest, wsUrl: futures.ws },
    spot: { restUrl: spot.rest, wsUrl: spot.ws },
    proxy: {},
  });
  onTestFinished(async () => {
    await client.close();
    await aster.close();
    await sandbox.close();
  });
  return [backpackDesk(client, () => Date.now() / 1_000), asterDesk(aster, "futures"), asterDesk(aster, "spot")];
}

const visit = (desk: Desk, lang: "en" | "zh", runs: Flags[]) => {
  const who = person();
  const lines: string[] = [];
  const over = runMenu({
    ask: askOn(who),
    desk,
    lang,
    show: (said) => {
      lines.push(...said);
      who.output.write(`${said.join("\n")}\n`);
    },
    database: false,
    run: async (flags) => void runs.push(flags),
    statistics: () => Promise.resolve(["statistics of all runs"]),
  });
  return { ...who, lines, over };
};

const choose = async (who: ReturnType<typeof visit>, item: number) => {
  for (let at = 1; at < item; at++) {
    who.types(down);
    await sleep(15);
  }
  who.types(enter);
};

describe("the menu", () => {
  it("shows account and market of each venue", { timeout: 180_000 }, async () => {
    for (const desk of await desks()) {
      const balances = await desk.balances();
      expect(balances.map(({ asset }) => asset)).toContain(desk.name === "Backpack" ? "USDC" : "USDT");
      const [symbol] = await desk.markets();
      expect(symbol).toBeDefined();
      const { bids, asks } = await desk.book(symbol ?? "", 10);
      expect(Number(bids[0]?.[0])).toBeLessThan(Number(asks[0]?.[0]));
      expect(Number(bids[0]?.[0])).toBeGreaterThan(Number(bids[1]?.[0]));
    }
  });

  it("S2.12 refuses a positive stop with an explanation, and starts the maker with what was typed", async () => {
    const [desk] = await desks();
    if (desk === undefined) throw new Error("no desk");
    const runs: Flags[] = [];
    const who = visit(desk, "en", runs);
    await who.sees("What next?");
    await choose(who, 5);
    await who.sees("Market, for example");
    who.types(`_PERP${enter}`); // behind SOL_USDC, which stands there
    for (const [question, answer] of [
      ["Spread in percent", ""],
      ["Size of each order", "0.5"],
      ["Orders a side", ""],
      ["Run time", ""],
      ["Refresh period", ""],
      ["Inventory that is tolerated", ""],
      ["Most that may be held", ""],
      ["Tolerance before", ""],
      ["Lean against", ""],
    ] as const) {
      await who.sees(question);
      who.types(`${answer}${enter}`);
    }
    await who.sees("Stop loss in quote");
    who.types(`25${enter}`);
    await who.sees("write it below 0");
    who.types(`\u007f\u007f-25${enter}`);
    await who.sees("Take profit");
    who.types(enter);
    await who.sees("What next?");
    await choose(who, 9); // quit: the tenth line, one of which is passed over
    await who.over;
    expect(runs).toEqual([
      {
        symbol: "SOL_USDC_PERP",
        marketType: "perp",
        spread: "0.5",
        quantity: "0.5",
        maxOrders: "3",
        duration: "3600",
        interval: "10",
        targetPosition: "0",
        maxPosition: "1",
        positionThreshold: "0.1",
        inventorySkew: "0",
        stopLoss: "-25",
        disableDb: true,
      },
    ]);
  });

  it("S2.40 simulates 1000 USDC at 300/700 with the bounds 450 and 150, in Chinese too", async () => {
    const [desk] = await desks();
    if (desk === undefined) throw new Error("no desk");
    const who = visit(desk, "zh", []);
    await who.sees("請選擇操作");
    await choose(who, 7); // item 8: 6 is disabled without a database and is passed over
    await who.sees("基礎資產目標百分比");
    who.types(enter);
    await who.sees("重平衡觸發閾值");
    who.types(enter);
    await who.sees("模擬");
    expect(who.lines).toContain("300 / 700");
    expect(who.lines).toContain("> 450, < 150");
    who.types("\u0003");
    await who.over;
  });
});

/** A proxy that writes down where it was asked to go. */
async function proxy(): Promise<{ readonly url: string; readonly targets: readonly string[] }> {
  const targets: string[] = [];
  const ends: Socket[] = [];
  const server = createServer().on("connect", (request, client) => {
    const target = request.url ?? "";
    targets.push(target);
    const [host, port] = target.split(":");
    const onward = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(client).pipe(onward);
    });
    ends.push(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const each of ends) each.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, targets }; // a TCP server has such an address
}

describe("the desk of a live account", () => {
  it.for(["aster-futures", "aster-spot"] as const)(
    "signs with the agent, at the address and by way of the proxy of the configuration: %s",
    async (venue) => {
      const sandbox = await startSandbox({ seed: 1, aster: true });
      onTestFinished(() => sandbox.close());
      const [alice] = sandbox.aster?.accounts ?? [];
      const site = venue === "aster-spot" ? sandbox.aster?.spot : sandbox.aster?.futures;
      if (alice === undefined || site === undefined) throw new Error("no account");
      const way = await proxy();
      const folder = layFolder();
      onTestFinished(() => folder.remove());
      const { user, signer, privateKey } = alice.agent;
      const account = { restUrl: site.rest, wsUrl: site.ws, proxy: way.url };
      const file = folder.file(
        "live.json",
        JSON.stringify({
          accounts: { [venue]: { ...account, agent: { user, signer, privateKey: { env: "MENU_TEST_AGENT" } } } },
          strategies: [{ use: "maker", params: { instrument: `${venue}:SOLUSDT`, spreadPct: "0.5", quantity: "0.1" } }],
        }),
      );
      process.env["MENU_TEST_AGENT"] = privateKey; // a secret is fetched where it is used
      onTestFinished(() => {
        delete process.env["MENU_TEST_AGENT"];
      });
      const desk = await openDesk(await read(file, { live: true }, { MENU_TEST_AGENT: privateKey }));
      onTestFinished(() => desk.close());
      const balances = await desk.balances();
      expect(balances.map(({ asset }) => asset)).toContain("USDT");
      expect(new Set(way.targets)).toEqual(new Set([new URL(site.rest).host]));
    },
  );
});

const perp = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.001",
  lotSize: "0.001",
});

/** A journal of one run that took over 1.5 SOL at 100, which are at 110 now. */
function journalOfOne(): string {
  const folder = layFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.file("place", ""), "../journal.sqlite");
  const store = openJournal(file);
  const at = millis(1_763_640_000_000);
  const journal = store.begin({
    id: "one",
    mode: "sandbox",
    key: "k",
    strategy: "maker",
    params: { strategies: [], limits: {}, existing: "adopt", graceMs: 60_000, askEveryMs: 60_000 },
    instruments: [perp],
    version: "0",
    seed: 1,
    clientRun: 1,
    started: at,
  });
  const snapshot: News = {
    type: "account.snapshot",
    venue: "backpack",
    asOf: at,
    orders: [],
    positions: [{ instrument: perp.id, size: lots(1_500), cost: decimal("150") }],
    balances: [],
    fills: [],
  };
  const mark: News = {
    type: "mark.changed",
    instrument: perp.id,
    mark: 110_000,
    index: 110_000,
    fundingRate: 0,
    fundingAt: at,
  };
  for (const [before, news] of [snapshot, mark].entries())
    journal.append({ dir: "in", event: { ...news, at, venueAt: at, seq: before + 1 } });
  store.close();
  return file;
}

describe("statistics of the menu", () => {
  it("are the figures of bot report: counted as the run's engine counts", async () => {
    const file = journalOfOne();
    const { stdout } = await runBot(onTestFinished, ["report", "last", "--json", "--journal", file]);
    const reported = JSON.parse(stdout) as { readonly instruments: readonly { readonly held: string }[] };
    expect(reported.instruments[0]?.held).toBe("1.5");
    const [text = ""] = statistics(file, { language: "en", paint: "plain" });
    expect(text).toMatch(/^.*one +SOL_USDC_PERP/);
    expect(text).toContain("+15.00"); // 1.5 at 100, now 110
  });

  it("speak the language of the menu", () => {
    const file = journalOfOne();
    const [en = "", zh = ""] = (["en", "zh"] as const).flatMap((language) =>
      statistics(file, { language, paint: "plain" }),
    );
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
  });

  it("say so where nothing has run yet", () => {
    const folder = layFolder();
    onTestFinished(() => folder.remove());
    const file = join(folder.file("place", ""), "../journal.sqlite");
    openJournal(file).close();
    expect(statistics(file, { language: "en", paint: "plain" })).toEqual(["no runs yet"]);
    expect(statistics(file, { language: "zh", paint: "plain" })).toEqual(["尚無運行記錄"]);
  });
});
