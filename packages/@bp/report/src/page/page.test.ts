import { describe, expect, it } from "vitest";
import type { Analysis } from "../analysis/analysis.ts";
import { analysisFixture } from "./analysis.fixture.ts";
import { bytesOf, mostBytes } from "./bounds.ts";
import { reportPage } from "./page.ts";

const options = {
  chart: { script: "var uPlot = function () {};".padEnd(52_000, " "), style: ".uplot{}" },
  sha256: (text: string) => `hash-${text.length}`, // the real one is the caller's
  language: "en",
} as const;

const attacks = [
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "' onmouseover='alert(1)",
  "`alert(1)`",
  "\u202egnp.exe\u0007",
];

/** The same analysis with every text of it replaced. */
function renamed(analysis: Analysis, name: string): Analysis {
  const kept = new Set([
    "amount",
    "equityChange",
    "side",
    "by",
    "mode",
    "group",
    "unit",
    "key",
    "from",
    "residual",
    "period",
  ]);
  const walk = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return kept.has(key) || /^-?[\d.]+$/.test(value) ? value : name;
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, walk(each, inner)]));
  };
  return walk(analysis) as Analysis; // only texts have changed
}

/** What stands in a page outside of its own scripts, styles and data. */
const markupOf = (page: string) => page.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "");

describe("reportPage", () => {
  it("is one document with a policy that allows its own scripts and styles alone", () => {
    const page = reportPage(analysisFixture(), options);
    expect(page).toMatch(
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/,
    );
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-hash-\d+' 'sha256-hash-\d+'; style-src 'sha256-hash-\d+' 'sha256-hash-\d+'; base-uri 'none'; form-action 'none'$/,
    );
    expect(markupOf(page)).not.toMatch(/ style=| on\w+=|(src|href)="(?!#)|https?:/);
  });

  it("gives the same text for the same analysis", () => {
    expect(reportPage(analysisFixture(), options)).toBe(reportPage(analysisFixture(), options));
  });

  it.each(attacks)("shows the name %j as text", (attack) => {
    const harmless = reportPage(renamed(analysisFixture(), "name"), options);
    const page = reportPage(renamed(analysisFixture(), attack), options);
    const tags = (text: string) =>
      [...markupOf(text).matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
    expect(tags(page)).toEqual(tags(harmless)); // not one element or attribute more
    expect(page.match(/<\/script/g)?.length).toBe(harmless.match(/<\/script/g)?.length);
    expect(page).not.toContain("\u202e");
  });

  it("holds numbers that are none, and series that differ in length", () => {
    const good = analysisFixture();
    const page = reportPage(
      {
        ...good,
        metrics: good.metrics.map((each) => ({ ...each, value: Number.NaN })),
        series: { ...good.series, equity: { at: [1, 2, Number.NaN], value: [Number.POSITIVE_INFINITY, 2] } },
        profit: { ...good.profit, spread: "1e9" },
        meta: { ...good.meta, from: Number.NaN, to: 9e15, capital: { amount: "lots", from: "told" } },
      },
      options,
    );
    expect(markupOf(page)).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(page).toContain("THE PARTS DO NOT ADD UP");
  });

  it("shows a run that did nothing", () => {
    const { meta, profit, confidence } = analysisFixture();
    const none = { at: [], value: [] };
    const page = reportPage(
      {
        version: 1,
        meta: { ...meta, markets: [], models: [], lacks: [], strategy: null, seed: null, dataDigest: null },
        metrics: [],
        profit: { ...profit, selection: [] },
        series: {
          equity: none,
          drawdown: none,
          markets: [],
          rolling: { windowMs: 1, volatility: none, sharpe: none, sortino: none, beta: none },
        },
        markouts: [],
        days: [],
        months: [],
        years: [],
        tables: [],
        trades: { count: 0, newest: [], histogram: [] },
        drawdowns: [],
        funding: { venues: [], settlements: [] },
        hedge: null,
        confidence: { ...confidence, intervals: [], cone: null, deflatedSharpe: null },
      },
      options,
    );
    expect(page).toContain("nothing was named");
    expect(page).toMatch(/id="data">\[/);
  });

  it("stays below 1 MiB whatever there is to show", () => {
    const long = "界".repeat(300);
    const huge = analysisFixture({
      points: 20_000,
      rows: 5_000,
      markets: Array.from({ length: 60 }, (_, nth) => `backpack:${long}${nth}`),
      run: long,
    });
    const page = reportPage(
      { ...huge, meta: { ...huge.meta, lacks: Array.from({ length: 9_000 }, () => long) } },
      options,
    );
    expect(bytesOf(page)).toBeLessThanOrEqual(mostBytes);
    expect(page).toContain("more are not shown here");
    const twelve = reportPage(
      Array.from({ length: 12 }, (_, nth) => analysisFixture({ points: 4_000, rows: 200, seed: nth })),
      options,
    );
    expect(bytesOf(twelve)).toBeLessThanOrEqual(mostBytes);
  });

  it("refuses none and too many runs", () => {
    expect(() => reportPage([], options)).toThrow(RangeError);
    expect(() =>
      reportPage(
        Array.from({ length: 13 }, () => analysisFixture()),
        options,
      ),
    ).toThrow("1 to 12");
  });

  it("refuses a chart script that would end its own element", () => {
    const bad = { ...options, chart: { script: "a</SCRIPT>", style: "" } };
    expect(() => reportPage(analysisFixture(), bad)).toThrow(RangeError);
  });

  it("says what a result leaves out before any figure of it is drawn, and that it is simulated", () => {
    const page = reportPage(analysisFixture(), options);
    expect(page.indexOf("our orders move no market")).toBeLessThan(page.indexOf("data-chart="));
    expect(page).toContain("no order was at a real exchange");
    const { meta, ...rest } = analysisFixture();
    expect(reportPage({ ...rest, meta: { ...meta, mode: "live" } }, options)).not.toContain(
      "no order was at a real exchange",
    );
  });

  it("has every word in both languages, and starts in the one that is asked for", () => {
    const page = markupOf(reportPage(analysisFixture(), { ...options, language: "zh" }));
    expect(page.match(/<span lang="en">/g)?.length).toBe(page.match(/<span lang="zh-Hant">/g)?.length);
    expect(page).toContain('<html lang="zh-Hant">');
    expect(page).toMatch(/id="lang-zh"[^>]* checked/);
    expect(page).toContain("盈虧來源");
  });

  it("names figures with what they are made of, and digest, seed and trials", () => {
    const page = markupOf(reportPage(analysisFixture(), options));
    for (const each of [
      "2190 periods a year, risk-free rate 0",
      "ab".repeat(32),
      "queue: prints",
      "configurations tried",
    ])
      expect(page).toContain(each);
  });
});
