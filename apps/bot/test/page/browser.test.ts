// The page as a browser shows it: nothing fails, nothing is asked for, charts are drawn, switches switch, no name is executed.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Analysis } from "@bp/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, spawnBot } from "../process.ts";
import { chromium, openTab, type Tab } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-page-"));
const closing: (() => unknown)[] = [];
const bot = (...args: string[]): Promise<Ended> => spawnBot((end) => closing.push(end), args, { cwd: folder }).ended;
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const reason = chromium === undefined ? " (skipped: no chromium on PATH, nor in /usr/bin)" : "";

describe.skipIf(chromium === undefined)(`the page of a run in Chromium${reason}`, () => {
  let tab: Tab;

  beforeAll(async () => {
    await bot("start", "--memory", "--duration", "120", "--seed", "3");
    await bot("report", "last", "--html", "page.html");
    const { stdout } = await bot("report", "last", "--json", "--full");
    writeFileSync(join(folder, "hostile.json"), JSON.stringify(hostile(JSON.parse(stdout) as Analysis)));
    await bot("report", "hostile.json", "--html", "hostile.html");
    tab = await openTab(chromium ?? "");
  }, 180_000); // several processes, one after the other
  afterAll(async () => {
    await tab.close();
    for (const end of closing) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  const drawn = "[...document.querySelectorAll('[data-chart]')].filter((each) => each.clientWidth > 0)";
  const painted = `${drawn}.map((each) => { const canvas = each.querySelector('canvas'); if (canvas === null) return 0; const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); let count = 0; for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count++; return count; })`;
  const frames = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))";
  const background = "getComputedStyle(document.body).backgroundColor";

  it("draws every chart, without a complaint and without asking for anything", async () => {
    await tab.open(url("page.html"));
    await tab.value(frames);
    const counts = (await tab.value(painted)) as number[];
    expect(counts.length).toBeGreaterThanOrEqual(5);
    for (const count of counts) expect(count).toBeGreaterThan(500);
    expect(tab.complaints).toEqual([]);
    expect(tab.requests).toEqual([url("page.html")]);
  });

  it("switches the language of texts, charts and title, by keyboard too", async () => {
    const shown = "document.querySelector('#r0-split h2').innerText";
    expect(await tab.value(shown)).toBe("Where it came from");
    await tab.value("document.querySelector('#lang-en').focus()");
    for (const type of ["keyDown", "keyUp"])
      await tab.call("Input.dispatchKeyEvent", {
        type,
        key: "ArrowRight",
        code: "ArrowRight",
        windowsVirtualKeyCode: 39,
      });
    expect(await tab.value(shown)).toBe("盈虧來源");
    expect(
      await tab.value(
        "[document.documentElement.lang, document.title.endsWith('報告'), document.querySelector('.u-legend').innerText.includes('時間')]",
      ),
    ).toEqual(["zh-Hant", true, true]);
    await tab.value("document.querySelector('#lang-en').click()");
    expect(await tab.value(shown)).toBe("Where it came from");
  });

  it("follows the system's colours until a person chooses", async () => {
    const scheme = (value: string) =>
      tab.call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
    await scheme("light");
    const light = await tab.value(background);
    await scheme("dark");
    const dark = await tab.value(background);
    expect(dark).not.toBe(light);
    await tab.value("document.querySelector('#theme-light').click()");
    expect(await tab.value(background)).toBe(light);
    await scheme("light");
    await tab.value("document.querySelector('#theme-dark').click()");
    expect(await tab.value(background)).toBe(dark);
    await tab.value("document.querySelector('#theme-auto').click()");
  });

  it("zooms and moves by keys", async () => {
    const { x, y } = (await tab.value(
      "(() => { const chart = document.querySelector('[data-chart]'); chart.focus(); const { x, y } = chart.getBoundingClientRect(); return { x, y }; })()",
    )) as { x: number; y: number };
    expect([x, y].every(Number.isFinite)).toBe(true);
    const press = async (key: string) => {
      await tab.call("Input.dispatchKeyEvent", { type: "keyDown", key });
      await tab.value(frames);
    };
    await press("ArrowRight");
    expect(await tab.value("document.querySelector('[data-chart] .u-legend .u-value').innerText")).toMatch(
      /^\d{4}-\d\d-\d\d/,
    );
    expect(tab.complaints).toEqual([]);
    await press("+");
    await press("Escape");
    expect(tab.complaints).toEqual([]);
  });

  it.each([375, 1_280])("is no wider than a screen of %d pixels", async (width) => {
    await tab.call("Emulation.setDeviceMetricsOverride", {
      width,
      height: 800,
      deviceScaleFactor: 1,
      mobile: width < 500,
    });
    await tab.value(frames);
    expect(await tab.value("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  it("prints in light colours, charts and all", async () => {
    await tab.value("document.querySelector('#theme-dark').click()");
    const { data } = await tab.call("Page.printToPDF", { printBackground: true, preferCSSPageSize: true });
    expect(Buffer.from(String(data), "base64").subarray(0, 5).toString()).toBe("%PDF-");
    expect(await tab.value("document.documentElement.classList.contains('paper')")).toBe(false);
    expect(tab.complaints).toEqual([]);
  });

  it("shows its tables without JavaScript", async () => {
    await tab.call("Emulation.setScriptExecutionDisabled", { value: true });
    await tab.open(url("page.html"));
    await tab.call("Emulation.setScriptExecutionDisabled", { value: false });
    expect(
      await tab.value(
        "[document.querySelector('#r0-split table').innerText.includes('change of equity'), document.querySelector('#r0-figures').innerText.includes('Sharpe'), document.querySelectorAll('canvas').length]",
      ),
    ).toEqual([true, true, 0]);
  });

  it("executes no name of a strategy, a market, a slot or a run", async () => {
    await tab.open(url("hostile.html"));
    await tab.value(frames);
    expect(await tab.value("globalThis.hit")).toBeUndefined();
    expect(await tab.value("document.querySelectorAll('img, iframe, object, [onerror], [onload]').length")).toBe(0);
    expect(await tab.value("document.querySelector('h1').innerText")).toContain("<img src=x onerror=");
    await tab.value("document.querySelector('#lang-zh').click()");
    expect(await tab.value("globalThis.hit")).toBeUndefined();
    expect(tab.complaints).toEqual([]);
    expect(tab.requests.every((each) => each.startsWith("file://"))).toBe(true);
  });

  it("lets no script in that is not its own", async () => {
    await tab.open(url("page.html"));
    await tab.value(
      "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.invalid/x\" onerror=\"globalThis.hit = 1\">')",
    );
    await tab.value(
      "(() => { const script = document.createElement('script'); script.textContent = 'globalThis.hit = 2'; document.body.append(script); })()",
    );
    await tab.value(frames);
    expect(await tab.value("globalThis.hit")).toBeUndefined();
    expect(tab.complaints.join("\n")).toContain("Content Security Policy");
  });
});

/** Every name of an analysis as an attack. */
function hostile(analysis: Analysis): Analysis {
  const attack = `<img src=x onerror="globalThis.hit=1"></script><script>globalThis.hit=1</script>`;
  return {
    ...analysis,
    meta: {
      ...analysis.meta,
      run: attack,
      strategy: attack,
      markets: [attack],
      models: [attack],
      lacks: [attack],
      quote: attack,
      dataDigest: attack,
    },
    metrics: analysis.metrics.map((each) => ({ ...each, name: attack, key: attack, how: attack })),
    series: {
      ...analysis.series,
      markets: analysis.series.markets.map((each) => ({ ...each, market: attack, base: attack, quote: attack })),
    },
    tables: analysis.tables.map((table) => ({ ...table, rows: table.rows.map((row) => ({ ...row, key: attack })) })),
    trades: {
      ...analysis.trades,
      newest: analysis.trades.newest.map((each) => ({ ...each, slot: attack, market: attack })),
    },
  };
}
