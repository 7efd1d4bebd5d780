// The menu on real key strokes, over the sandbox of both venues.
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createAster } from "@aster/client";
import { createBackpack } from "@bp/client";
import { startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import { describe, expect, it, onTestFinished } from "vitest";
import { askOn } from "../src/menu/ask.ts";
import { asterDesk, backpackDesk, type Desk } from "../src/menu/desk.ts";
import type { Flags } from "../src/menu/form.ts";
import { runMenu } from "../src/menu/menu.ts";

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
    const deadline = Date.now() + 10_000;
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
  it("shows account and market of each venue", { timeout: 60_000 }, async () => {
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
