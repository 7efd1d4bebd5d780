// Starting and stopping, speed, recordings, limits, faults.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { instrument, isBpError, lastOfMessage, lots, millis, type Tape, tapeRow, ticks } from "@bp/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asterKeys } from "./aster/accounts.ts";
import { testKeys } from "./backpack/accounts.ts";
import { createStage, get, play, sample, spot } from "./backpack/trial.fixture.ts";
import { listenTo, settled } from "./ear.fixture.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

describe("testKeys", () => {
  it("are the same for ever", () => {
    expect(testKeys("alice")).toMatchInlineSnapshot(`
      {
        "apiKey": "lWd93/2mntF8WZ1eXjmzROAwqIbap2WsvK1WTu7pIXQ=",
        "name": "alice",
        "secret": "mUcDy2ezRM/9X+BLnw0CebU0Lcibs5FtjqBl0AndjoI=",
      }
    `);
    expect(testKeys("bob").apiKey).not.toBe(testKeys("alice").apiKey);
  });
});

describe("startSandbox", () => {
  it("takes a free port of its own, with a generated market that has traded already", async () => {
    sandbox = await startSandbox({ seed: 3 });
    expect(sandbox.rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.accounts.map(({ name }) => name)).toEqual(["alice", "bob", "carol"]);
    const { json } = await get(sandbox, "/api/v1/trades?symbol=SOL_USDC_PERP");
    expect(json.length).toBeGreaterThan(0);
    expect(Math.abs(json[0].timestamp - Date.now())).toBeLessThan(60_000);
    expect((await get(sandbox, "/api/v1/markets")).json).toHaveLength(6);
  });

  it("says clearly that a port is in use", async () => {
    sandbox = await startSandbox({ market: createStage().source });
    const port = Number(new URL(sandbox.rest).port);
    const error: unknown = await startSandbox({ port, market: createStage().source }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isBpError(error, "config/conflict")).toBe(true);
    expect(String(error)).toContain(`port ${port} on 127.0.0.1 is in use`);
  });

  it("refuses options that cannot be", async () => {
    for (const options of [{ speed: 0 }, { speed: Number.NaN }, { port: 70_000 }, { seed: 0.5 }])
      await expect(startSandbox(options)).rejects.toThrow(/expected/);
  });

  it("lets exchange time pass at its speed, and tells wall time all the same", async () => {
    ({ sandbox } = await play({ speed: 60 }));
    const [v0, w0] = [sandbox.exchange.now(), Date.now()];
    const { exchange } = sandbox;
    // of a while that is long beside the moments in which the machine does something else
    const keepsPace = () => {
      const [passed, wall] = [exchange.now() - v0, Date.now() - w0];
      return wall > 300 && passed / wall > 30 && passed / wall < 70;
    };
    await expect.poll(keepsPace).toBe(true);
    const [mark] = (await get(sandbox, "/api/v1/markPrices")).json;
    expect(mark.nextFundingTimestamp - Date.now()).toBeLessThan(61_000); // an hour of the exchange is a minute here
    const perp = (await get(sandbox, "/api/v1/market?symbol=SOL_USDC_PERP")).json;
    expect(perp.fundingInterval).toBe(3_600_000); // of the market: its rate is one of an hour at any speed
    const depth = (await get(sandbox, "/api/v1/depth?symbol=SOL_USDC")).json;
    expect(depth.timestamp / 1000).toBeGreaterThan(w0 - 10_000);
    expect(depth.timestamp / 1000).toBeLessThan(Date.now() + 2000);
  });

  it("runs as fast as it can and stays responsive", async () => {
    const exchangeAt = await startSandbox({ seed: 3, speed: "max" });
    sandbox = exchangeAt;
    const { exchange } = exchangeAt;
    const [before, from] = [exchange.now(), Date.now()];
    const pace = () => (exchange.now() - before) / Math.max(100, Date.now() - from);
    await expect.poll(pace).toBeGreaterThan(5);
    const asking: number[] = [];
    const ask = async () => {
      const asked = performance.now();
      const { json } = await get(exchangeAt, "/api/v1/trades?symbol=SOL_USDC&limit=1");
      asking.push(performance.now() - asked);
      return json[0];
    };
    for (let turn = 0; turn < 4; turn++) await ask();
    const trade = await ask();
    expect(Math.min(...asking)).toBeLessThan(2_000); // of a busy machine's the quickest
    expect(trade.timestamp).toBeGreaterThan(from - 10_000);
    expect(trade.timestamp).toBeLessThan(Date.now() + 2000);
  });

  it("says goodbye to sockets when it closes and frees the port", async () => {
    const played = await play();
    const ear = await listenTo(played.sandbox.ws);
    const port = Number(new URL(played.sandbox.rest).port);
    await played.sandbox.close();
    expect(await ear.closed).toBe(1001);
    sandbox = await startSandbox({ port, market: createStage().source });
    expect(sandbox.rest).toContain(String(port));
  });

  it("takes accounts of one's own", async () => {
    sandbox = await startSandbox({
      market: createStage().source,
      accounts: [{ name: "dora", balances: { USDC: "12.5" }, leverage: 3 }],
    });
    expect(sandbox.accounts).toEqual([testKeys("dora")]);
    expect(sandbox.ledger().accounts["dora"]).toMatchObject({
      balances: [{ asset: "USDC", free: "12.5" }],
      fills: [],
      equity: "12.5",
    });
    const ledger = sandbox.ledger();
    expect(JSON.parse(JSON.stringify(ledger))).toEqual(ledger);
  });
});

describe("recordings", () => {
  const folder = mkdtempSync(join(tmpdir(), "bp-sandbox-"));
  const write = (name: string, content: string | Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const t0 = 1_723_161_254_206_652;
  const depth = (at: number, id: number, side: "a" | "b", price: string, size: string) =>
    `{"t":${t0 + at},"d":{"data":{"E":${t0 + at},"T":${t0 + at},"U":${id},"a":${side === "a" ? `[["${price}","${size}"]]` : "[]"},"b":${side === "b" ? `[["${price}","${size}"]]` : "[]"},"e":"depth","s":"BTC_USDC","u":${id}},"stream":"depth.BTC_USDC"}}`;
  const head = `{"t":${t0},"rest":"/api/v1/depth?symbol=BTC_USDC&limit=1000","d":{"asks":[["61837.64","1.54698"],["61838","2"]],"bids":[["61830","1"],["61837.63","3.2"]],"lastUpdateId":"4330000000","timestamp":${t0}}}`;
  const lines = [
    head,
    ...Array.from({ length: 200 }, (_, at) => depth(1000 * (at + 1), 4_330_000_001 + at, "a", "61840", `${at + 1}.5`)),
  ];

  it("play from plain and packed files", async () => {
    for (const file of [
      write("a.l2.ndjson", `${lines.join("\n")}\n`),
      write("a.l2.ndjson.gz", gzipSync(lines.join("\n"))),
    ]) {
      const box = await startSandbox({ market: file });
      await vi.waitFor(() => expect(box.ended).toBe(true), { timeout: 60_000 });
      const book = (await get(box, "/api/v1/depth?symbol=BTC_USDC")).json;
      await box.close();
      expect(book.asks).toEqual([
        ["61837.64", "1.54698"],
        ["61838", "2"],
        ["61840", "200.5"],
      ]);
      expect(book.bids.at(-1)).toEqual(["61837.63", "3.2"]);
      expect(box.problem).toBeUndefined();
    }
  });

  it("that are cut play up to the cut and say so", async () => {
    const packed = gzipSync(lines.join("\n"));
    sandbox = await startSandbox({
      market: write("cut.l2.ndjson.gz", packed.subarray(0, packed.length - 9)),
      speed: 10,
    });
    await vi.waitFor(() => expect(sandbox?.ended).toBe(true), { timeout: 60_000 });
    expect(isBpError(sandbox.problem, "sim/bad-recording")).toBe(true);
    expect((await get(sandbox, "/api/v1/depth?symbol=BTC_USDC")).json.bids.at(-1)).toEqual(["61837.63", "3.2"]);
  });

  it("show their first book as soon as the doors are open, and end", async () => {
    sandbox = await startSandbox({ market: write("first.l2.ndjson", `${lines.join("\n")}\n`), speed: 0.1 });
    expect(sandbox.exchange.book("backpack:BTC_USDC", 1).bids).toEqual([[6_183_763, 320_000]]);
    expect(sandbox.ended).toBe(false);
    expect(sandbox.warnings).toEqual(["no prints of backpack:BTC_USDC: queues move by levels alone"]);
    await vi.waitFor(() => expect(sandbox?.ended).toBe(true), { timeout: 60_000 });
  });

  it("with a pause of a day play to their end at full speed", async () => {
    const late = depth(86_000_000_000, 4_330_000_201, "b", "61837.63", "0.5");
    sandbox = await startSandbox({
      market: write("pause.l2.ndjson", `${[...lines, late].join("\n")}\n`),
      speed: "max",
    });
    await vi.waitFor(() => expect(sandbox?.ended).toBe(true), { timeout: 60_000 });
    expect(sandbox.exchange.book("backpack:BTC_USDC", 1).bids).toEqual([[6_183_763, 50_000]]);
  });

  it("with a gap have no book on the wire until the next snapshot, and ids that do not follow on", async () => {
    const gone = lines.toSpliced(50, 50); // 50 ms are missing
    const again = head.replace(/"t":\d+/, `"t":${t0 + 400_000}`).replace("4330000000", "4330000200");
    const after = depth(500_000, 4_330_000_201, "b", "61837.63", "0.7");
    const file = write("gap.l2.ndjson", `${[...gone, again, after].join("\n")}\n`);
    sandbox = await startSandbox({ market: file, speed: 0.1 });
    expect(sandbox.warnings).toContain("1 gaps: a book is lost there until the next snapshot");
    const ear = await listenTo(sandbox.ws);
    ear.subscribe("depth.BTC_USDC");
    const book = async (box = sandbox) =>
      box === undefined ? undefined : (await get(box, "/api/v1/depth?symbol=BTC_USDC")).json;
    await vi.waitFor(async () => expect(await book()).toMatchObject({ asks: [], bids: [] }), { timeout: 60_000 });
    await vi.waitFor(async () => expect((await book()).bids).toContainEqual(["61837.63", "0.7"]), { timeout: 60_000 });
    const ids = ear.frames.map(({ data }) => [data.U, data.u]);
    const jumps = ids.filter(([first], at) => at > 0 && first !== (ids[at - 1]?.[1] ?? 0) + 1);
    expect(jumps).toHaveLength(1);
    expect((await book()).asks).toEqual([
      ["61837.64", "1.54698"],
      ["61838", "2"],
    ]);
  });

  it("that do not exist, are empty, or are something else are refused at the start", async () => {
    const codes = [];
    for (const file of [
      join(folder, "none.ndjson"),
      write("empty.ndjson", ""),
      write("other.ndjson", "hello\nworld\n"),
      write("no.ndjson.gz", "not gzip"),
    ])
      codes.push(
        await startSandbox({ market: file }).then(
          () => "started",
          (error: unknown) => (isBpError(error) ? error.code : error),
        ),
      );
    expect(codes).toEqual(["config/unreadable", "sim/bad-recording", "sim/bad-recording", "sim/bad-recording"]);
  });
});

describe("a tape", () => {
  const btc = instrument({
    id: "backpack:BTC_USDC",
    kind: "spot",
    base: "BTC",
    quote: "USDC",
    tickSize: "0.01",
    lotSize: "0.00001",
  });
  // a book, and a print ten hours later, recorded long ago
  const rows: readonly (readonly [kind: number, at: number, a: number, b: number])[] = [
    [tapeRow.reset, 0, 0, 0],
    [tapeRow.bid, 0, 6_000_000, 300_000],
    [tapeRow.ask | lastOfMessage, 0, 6_000_100, 200_000],
    [tapeRow.sold | lastOfMessage, 36_000_000, 6_000_000, 301_000],
    [tapeRow.ask | lastOfMessage, 36_000_500, 6_000_100, 100_000],
  ];
  const moments = Float64Array.from(rows, ([, at]) => 1_700_000_000_000 + at);
  const tape: Tape = {
    instruments: [btc],
    rows: rows.length,
    kinds: Uint8Array.from(rows, ([kind]) => kind),
    markets: new Uint8Array(rows.length),
    venueAt: moments,
    at: moments,
    a: Float64Array.from(rows, ([, , a]) => a),
    b: Float64Array.from(rows, ([, , , b]) => b),
    digest: "",
    lacks: [],
  };

  it("plays from the sandbox's start, our orders in its queues, and ends", async () => {
    sandbox = await startSandbox({ tape, speed: 9_000, accounts: [{ name: "dora", balances: { USDC: "1000000" } }] });
    expect((await get(sandbox, "/api/v1/depth?symbol=BTC_USDC")).json.bids).toEqual([["60000", "3"]]);
    sandbox.exchange.place("dora", {
      instrument: btc.id,
      side: "buy",
      type: "limit",
      price: ticks(6_000_000),
      size: lots(5_000),
      tif: "gtc",
      postOnly: true,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    });
    await vi.waitFor(() => expect(sandbox?.ended).toBe(true), { timeout: 60_000 });
    expect(sandbox.exchange.fills("dora")).toMatchObject([{ size: 1_000, liquidity: "maker" }]); // 300,000 were in front
    expect((await get(sandbox, "/api/v1/depth?symbol=BTC_USDC")).json.asks).toEqual([["60001", "1"]]);
  });

  it("is not played beside another market", async () => {
    await expect(startSandbox({ tape, market: "other.l2.ndjson" })).rejects.toThrow(/a tape and a market/);
  });
});

describe("limits", () => {
  it("answer 429 per account, and history has a smaller one", async () => {
    const { sandbox: box, alice, bob } = await play({ limits: { perMinute: 20, historyPerMinute: 3 } });
    sandbox = box;
    const statuses = [];
    for (let at = 0; at < 22; at++) statuses.push((await alice.call("GET", "/api/v1/capital", "balanceQuery")).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(await alice.call("GET", "/api/v1/capital", "balanceQuery")).toMatchObject({
      status: 429,
      json: sample("error-too-many-requests"),
    });
    expect((await bob.call("GET", "/api/v1/capital", "balanceQuery")).status).toBe(200);
    const rows = [];
    for (let at = 0; at < 4; at++) rows.push((await get(box, "/api/v1/trades/history?symbol=SOL_USDC")).status);
    expect(rows).toEqual([200, 200, 200, 429]);
    expect((await get(box, "/api/v1/status")).status).toBe(200);
  });
});

describe("faults", () => {
  const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "90", quantity: "1" };

  it("answer in the venue's stead, once or more often", async () => {
    ({ sandbox } = await play());
    const fault = sandbox.faults.request(
      { path: "/api/v1/status" },
      { do: "answer", status: 503, json: { code: "MAINTENANCE", message: "System under maintenance" } },
      2,
    );
    expect((await get(sandbox, "/api/v1/time")).status).toBe(200);
    expect([
      (await get(sandbox, "/api/v1/status")).status,
      (await get(sandbox, "/api/v1/status")).status,
      (await get(sandbox, "/api/v1/status")).status,
    ]).toEqual([503, 503, 200]);
    expect(fault.hits).toBe(2);
  });

  it("execute an order and lose the answer, or lose the order", async () => {
    const { sandbox: box, alice } = await play();
    sandbox = box;
    box.faults.request({ method: "POST", path: /order/ }, { do: "lose-answer" });
    await expect(alice.order({ ...order, clientId: 5 })).rejects.toThrow("fetch failed");
    expect(box.ledger().accounts["alice"]?.orders.map(({ clientId }) => clientId)).toEqual([5]);
    box.faults.request({ method: "POST" }, { do: "reset" });
    await expect(alice.order({ ...order, clientId: 6 })).rejects.toThrow("fetch failed");
    expect(box.ledger().accounts["alice"]?.orders).toHaveLength(1);
  });

  it("hang, delay, and swallow", async () => {
    const { sandbox: box, alice } = await play();
    sandbox = box;
    for (const fault of [{ do: "hang" }, { do: "swallow-answer" }] as const) {
      box.faults.request({ path: "/api/v1/time" }, fault);
      await expect(fetch(`${box.rest}/api/v1/time`, { signal: AbortSignal.timeout(80) })).rejects.toThrow("timeout");
    }
    box.faults.request({ path: "/api/v1/capital" }, { do: "delay", ms: 60 });
    const before = performance.now();
    expect((await alice.call("GET", "/api/v1/capital", "balanceQuery")).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  it("do not hide from a listener what the venue itself has said", async () => {
    ({ sandbox } = await play());
    const heard: unknown[] = [];
    const stop = sandbox.onAnswer(({ method, path, answer, fault }) =>
      heard.push([method, path, answer?.status, fault]),
    );
    sandbox.faults.request({ path: "/api/v1/time" }, { do: "deny", status: 503 });
    sandbox.faults.request({ path: "/api/v1/status" }, { do: "answer", status: 429 });
    expect((await get(sandbox, "/api/v1/time")).status).toBe(503);
    expect((await get(sandbox, "/api/v1/status")).status).toBe(429);
    expect((await get(sandbox, "/api/v1/nothing?a=1")).status).toBe(404);
    stop();
    await get(sandbox, "/api/v1/ping");
    expect(heard).toEqual([
      ["GET", "/api/v1/time", 200, "deny"],
      ["GET", "/api/v1/status", undefined, "answer"],
      ["GET", "/api/v1/nothing", 404, undefined],
    ]);
  });

  it("drop and double frames, cut and refuse sockets", async () => {
    const { sandbox: box, stage } = await play();
    sandbox = box;
    const ear = await listenTo(box.ws);
    ear.subscribe("depth.SOL_USDC");
    await settled(ear);
    const change = (size: number) => {
      stage.offer(spot.id, "buy", 9800, size);
      box.exchange.advance(millis(box.exchange.now()));
    };
    box.faults.frame(/^depth\./, "drop");
    box.faults.frame("depth.SOL_USDC", "twice");
    for (const size of [1, 2, 3]) change(size);
    await settled(ear);
    const ids = ear.frames.map((frame) => frame.data.u);
    expect(ids).toEqual([ids[0], ids[0], ids[0] + 1]);
    box.faults.refuseSockets(1);
    await expect(listenTo(box.ws)).rejects.toThrow("503");
    expect(box.faults.cutSockets()).toBe(1);
    expect(await ear.closed).toBe(1006);
    expect((await listenTo(box.ws)).socket.readyState).toBe(1);
  });
});

describe("cdn", () => {
  it("answers public data as stale as the venue's cache when asked to", async () => {
    const { sandbox: box, stage } = await play({ cdn: true });
    sandbox = box;
    const first = await get(box, "/api/v1/trades?symbol=SOL_USDC");
    stage.take(spot.id, "buy", 9897, 10);
    const second = await get(box, "/api/v1/trades?symbol=SOL_USDC");
    expect(second.json).toEqual(first.json);
    expect(second.headers.get("age")).toMatch(/^[0-4]$/);
    expect((await get(box, "/api/v1/depth?symbol=SOL_USDC")).json.asks[0]).toEqual(["98.97", "22.29"]);
  });
});

describe("the README", () => {
  it("prints the keys of the accounts", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    for (const name of ["alice", "bob", "carol"]) {
      const { apiKey, secret } = testKeys(name);
      expect(readme).toContain(apiKey);
      expect(readme).toContain(secret);
      const { hmac, agent } = asterKeys(name);
      for (const text of [...Object.values(hmac), ...Object.values(agent)]) expect(readme).toContain(text);
    }
  });
});
