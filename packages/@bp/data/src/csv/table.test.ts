import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkText } from "../check/text.ts";
import { messagesOf, testFolder } from "../files.fixture.ts";
import { readTape } from "../read.ts";

const { file } = testFolder();
const t0 = 1_746_372_780_000;
const kline = (at: number, close = "95810.10") =>
  `${at},95800.00,95850.00,95790.00,${close},12.500,${at + 59_999},1197625.00,300,6.000,574800.00,0`;
const candle = ["open 958000 125", "swing1 958500 957900", "swing2 958500 957900", "close 958101 125"];

describe("readTape of candles", () => {
  const header =
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";

  it("reads what exchanges publish, with a header or without, in ms or µs", async () => {
    for (const lines of [
      [header, kline(t0), kline(t0 + 60_000)],
      [kline(t0), kline(t0 + 60_000)],
      [kline(t0 * 1_000), kline((t0 + 60_000) * 1_000)],
    ]) {
      const { tape, files } = await readTape([file("BTCUSDT-1m-2025-05.csv", lines)]);
      expect(messagesOf(tape).slice(0, 4)).toEqual(candle);
      expect(tape.at[0]).toBe(t0);
      expect(tape.instruments).toMatchObject([{ id: "backpack:BTC_USDT_PERP", tickSize: "0.1", lotSize: "0.1" }]);
      expect(files).toMatchObject([{ format: "candles of 1 min" }]);
    }
  });

  it("refuses a candle that begins between two others, instead of taking all of them for shorter ones", async () => {
    const times = Array.from({ length: 60 }, (_, minute) => t0 + minute * 60_000 + (minute === 30 ? 7_777 : 0));
    const path = file(
      "BTCUSDT-1m.csv",
      times.map((each) => kline(each)),
    );
    await expect(readTape([path])).rejects.toThrow(/line 31: its time, .*, is between two candles of 60 s/);
    const { files } = await readTape([path], { onBad: "count" });
    expect(files).toMatchObject([{ format: "candles of 1 min", bad: 1, gaps: 1 }]);
  });

  it("refuses two candles of one moment that are not the same", async () => {
    const path = file("BTCUSDT-1m.csv", [
      kline(t0),
      kline(t0 + 60_000),
      kline(t0 + 60_000, "95810.20"),
      kline(t0 + 120_000),
    ]);
    await expect(readTape([path])).rejects.toThrow(/line 3: a second candle of the same moment, with other values/);
  });

  it("refuses a table that is not in order of time, instead of leaving out most of it", async () => {
    const times = Array.from({ length: 60 }, (_, place) => t0 + ((place * 37) % 60) * 60_000);
    const path = file(
      "BTCUSDT-1m.csv",
      times.map((each) => kline(each)),
    );
    await expect(readTape([path])).rejects.toThrow(/line 3: \d+ rows are dated before one above them.*sort them/);
  });

  it("names missing candles, counts those that are there twice or go back", async () => {
    const times = [0, 60_000, 60_000, 0, 240_000].map((each) => kline(t0 + each));
    const { tape, files, warnings, report } = await readTape([file("BTCUSDT-1m.csv", times)]);
    expect(files).toMatchObject([{ duplicates: 1, backwards: 1, gaps: 1 }]);
    expect(warnings.join()).toMatch(/2 rows are missing in 1 places, the first after 2025-05-04T15:34:00\.000Z/);
    expect(report.markets).toMatchObject([{ candles: 3, missing: 2 }]);
    expect(tape.lacks.join()).toMatch(/candles are missing in 1 places/);
  });

  it("names a candle that cannot be, a time of another unit, and a line that is cut", async () => {
    const bad = [
      [kline(t0 + 60_000, "99999.00"), /line 2: no candle: open 95800, high 95850, low 95790, close 99999/],
      [kline(t0 + 60_000).replace("95850.00", "95780.00"), /line 2: no candle: open 95800, high 95780, low 95790/],
      [kline((t0 + 60_000) * 1_000), /line 2: a time in µs among times in ms/],
      [kline(t0 + 60_000).slice(0, 30), /line 2: 3 columns where there are 12/],
      [kline(t0 + 60_000).replace("95800.00", "NaN"), /line 2: a candle with a value that is no number/],
      [kline(t0 + 60_000).replace("95800.00", "9.58e4"), /line 2: a candle with a value that is no number/],
      [kline(17), /line 2: no moment in column 1: "17"/],
    ] as const;
    for (const [line, message] of bad) {
      const path = file("BTCUSDT-1m.csv", [kline(t0), line, kline(t0 + 120_000)]);
      await expect(readTape([path])).rejects.toThrow(message);
      const { files, report, warnings } = await readTape([path], { onBad: "count" });
      expect(files).toMatchObject([{ bad: 1 }]);
      expect(warnings.join()).toMatch(/1 line could not be read and was left out: line 2: /);
      expect(warnings.join()).toMatch(message);
      expect(report.markets).toMatchObject([{ candles: 2 }]);
    }
  });

  it("names a candle whose time leaps ahead of all around it", async () => {
    const times = [0, 60_000, 30 * 86_400_000, 120_000, 180_000];
    const path = file(
      "BTCUSDT-1m.csv",
      times.map((each) => kline(t0 + each)),
    );
    await expect(readTape([path])).rejects.toThrow(/line 3: its time, 2025-06-03T.*, is that of no line around it/);
    const { files, report } = await readTape([path], { onBad: "count" });
    expect(files).toMatchObject([{ bad: 1, backwards: 0, gaps: 0 }]);
    expect(report.markets).toMatchObject([{ candles: 4, missing: 0 }]);
  });

  it("takes the name that it is told, whatever the file's name says", async () => {
    const path = file("BTCUSDT-1m.csv", [kline(t0), kline(t0 + 60_000)]);
    const { tape } = await readTape([path], { as: [{ id: "backpack:BTC_USDC_PERP", tickSize: "0.01" }] });
    expect(tape.instruments).toMatchObject([{ id: "backpack:BTC_USDC_PERP", tickSize: "0.01" }]);
    await expect(readTape([path], { as: [{ id: "backpack:BTC_USDC_PERP", tickSize: "0.5" }] })).rejects.toThrow(
      /line 1: .*95810\.1.*0\.5; say the market's tick/,
    );
  });

  it("says what is true of a row that is alone, and of a table without any", async () => {
    const { files, report, tape } = await readTape([file("BTCUSDT-1h.csv", [kline(t0)])]);
    expect(files).toMatchObject([{ format: "one candle of unknown length" }]);
    expect(checkText(report)).toMatch(/BTC_USDT_PERP: 1 candle; /);
    expect(tape.lacks).toContain("nothing says how long a candle lasts: it is played as one of a minute");
    const off = [kline(t0, "1"), kline(t0 + 60_000, "2")];
    const other = file("BTCUSDT-funding.csv", ["ts_ms,funding_rate", `${t0},0.0001`]);
    const both = await readTape([file("BTCUSDT-1m.csv", off), other], { onBad: "count" });
    expect(both.files).toMatchObject([
      { format: "a table without a row that can be read", bad: 2 },
      { format: "one funding rate" },
    ]);
  });

  it("counts all lines of the file, also where one of the first is off the market's grid", async () => {
    const lines = [kline(t0, "95810.15"), kline(t0 + 60_000), kline(t0 + 120_000)];
    const as = [{ id: "backpack:BTC_USDC_PERP", tickSize: "0.1", lotSize: "0.1" } as const];
    const { files, report } = await readTape([file("BTCUSDT-1m.csv", lines)], { as, onBad: "count" });
    expect(files).toMatchObject([{ bad: 1, lines: 3 }]);
    expect(report.markets).toMatchObject([{ candles: 2 }]);
  });

  it("refuses two columns of a name that is read, however they are written, and no others", async () => {
    const row = `${t0},1,2,1,1.5,3,9`;
    for (const [head, name] of [
      ["ts_ms,open,high,low,close,volume,close", "close"],
      ["ts_ms,open,high,low,close,volume, Close", "close"],
      ["ts_ms,open,high,low,close,quantity,quantity", "quantity"],
    ] as const)
      await expect(readTape([file("BTCUSDT-1m.csv", [head, row])])).rejects.toThrow(
        `two columns named ${name}; which of them is meant is not known`,
      );
    for (const head of ["ts_ms,open,high,low,close,,", "ts_ms,open,high,low,close,note,note"]) {
      const { report } = await readTape([file("BTCUSDT-1m.csv", [head, row])]);
      expect(report.markets).toMatchObject([{ marks: 1 }]);
    }
  });

  it("wants to know the market where nothing tells it", async () => {
    const path = file("data.csv", [kline(t0), kline(t0 + 60_000)]);
    await expect(readTape([path])).rejects.toThrow(/neither it nor its name say of which market it is/);
    const { tape } = await readTape([path], { as: [{ id: "backpack:BTC_USDC_PERP" }] });
    expect(tape.instruments).toMatchObject([{ id: "backpack:BTC_USDC_PERP" }]);
  });
});

describe("readTape of trades", () => {
  const prints = ["bought 618003 6", "sold 618002 85"];

  it("reads what exchanges publish, with a header or without, in ms or µs", async () => {
    const tables: readonly (readonly string[])[] = [
      [
        "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
        `1,61800.30,0.006,1,1,${t0},false`,
        `2,61800.20,0.085,2,2,${t0 + 5},true`,
      ],
      [`1,61800.30,0.006,1,1,${t0},False,True`, `2,61800.20,0.085,2,2,${t0 + 5},True,True`],
      [`1,61800.30,0.006,1,1,${t0}000,false`, `2,61800.20,0.085,2,2,${t0 + 5}000,true`],
      [
        "id,price,qty,quote_qty,time,is_buyer_maker",
        `1,61800.3,0.006,370.8,${t0},false`,
        `2,61800.2,0.085,5253,${t0 + 5},true`,
      ],
      [`1,61800.3,0.006,370.8,${t0},False,True`, `2,61800.2,0.085,5253,${t0 + 5},True,True`],
      ["trade_ms,id,side,price,qty", `${t0},1,buy,61800.3,0.006`, `${t0 + 5},2,sell,61800.2,0.085`],
    ];
    for (const lines of tables) {
      const { tape } = await readTape([file("BTCUSDT-trades.csv", lines)]);
      expect(messagesOf(tape), lines[0]).toEqual(prints);
      expect([...tape.venueAt]).toEqual([t0, t0 + 5]);
      expect(tape.lacks.join()).toMatch(/prints alone/);
    }
  });

  it("keeps both times where the table has them", async () => {
    const lines = [
      "recv_us,event_ms,trade_ms,id,price,qty,buyer_is_maker",
      `${t0 + 7}500,${t0},${t0},1,61800.3,0.006,0`,
    ];
    const { tape } = await readTape([file("BTCUSDT.csv", lines)]);
    expect([tape.venueAt[0], tape.at[0]]).toEqual([t0, t0 + 7.5]);
  });

  it("counts trades that are there twice, or go back", async () => {
    const lines = [
      "trade_ms,id,side,price,qty",
      ...[5, 6, 6, 7].map((id) => `${t0 + id},${id},buy,1.5,2`),
      `${t0},8,buy,1.5,2`,
    ];
    const { tape, files } = await readTape([file("XRPUSDT.csv", lines)]);
    expect(tape.rows).toBe(3);
    expect(files).toMatchObject([{ duplicates: 1, backwards: 1 }]);
  });

  it("leaves out a block of trades of one moment that is there twice, and names an id of two trades", async () => {
    const block = [5, 6, 7].map((id) => `${t0},${id},buy,1.5,${id}`);
    const header = "trade_ms,id,side,price,qty";
    const { tape, files } = await readTape([
      file("XRPUSDT.csv", [header, ...block, ...block, `${t0 + 1},7,buy,1.5,7`]),
    ]);
    expect(tape.rows).toBe(3);
    expect(files).toMatchObject([{ duplicates: 4 }]);
    await expect(readTape([file("XRPUSDT.csv", [header, ...block, `${t0},5,buy,1.5,6`])])).rejects.toThrow(
      /line 5: a second trade of the id 5, with other values/,
    );
  });

  it("leaves out a funding rate that is there twice for one stamp, and names two that differ", async () => {
    const rates = (...more: readonly string[]) =>
      readTape([
        file("SOLUSDT-funding.csv", ["ts_ms,funding_rate", `${t0},0.0001`, `${t0 + 28_800_000},0.0002`, ...more]),
      ]);
    const { tape, files } = await rates(`${t0 + 28_800_003},0.0002`);
    expect(tape.rows).toBe(2);
    expect(files).toMatchObject([{ duplicates: 1 }]);
    await expect(rates(`${t0 + 28_800_003},-0.0002`)).rejects.toThrow(
      /line 4: a second funding rate of the same stamp, with another value/,
    );
  });

  it("names trades of another symbol, and those without a side", async () => {
    const header =
      "TimestampOfReceive,EventType,EventTime,TransactionTime,Symbol,TradeId,Price,Quantity,IsBuyerMarketMaker";
    const row = (symbol: string, side: string) => `${t0},trade,${t0},${t0},${symbol},1,0.23103,243.0,${side}`;
    await expect(readTape([file("t.csv", [header, row("TRXUSDT", "0"), row("BTCUSDT", "0")])])).rejects.toThrow(
      /line 3: a trade of BTCUSDT among trades of TRXUSDT/,
    );
    await expect(readTape([file("t.csv", [header, row("TRXUSDT", "maybe")])])).rejects.toThrow(
      /without a price, a size or a side/,
    );
  });
});

describe("readTape of funding rates and marks", () => {
  it("reads what exchanges publish", async () => {
    const lines = [
      "calc_time,funding_interval_hours,last_funding_rate",
      "1741276800001,8,0.00006818",
      "1741305600000,8,-6.12E-6",
    ];
    const { tape } = await readTape([file("BTCUSDT-fundingRate-2025-03.csv", lines)]);
    expect(messagesOf(tape)).toEqual(["funding 0.00006818 1741276800000", "funding -0.00000612 1741305600000"]);
    expect(tape.at[0]).toBe(1_741_276_740_000); // a minute before
    expect(tape.instruments).toMatchObject([{ fundingIntervalMs: 28_800_000 }]);
  });

  it("refuses what is no rate", async () => {
    const lines = ["ts_ms,funding_rate", "1741276800000,0.5"];
    await expect(readTape([file("BTCUSDT.csv", lines)])).rejects.toThrow(/line 2: no funding rate: 0\.5/);
  });

  it("takes candles without any volume as marks", async () => {
    const lines = [
      "ts_ms,open,high,low,close,volume",
      "1741276800000,90776.94,91023.10,87808.72,89887.9,0",
      "1741305600000,89887.9,91201.8,84640.9,88314.4,",
    ];
    const { tape } = await readTape([
      file("BTCUSDT.csv", lines),
      file("BTCUSDT-1m.csv", [kline(1_741_276_800_000), kline(1_741_276_860_000)]),
    ]);
    expect(messagesOf(tape).slice(0, 2)).toEqual(["mark 907769.4 907769.4", "open 958000 125"]);
  });

  it("takes candles for what the whole file is, whatever part of it is wanted", async () => {
    const silent = kline(t0).replace(",12.500,", ",0,");
    const path = file("BTCUSDT-1m.csv", [
      silent,
      silent.replace(String(t0), String(t0 + 60_000)),
      kline(t0 + 120_000),
      kline(t0 + 180_000),
    ]);
    for (const part of [{}, { to: t0 + 120_000 }, { from: t0 + 60_000, to: t0 + 120_000 }, { from: t0 + 120_000 }]) {
      const { files, report } = await readTape([path], part);
      expect(files).toMatchObject([{ format: "candles of 1 min" }]);
      expect(report.markets).toMatchObject([{ marks: 0 }]);
      expect(report.markets[0]?.candles).toBeGreaterThan(0);
    }
  });
});

describe("readTape of levels in a table", () => {
  const header =
    "TimestampOfReceive,Stream,EventType,EventTime,TransactionTime,Symbol,FirstUpdateId,FinalUpdateId,FinalUpdateIdInLastStream,IsAsk,Price,Quantity";
  const row = (at: number, u: number, pu: number, isAsk: number, price: string, size: string) =>
    `${t0 + at},trxusdt@depth,depthUpdate,${t0 + at - 2},${t0 + at - 3},TRXUSDT,${u - 1},${u},${pu},${isAsk},${price},${size}`;
  const rows = [
    row(0, 10, 5, 0, "0.23098", "17739.0"),
    row(0, 10, 5, 1, "0.23104", "14763.0"),
    row(100, 20, 10, 0, "0.23098", "0"),
    row(200, 30, 20, 0, "0.23097", "5"),
  ];

  it("makes one message of the rows of one update", async () => {
    const { tape, files } = await readTape([file("depth.csv", [header, ...rows])]);
    expect(messagesOf(tape)).toEqual(["reset 0 0, bid 23098 17739, ask 23104 14763", "bid 23098 0", "bid 23097 5"]);
    expect(tape.instruments).toMatchObject([{ id: "backpack:TRX_USDT_PERP" }]);
    expect([tape.venueAt[0], tape.at[0]]).toEqual([t0 - 3, t0]);
    expect(files).toMatchObject([{ gaps: 0 }]);
  });

  it("names the line where an update begins, not the one after it", async () => {
    const ids = row(200, 30, 20, 0, "0.23097", "5").replace(",29,30,", ",x,30,");
    const lines = [header, ...rows.slice(0, 3), ids, row(300, 40, 30, 0, "0.23096", "5"), ""];
    await expect(readTape([file("depth.csv", lines)])).rejects.toThrow(/line 5: a level without a moment or without/);
    expect((await readTape([file("depth.csv", lines)], { onBad: "count" })).files).toMatchObject([
      { bad: 1, lines: 7 },
    ]);
  });

  it("names a level that cannot be, or counts it, and begins anew where the grid is finer after a while", async () => {
    const off = [header, ...rows.slice(0, 2), row(100, 20, 10, 0, "0.230985", "5"), ...rows.slice(3)];
    const path = file("depth.csv", off);
    const as = [{ id: "backpack:TRX_USDT_PERP", tickSize: "0.00001", lotSize: "1" } as const];
    await expect(readTape([path], { as })).rejects.toThrow(/depth\.csv, line 4: TRXUSDT: .*do not hold it/);
    const counted = await readTape([path], { as, onBad: "count" });
    expect(counted.files).toMatchObject([{ bad: 1, gaps: 1, lines: 5 }]);
    expect(counted.tape.lacks).toContain("1 gaps: a book is lost there until the next snapshot");
    expect(messagesOf(counted.tape).slice(1)).toEqual(["lost 0 0", "reset 0 0, bid 23097 5"]);
    const none = file("depth.csv", off.with(3, row(100, 20, 10, 0, "0", "5")));
    await expect(readTape([none])).rejects.toThrow(/line 4: TRXUSDT: a level of 5 at 0/);
    const many = Array.from({ length: 2_100 }, (_, at) =>
      row(100 + at, 20 + at, at === 0 ? 10 : 19 + at, 0, at < 2_050 ? "0.23098" : "0.230985", String(1 + (at % 2))),
    );
    const { tape } = await readTape([file("depth.csv", [header, ...rows.slice(0, 2), ...many])]);
    expect(tape.instruments).toMatchObject([{ tickSize: "0.000001" }]);
  });

  it("plays nothing of an update whose end is cut, so that the next file shows the gap", async () => {
    const last = row(100, 20, 10, 1, "0.23104", "0");
    const text = [header, ...rows.slice(0, 3), last].join("\n");
    const a = file("a-depth.csv", Buffer.from(text.slice(0, -20)));
    const next = row(100, 30, 20, 0, "0.23097", "5").replace(",29,30,", ",21,30,");
    const b = file("b-depth.csv", [header, next]);
    const { tape, files, warnings } = await readTape([a, b]);
    expect(files).toMatchObject([
      { cut: true, bad: 0 },
      { gaps: 1, bad: 0 },
    ]);
    expect(messagesOf(tape).slice(1)).toEqual(["lost 0 0", "reset 0 0, bid 23097 5"]); // the ask that was removed is gone too
    expect(warnings.join()).toMatch(/its last update, from line 4 on, may be cut too and was left out/);
    const packed = gzipSync(text);
    const broken = await readTape([file("a-depth.csv.gz", packed.subarray(0, packed.length - 8))]);
    expect(messagesOf(broken.tape)).toEqual(["reset 0 0, bid 23098 17739, ask 23104 14763"]);
  });

  it("plays nothing of an update one row of which is only counted", async () => {
    const whole = row(100, 20, 10, 1, "0.23104", "0");
    for (const bad of [whole.slice(0, -20), whole.replace(/0$/, "x")]) {
      const lines = [
        header,
        ...rows.slice(0, 3),
        bad,
        row(200, 30, 20, 0, "0.23097", "5"),
        row(300, 40, 30, 0, "1", "5"),
      ];
      const { tape, files } = await readTape([file("depth.csv", lines)], { onBad: "count" });
      expect(files).toMatchObject([{ bad: 1, gaps: 1 }]);
      expect(messagesOf(tape)[1]).toBe("lost 0 0");
      expect(messagesOf(tape)).not.toContain("bid 23098 0");
    }
  });

  it("tells a gap, after which only what changes is known", async () => {
    const { tape, files } = await readTape([file("depth.csv", [header, ...rows.filter((_, at) => at !== 2)])]);
    expect(messagesOf(tape).slice(1)).toEqual(["lost 0 0", "reset 0 0, bid 23097 5"]);
    expect(files).toMatchObject([{ gaps: 1 }]);
  });
});
