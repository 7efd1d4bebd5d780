// What a stranger does with the packages on Node, beside what portable.ts does: trade on the sandbox, keep a journal, read data. See pack-smoke.mjs.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asterFuturesVenue, createAster } from "@aster/client";
import { backpackVenue, createBackpack } from "@bp/client";
import { type Entry, type Instrument, isBpError, millis, priceText, ticks, toTicks } from "@bp/core";
import { openTape, readTape, writeTape } from "@bp/data";
import { commandsDigest, openJournal } from "@bp/journal";
import { startSandbox } from "@bp/sandbox";
import { canonical, ed25519Key, signedHeaders } from "@bp/signing";
import { connect, past, sign, torture, trade } from "./portable.js";

/** Signs a request by hand, and lets the sandbox check it; then one order through the client, from birth to death. */
async function order(): Promise<readonly Instrument[]> {
  const sandbox = await startSandbox({ seed: 7, speed: 20, aster: true });
  const [alice] = sandbox.accounts;
  assert(alice);
  const key = ed25519Key(alice.apiKey, alice.secret);
  const now = Date.now(); // one moment: signed and sent
  const headers = signedHeaders(key, canonical("orderQueryAll", { symbol: "SOL_USDC" }, now, 5_000), now, 5_000);
  const answer = await fetch(`${sandbox.rest}/api/v1/orders?symbol=SOL_USDC`, { headers: { ...headers } });
  assert.deepEqual([answer.status, await answer.json()], [200, []]);

  const client = createBackpack({ key: alice, restUrl: sandbox.rest, wsUrl: sandbox.ws });
  const symbol = "SOL_USDC_PERP";
  const instruments = await backpackVenue({ client }).instruments();
  const sol = instruments.find(({ id }) => id === `backpack:${symbol}`);
  assert(sol);
  const depth = await client.rest.markets.depth({ symbol, limit: 5 });
  const [best = ""] = depth.bids.at(-1) ?? [];
  const price = priceText(sol, ticks(Math.floor(toTicks(sol, best) * 0.9)));
  const placed = await client.rest.orders.place({
    symbol,
    side: "Bid",
    orderType: "Limit",
    price,
    quantity: "1.25",
    postOnly: true,
    clientId: 7,
  });
  assert.equal(placed.status, "New");
  const open = await client.rest.orders.open({ symbol });
  assert.deepEqual(
    open.map(({ id, clientId }) => [id, clientId]),
    [[placed.id, 7]],
  );
  assert.equal(sandbox.ledger().accounts["alice"]?.orders.length, 1);
  const cancelled = await client.rest.orders.cancel({ symbol, orderId: placed.id });
  assert.equal(cancelled.outcome, "cancelled");
  assert.deepEqual(await client.rest.orders.open({ symbol }), []);
  await assert.rejects(
    client.rest.orders.place({ symbol, side: "Bid", orderType: "Limit", price: "0.001", quantity: "1" }),
    (error) => isBpError(error, "venue/refused"),
  );

  let printed = "";
  for await (const trade of client.streams.trade(symbol).read({ signal: AbortSignal.timeout(20_000) })) {
    printed = trade.s;
    break;
  }
  assert.equal(printed, symbol);
  await client.close();
  await orderOnAster(sandbox);
  await sandbox.close();
  return instruments;
}

/** The same on Aster, with a new key and an old one. */
async function orderOnAster({ aster: venue }: Awaited<ReturnType<typeof startSandbox>>): Promise<void> {
  const [alice] = venue?.accounts ?? [];
  assert(venue && alice);
  const { futures, spot } = venue;
  for (const key of [alice.agent, { apiKey: alice.hmac.key, secret: alice.hmac.secret }]) {
    const aster = createAster({
      key,
      futures: { restUrl: futures.rest, wsUrl: futures.ws },
      spot: { restUrl: spot.rest, wsUrl: spot.ws },
    });
    const symbol = "SOLUSDT";
    const instruments = await asterFuturesVenue({ client: aster.futures }).instruments();
    const sol = instruments.find(({ id }) => id === `aster-futures:${symbol}`);
    assert(sol);
    const { bids } = await aster.futures.rest.market.depth({ symbol, limit: 5 });
    const price = priceText(sol, ticks(Math.floor(toTicks(sol, bids[0]?.[0] ?? "") * 0.95)));
    const { trade } = aster.futures.rest;
    const order = { symbol, side: "BUY", type: "LIMIT", timeInForce: "GTX", quantity: "1.25", price } as const;
    const placed = await trade.place({ ...order, newClientOrderId: `consumer-${Date.now()}` });
    assert.equal(placed.status, "NEW");
    assert.deepEqual(
      (await trade.openOrders({ symbol })).map(({ orderId }) => orderId),
      [placed.orderId],
    );
    assert.equal((await trade.cancel({ symbol, orderId: placed.orderId })).outcome, "cancelled");
    assert.deepEqual(await trade.openOrders({ symbol }), []);
    await aster.close();
  }
}

/** Writes a log into a file, and reads the same back. */
function keep(entries: readonly Entry[], instruments: readonly Instrument[]): void {
  const folder = mkdtempSync(join(tmpdir(), "bp-consumer-"));
  const store = openJournal(join(folder, "journal.sqlite"));
  const journal = store.begin({
    id: "run-1",
    mode: "paper",
    key: "consumer",
    strategy: "maker",
    params: {},
    instruments,
    version: "0",
    seed: 7,
    clientRun: store.nextClientRun(),
    started: millis(Date.now()),
  });
  const written = commandsDigest();
  for (const entry of entries) {
    journal.append(entry);
    if (entry.dir === "out") written.add(entry.command);
  }
  journal.commit();
  journal.close({ netQuote: "0" });
  const read = commandsDigest();
  let lines = 0;
  for (const { entry } of store.read("run-1")) {
    assert.deepEqual(entry, entries[lines++]);
    if (entry.dir === "out") read.add(entry.command);
  }
  assert.equal(lines, entries.length);
  assert.equal(read.hex(), written.hex());
  store.close();
  rmSync(folder, { recursive: true });
}

/** Reads candles, and opens the tape that they became. */
async function candles(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bp-consumer-"));
  const file = join(folder, "SOLUSDT-1m.csv");
  const at = Date.UTC(2025, 0, 1);
  writeFileSync(
    file,
    `ts_ms,open,high,low,close,volume\n${at},150,151,149.5,150.5,12.5\n${at + 60_000},150.5,151,150,151,7\n`,
  );
  const { tape, report } = await readTape([file]);
  assert.equal(tape.rows, 8);
  assert.equal(report.clean, true);
  writeTape(join(folder, "sol.tape"), tape);
  assert.equal(openTape(join(folder, "sol.tape")).digest, tape.digest);
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  sign();
  torture();
  past();
  await connect();
  keep(trade(), await order());
  await candles();
  console.log("consumer ok");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
