// The watchdog's way into an account at Aster, against a server that answers as the venue does.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { millis } from "@bp/core";
import { Secret } from "@bp/signing";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import { asterDoor } from "./asterDoor.ts";
import type { CancelDoor } from "./cancelDoor.ts";
import { clear } from "./clear.ts";

type Finished = (undo: () => Promise<void>) => void;
type Asked = (what: string, symbol: string, response: ServerResponse) => void;

/** A door to a server that answers everything but the time by `asked`. */
async function doorTo(finished: Finished, asked: Asked): Promise<CancelDoor> {
  const server = createServer((request: IncomingMessage, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    if (path.endsWith("/time")) response.end(JSON.stringify({ serverTime: Date.now() }));
    else asked(`${request.method} ${path}`, new URLSearchParams(query).get("symbol") ?? "", response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has such an address
  const keys = { apiKey: "a".repeat(64), secret: Secret.of("b".repeat(64)) };
  const door = asterDoor({ id: "aster-futures", rest: `http://127.0.0.1:${port}`, proxy: {}, keys }, systemClock);
  finished(async () => {
    await door.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return door;
}

/** An order of run 7, number 5, as the venue lists it and confirms its cancel. */
const row = {
  orderId: 1,
  symbol: "SOLUSDT",
  status: "NEW",
  clientOrderId: `bp-${7 * 0x100_0000 + 5}`,
  price: "120.00",
  avgPrice: "0.00000",
  origQty: "1.00",
  executedQty: "0",
  cumQuote: "0",
  timeInForce: "GTC",
  type: "LIMIT",
  reduceOnly: false,
  closePosition: false,
  side: "BUY",
  positionSide: "BOTH",
  stopPrice: "0",
  workingType: "CONTRACT_PRICE",
  priceProtect: false,
  origType: "LIMIT",
  time: 1_700_000_000_000,
  updateTime: 1_700_000_000_000,
};

/** What is cleared: orders of run 7 in two markets, of which one is dead. */
const ofTwo = (door: CancelDoor) => ({
  door,
  known: () => ({ runs: [{ clientRun: 7 }], doubt: undefined }),
  symbols: { "aster-futures": ["DEADUSDT", "SOLUSDT"] },
  clock: systemClock,
  until: millis(systemClock.now() + 30_000),
});

describe("asterDoor", () => {
  it("does not wait because the bot has used up what the address may send: the venue's own word counts", async ({
    onTestFinished,
  }) => {
    const seen: string[] = [];
    const door = await doorTo(onTestFinished, (what, symbol, response) => {
      seen.push(`${what} ${symbol}`.trim());
      response.setHeader("x-mbx-used-weight-1m", "2399");
      response.end("[]");
    });
    for (let turn = 0; turn < 20; turn++) await door.openOrders(5_000, "SOLUSDT");
    expect(seen.filter((each) => each === "GET /fapi/v1/openOrders SOLUSDT")).toHaveLength(20);
    await door.openOrders(5_000);
    expect(seen.at(-1)).toBe("GET /fapi/v1/openOrders");
  });

  it("looks into each market by itself, and into all at once where they are many or not known", async ({
    onTestFinished,
  }) => {
    const door = await doorTo(onTestFinished, (_, __, response) => response.end("[]"));
    expect(door.lists(["SOLUSDT", "BTCUSDT"])).toEqual(["SOLUSDT", "BTCUSDT"]);
    expect(door.lists(Array.from({ length: 40 }, (_, at) => `M${at}USDT`))).toEqual([undefined]);
    expect(door.lists()).toEqual([undefined]);
  });

  it("a market that does not answer holds up no other", async ({ onTestFinished }) => {
    let isThere = true;
    const over = new AbortController();
    const door = await doorTo(onTestFinished, (what, symbol, response) => {
      if (symbol === "DEADUSDT") return; // never answered
      if (what.startsWith("DELETE")) {
        isThere = false;
        over.abort();
        response.end(JSON.stringify({ ...row, status: "CANCELED" }));
      } else response.end(JSON.stringify(isThere ? [row] : []));
    });
    await door.openOrders(60_000, "SOLUSDT"); // the way there is open
    const cleared = await clear({
      ...ofTwo(door),
      signal: over.signal,
      told: () => expect(isThere).toBe(false), // it was gone before there was any trouble
    });
    expect(isThere).toBe(false);
    expect(cleared).toMatchObject({ cancelled: 1, clean: false });
  });

  it("asks once, and leaves it to others to ask again", async ({ onTestFinished }) => {
    let asked = 0;
    const door = await doorTo(onTestFinished, () => {
      asked += 1; // and is never answered
    });
    await expect(door.openOrders(2_000, "SOLUSDT")).rejects.toThrow("no answer in 2000 ms");
    expect(asked).toBe(1);
  });

  it("finds what rests although a market is no more", async ({ onTestFinished }) => {
    let isThere = true;
    const door = await doorTo(onTestFinished, (what, symbol, response) => {
      if (symbol === "DEADUSDT") {
        response.statusCode = 400;
        response.end(JSON.stringify({ code: -1121, msg: "Invalid symbol." }));
      } else if (what.startsWith("DELETE")) {
        isThere = false;
        response.end(JSON.stringify({ ...row, status: "CANCELED" }));
      } else response.end(JSON.stringify(isThere ? [row] : []));
    });
    const cleared = await clear({
      ...ofTwo(door),
    });
    expect(cleared).toMatchObject({ cancelled: 1, clean: true, trouble: undefined });
  });
});
