// Several bots on one page: `bot dashboard`, which has none of its own, over two that trade, in real Chromium.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { BotNow } from "dashboard/contract";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canBrowse,
  forgetBot,
  newFolder,
  type OpenBot,
  type OpenDoor,
  openBot,
  openBrowser,
  openDashboard,
  openPage,
} from "./bot.ts";

const patience = { timeout: 180_000 };
const examples = join(import.meta.dirname, "../../../../examples/own");
const main = join(import.meta.dirname, "../../src/main.ts");

/** The line of a bot in the overview. */
const lineOf = (page: Page, { id }: OpenBot) => page.getByRole("row").filter({ hasText: id });

describe.skipIf(!canBrowse)("a page over all bots (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let door: OpenDoor;
  let maker: OpenBot;
  let grid: OpenBot;
  beforeAll(async () => {
    [browser, door] = await Promise.all([openBrowser(), openDashboard(folder)]);
    [maker, grid] = await Promise.all([
      openBot(["--speed", "3"], 0, folder),
      openBot([join(examples, "grid.yaml"), "--sandbox"], 0, folder),
    ]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([maker?.stop(), grid?.stop(), door?.stop()]);
    forgetBot({ folder });
  }, 600_000);

  it("has a line for each, opens each, and what is asked there reaches that one alone", async () => {
    const { page, complaints, hosts } = await openPage(browser, door.url);
    for (const bot of [maker, grid]) await lineOf(page, bot).getByText("running").waitFor(patience);
    expect(await lineOf(page, maker).innerText()).toMatch(/Sandbox[\s\S]*backpack:SOL_USDC_PERP/);
    expect(await lineOf(page, grid).innerText()).toContain("backpack:ETH_USDC");
    await page.getByText("2 ×").waitFor(patience); // what both make together

    await lineOf(page, maker).getByRole("link", { name: "maker" }).click();
    await page.getByRole("heading", { name: /SOL_USDC_PERP/, level: 1 }).waitFor(patience);
    await page.locator(".pane-own.open").first().waitFor(patience);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.locator(".head").getByText("paused").waitFor(patience);
    await expect.poll(() => page.locator(".pane-own.open").count(), patience).toBe(0);

    await page.getByRole("combobox", { name: "Bot" }).selectOption(grid.id);
    await page.getByRole("heading", { name: /ETH_USDC/, level: 1 }).waitFor(patience);
    await page.locator(".head").getByText("running").waitFor(patience);

    await page.getByRole("link", { name: "Overview" }).click();
    await lineOf(page, maker).getByText("paused").waitFor(patience);
    await lineOf(page, grid).getByText("running").waitFor(patience);
    await lineOf(page, maker).getByRole("link", { name: "maker" }).click();
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.locator(".pane-own.open").first().waitFor(patience);
    expect([...hosts]).toEqual([new URL(door.url).host]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 600_000);

  it("says what it cannot show: a bot that is none, and one that has gone", async () => {
    const gone = await openBot([], 0, folder);
    const { page } = await openPage(browser, door.url);
    await lineOf(page, gone).getByText("running").waitFor(patience);
    await lineOf(page, gone).getByRole("link", { name: "maker" }).click();
    await page.locator(".pane-own").first().waitFor(patience);
    expect(await gone.stop()).toBe(0);
    await page.getByText("The run is over.").waitFor(patience);
    await page.getByRole("link", { name: "Overview" }).click();
    await expect.poll(() => lineOf(page, gone).count(), patience).toBe(0);
    await page.evaluate("location.hash = '#/bots/no-such-bot'");
    await page.getByText("This bot cannot be asked.").waitFor(patience);
    await page.close();
  }, 600_000);

  it("asks before a grave act, by keys too: Escape leaves all as it was, and a question goes with its bot", async () => {
    const { page, complaints } = await openPage(browser, door.url);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") asked.push(`${request.method()} ${request.url()}`);
    });
    const question = page.getByRole("dialog");
    const goTo = async ({ id }: OpenBot, market: RegExp) => {
      await page.evaluate(`location.hash = "#/bots/${id}"`);
      await page.getByRole("heading", { name: market, level: 1 }).waitFor(patience);
      await page.locator(".head").getByText("running").waitFor(patience);
    };
    const focused = () => page.evaluate("document.activeElement?.textContent");

    await goTo(maker, /SOL_USDC_PERP/);
    await page.getByRole("link", { name: "Log", exact: true }).focus();
    await page.keyboard.press("k");
    await question.getByText("maker · Sandbox").waitFor(patience);
    await question.getByRole("textbox").fill("KIL"); // one letter too few
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached", ...patience });
    await expect.poll(focused, patience).toBe("Log");

    await page.getByRole("button", { name: "Stop", exact: true }).focus();
    await page.keyboard.press("Enter");
    await question.getByText("Stop this run?").waitFor(patience);
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached", ...patience });
    await expect.poll(focused, patience).toBe("Stop");

    await page.keyboard.press("k");
    await question.getByText("maker · Sandbox").waitFor(patience);
    await goTo(grid, /ETH_USDC/); // as with the browser's own back
    await expect.poll(() => question.count(), patience).toBe(0);
    await page.keyboard.press("k");
    await question.getByText("grid · Sandbox").waitFor(patience);
    await page.keyboard.press("Escape");
    await goTo(maker, /SOL_USDC_PERP/);
    await expect.poll(() => question.count(), patience).toBe(0);
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 600_000);

  it("says of one that is silent or gone that it is, in its own line; and of all when the door itself is gone", async () => {
    const own = await openDashboard(folder);
    const mute = await openBot(["--no-watchdog"], 0, folder);
    const { pid = 0 } = ((await own.ask("bots")) as readonly BotNow[]).find(({ id }) => id === mute.id) ?? {};
    const { page } = await openPage(browser, own.url);
    const isWell = async () => {
      await lineOf(page, maker).getByText("running").waitFor(patience);
      const said = async () => [
        await page.locator(".banner").count(),
        await page.evaluate("document.documentElement.className"),
      ];
      await expect.poll(said, patience).toEqual([0, ""]); // a moment of silence is said too
    };
    try {
      await lineOf(page, mute).getByText("running").waitFor(patience);
      process.kill(pid, "SIGSTOP");
      await lineOf(page, mute).getByText("alive, but it cannot be asked").waitFor(patience);
      expect(await lineOf(page, mute).getByRole("link").count()).toBe(0); // there is nothing to open
      await isWell();
      process.kill(pid, "SIGCONT");
      await lineOf(page, mute).getByText("running").waitFor(patience);
    } finally {
      await mute.kill();
    }
    await lineOf(page, mute).getByText("its process is gone").waitFor(patience);
    await lineOf(page, mute)
      .getByRole("rowheader", { name: /^maker/ })
      .waitFor(patience);
    await isWell();

    await own.kill();
    await page.getByRole("alert").getByText("What you see is old.").waitFor(patience);
    await page.locator(".is-stale").waitFor(patience);
    await lineOf(page, maker).getByText("running").waitFor(patience); // what was known stays in sight
    await page.close();
  }, 600_000);

  it("opens the report of a run that is over, with the net that the overview and `bot report` have", async () => {
    const own = await openBot(["--speed", "5"], 0, folder);
    const { page } = await openPage(browser, door.url);
    const fills = async () => {
      const bots = (await door.ask("bots")) as readonly BotNow[]; // its own answer
      return bots.find(({ id }) => id === own.id)?.brief?.fills ?? 0;
    };
    await expect.poll(fills, patience).toBeGreaterThan(2);
    const { run = "" } = ((await door.ask("bots")) as readonly BotNow[]).find(({ id }) => id === own.id) ?? {};
    await own.stop();

    const line = page.getByRole("row").filter({ hasText: run });
    await line.getByText(/\d (s|min)$/).waitFor(patience); // how long it lasted: it is over
    const shown = (await line.getByRole("cell").nth(2).innerText()).replace("−", "-");
    const { session } = JSON.parse(reportOf(folder, run)) as { session: { profit: { net: string } } };
    const net = Number(session.profit.net);
    expect(net).not.toBe(0);
    expect(shown).toMatch(/ USDC$/);
    expect(Number.parseFloat(shown)).toBeCloseTo(net, 3);

    const opened = page.waitForEvent("popup", patience);
    await line.getByRole("button", { name: "Open" }).click();
    const report = await opened;
    await report.getByText(`${run} sandbox`).first().waitFor(patience);
    const sum = report.getByText("the parts add up to the change of equity, to the last digit");
    await sum.filter({ visible: true }).first().waitFor(patience);
    const change = report.locator("tfoot tr", { hasText: "change of equity" }).filter({ visible: true }).first();
    expect(Number(await change.locator("td").last().innerText(patience))).toBe(net);
    expect(await report.evaluate("opener")).toBe(null);
    await page.close();
  }, 600_000);
});

/** What the command line says of a run. */
function reportOf(cwd: string, run: string): string {
  const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
  return execFileSync(process.execPath, [...flags, main, "report", run, "--json"], { cwd, encoding: "utf8" });
}
