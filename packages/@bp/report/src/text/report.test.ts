// What a person sees when a run ends, a line for each fill, and the files for programs.
import { Big } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, scene, spot } from "../scene.fixture.ts";
import { summaryOf } from "../summary.ts";
import { createTally } from "../tally.ts";
import { fillLine } from "./fillLine.ts";
import { finalText } from "./final.ts";
import { duration } from "./numbers.ts";
import { reportJson, reportText } from "./report.ts";

const zh = { language: "zh", paint: "plain" } as const;
const en = { language: "en", paint: "plain" } as const;

/** Five minutes: 0.2 bought, 0.15 sold, one order cancelled, one still resting. */
function fiveMinutes() {
  const log = scene();
  log.book("239.379", "239.447");
  log.now += 1_000;
  const bid = log.place("buy", "238.8", "0.2");
  const ask = log.place("sell", "239.996", "0.15");
  log.accept(bid);
  log.accept(ask);
  log.now += 147_250;
  log.fill(bid, "buy", "238.8", "0.2", { fee: "0.009552" });
  log.now += 120_000;
  log.fill(ask, "sell", "239.996", "0.15", { fee: "0.0071998800", liquidity: "taker" });
  const gone = log.place("buy", "238.9", "0.2");
  log.place("sell", "240.1", "0.2");
  log.event({ type: "order.cancelled", clientId: gone, venueOrderId: "v" });
  log.now += 31_750;
  log.book("239.3", "239.5");
  log.event({ type: "funding.paid", instrument: perp.id, amount: "-0.0012" as never, asset: "USDC" });
  return log;
}

function tallied(entries = fiveMinutes().entries) {
  const tally = createTally({ instruments: [perp] });
  const fills = entries.flatMap((each) => tally.entry(each));
  return { figures: tally.figures(), fills };
}

describe("finalText", () => {
  it("ends a run with its time, volume, profit, ratios and the position that stays", () => {
    expect(finalText(tallied().figures, zh, "r-1")).toBe(
      `
── 執行總結 ───────────────────────────────────── r-1  SOL_USDC_PERP  USDC ──
`.trim(),
    );
  });

  it("says the same in English", () => {
    expect(finalText(tallied().figures, en, "r-1")).toBe("");
  });

  it("shows every market where there are several", () => {
    const tally = createTally({ instruments: [perp, spot] });
    for (const each of fiveMinutes().entries) tally.entry(each);
    const text = finalText(tally.figures(), en);
    expect(text).toContain("SOL_USDC_PERP");
    expect(text).toContain("SOL_USDC ");
  });
});

describe("fillLine", () => {
  it("tells one fill in one line", () => {
    const lines = tallied().fills.map((each) => fillLine(each, zh));
    expect(lines.join("\n")).toBe("");
    expect(tallied().fills.map((each) => fillLine(each, en)).join("\n")).toBe("");
  });
});

describe("reportText", () => {
  it("adds causes and days to the final summary", () => {
    expect(reportText(tallied().figures, zh, "r-1").split("\n\n").slice(1).join("\n\n")).toBe("");
  });
});

describe("reportJson", () => {
  it("gives money as decimal text and unknown as null", () => {
    const json = JSON.parse(reportJson(tallied().figures, "r-1"));
    expect(json.run).toBe("r-1");
    expect(json.session.profit.fees).toBe("0.01675188");
    expect(json.session.sums.feesByAsset).toEqual({ USDC: "0.01675188" });
    expect(json.instruments[0].touch).toEqual({ bid: null, ask: null });
    expect(json.orders.placed).toBe(4);
  });
});

describe("summaryOf", () => {
  it("has the names that programs rely on, in their order", () => {
    const summary = summaryOf({ figures: tallied().figures, run: "r-1", seed: 7, commandsDigest: "ab" });
    expect(Object.keys(summary).slice(0, 15)).toEqual([
      "run",
      "seed",
      "seconds",
      "ordersPlaced",
      "ordersCancelled",
      "ordersRejected",
      "fills",
      "volumeQuote",
      "feesQuote",
      "grossQuote",
      "netQuote",
      "openOrdersAtExit",
      "positionAtExit",
      "unknownOrders",
      "commandsDigest",
    ]);
    expect(summary).toMatchObject({
      seed: 7,
      seconds: 300,
      ordersPlaced: 4,
      ordersCancelled: 1,
      ordersRejected: 0,
      fills: 2,
      volumeQuote: "83.7594",
      feesQuote: "0.01675188",
      grossQuote: "0.2094", // 0.15 × 1.196 taken, 0.05 × 0.6 open
      netQuote: "0.19144812",
      openOrdersAtExit: 1,
      positionAtExit: "0.05",
      unknownOrders: 0,
      commandsDigest: "ab",
    });
  });

  it("keeps its names where there is no seed, and names positions where there are several markets", () => {
    const figures = createTally({ instruments: [perp, spot] }).figures();
    const json = JSON.parse(JSON.stringify(summaryOf({ figures, run: "r", seed: undefined, commandsDigest: "" })));
    expect(json.seed).toBeNull();
    expect(json.positionAtExit).toEqual({ "backpack:SOL_USDC_PERP": "0", "backpack:SOL_USDC": "0" });
    expect(json.wearPercent).toBeNull();
  });

  it("writes small money without an exponent", () => {
    const log = scene();
    log.trade("buy", "0.001", "0.001", { fee: "0.0000000002" });
    const { figures } = tallied(log.entries);
    expect(summaryOf({ figures, run: "r", seed: 1, commandsDigest: "" }).feesQuote).toBe("0.0000000002");
    expect(new Big("0.0000000002").toString()).toContain("e"); // what would have been written otherwise
  });
});

describe("duration", () => {
  it("is hh:mm:ss, also beyond a day", () => {
    expect([0, 59.9, 3_599, 3_600, 360_000].map(duration)).toEqual(["00:00:00", "00:00:59", "00:59:59", "01:00:00", "100:00:00"]);
  });
});
