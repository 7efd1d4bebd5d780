// What a page says of what bots say, of what cannot be learnt, and while nobody sees it, in real Chromium.
import type { BotNow, Frame, Kills } from "dashboard/contract";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canBrowse,
  firstFrame,
  forgetBot,
  newFolder,
  type OpenBot,
  type OpenDoor,
  openBot,
  openBrowser,
  openDashboard,
  openPage,
} from "./bot.ts";

const patience = { timeout: 60_000 };

const lost = { english: "lost 5 since the start, limit 4", chinese: "自开始亏损 5，上限 4" };
const silent = { english: "silent for 5000 ms", chinese: "5000 毫秒无消息" };

const aBot: BotNow = {
  id: "zulu", // no part of any hexadecimal name
  self: false,
  role: "bot",
  pid: 1,
  place: "sandbox",
  alive: true,
  started: 1,
  beatAt: 1,
  accounts: [],
  reachable: true,
  brief: {
    state: "halted",
    why: lost.english,
    strategy: "maker",
    markets: [],
    quote: "USDC",
    net: "0",
    volume: "0",
    fills: 0,
    maxDrawdown: "0",
    warnings: [{ level: "alert", say: `the account of backpack is not heard: ${silent.english}` }],
  },
};
const aKill: Kills = { kills: [{ account: "live/ab12", venue: "backpack", by: "a file made by hand", at: 0 }] };

const speakChinese = (page: Page) =>
  page.getByRole("combobox", { name: /Language/i }).selectOption({ label: "简体中文" });

/** As if another tab were before it, or not any more. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate(`{
    Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }`);

describe.skipIf(!canBrowse)("what a page tells (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let bot: OpenBot;
  let all: OpenDoor;
  beforeAll(async () => {
    [browser, bot, all] = await Promise.all([openBrowser(), openBot([], 0, folder), openDashboard(folder)]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([bot?.stop(), all?.stop()]);
    forgetBot({ folder });
  }, 180_000);

  it("says in Chinese what bots and marks say in the overview, also where the table of it came late", async () => {
    const { page } = await openPage(browser, all.url);
    let asked = 0;
    await page.route("**/chinese*.json", (route) => {
      asked += 1;
      return asked === 1 ? route.fulfill({ status: 404, json: { error: "there is no such file" } }) : route.continue();
    });
    await page.route("**/api/bots", (route) => route.fulfill({ json: [aBot] }));
    await page.route("**/api/kills", (route) => route.fulfill({ json: aKill }));
    await speakChinese(page);
    const row = page.getByRole("row").filter({ hasText: aBot.id });
    await row.getByText(lost.chinese).waitFor(patience);
    expect(asked).toBe(2);
    expect(await row.locator(`[title="${lost.chinese}"]`).count()).toBe(1);
    expect(await row.innerText()).toContain(`backpack 的账户已断开：${silent.chinese}`);
    await page.getByText("由 “手工创建的文件” 触发").waitFor(patience);
    await page.close();
  });

  it("says in Chinese why a run has halted and a link is down", async () => {
    const { page } = await openPage(browser, all.url);
    const { run, accounts, ...rest } = JSON.parse(await firstFrame(bot)) as Frame; // its own answer
    const frame: Frame = {
      ...rest,
      run: { ...run, state: "halted", why: lost.english },
      accounts: accounts.map((account) => ({
        ...account,
        market: { ...account.market, state: "down", why: silent.english },
      })),
    };
    await page.route("**/stream", (route) =>
      route.fulfill({ contentType: "text/event-stream", body: `event: frame\ndata: ${JSON.stringify(frame)}\n\n` }),
    );
    await speakChinese(page);
    await page.evaluate(`location.hash = "#/bots/${bot.id}"`);
    await page.locator(".pane-links").getByText(silent.chinese).first().waitFor(patience);
    expect(await page.locator(".head .state").getAttribute("title", patience)).toBe(lost.chinese);
    await page.close();
  });

  it("says that it does not know which accounts are killed, for as long as nobody can tell", async () => {
    const { page } = await openPage(browser, all.url);
    const unknown = page.getByText("Which accounts are killed is not known.");
    await page.getByRole("row").filter({ hasText: bot.id }).first().waitFor(patience);
    expect(await unknown.count()).toBe(0);
    await page.route("**/api/kills", (route) => route.fulfill({ status: 500, json: { error: "this answer failed" } }));
    await unknown.waitFor(patience);
    await page.getByRole("alert").getByText("this answer failed").waitFor(patience);
    await page.unroute("**/api/kills");
    await expect.poll(() => unknown.count(), patience).toBe(0);
    await page.close();
  });

  it("has no result in its title while its tab is hidden", async () => {
    const { page } = await openPage(browser, bot.url);
    await expect.poll(() => page.title(), patience).toMatch(/\d USDC · maker/);
    await hide(page, true);
    await expect.poll(() => page.title(), patience).toMatch(/^maker\S* · \S+$/);
    await hide(page, false);
    await expect.poll(() => page.title(), patience).toMatch(/^[^⚠]*\d USDC · maker/);
    await page.close();
  });

  it("has no words corrected that are typed as they are: tokens, names, parameters, the word that kills", async () => {
    const isLeft = (page: Page, label: string) =>
      page.getByLabel(label, { exact: true }).first().getAttribute("spellcheck", patience);
    const gate = await openPage(browser, new URL(bot.url).origin);
    expect(await isLeft(gate.page, "Address or token")).toBe("false");
    await gate.page.close();

    const { page } = await openPage(browser, bot.url);
    await page.locator(".pane-own.open").first().waitFor(patience);
    await page.keyboard.press("k");
    expect(await page.getByRole("dialog").getByRole("textbox").getAttribute("spellcheck", patience)).toBe("false");
    await page.keyboard.press("Escape");
    await page.evaluate(`location.hash = "#/start"`);
    for (const label of ["Name", "spreadPct"]) expect(await isLeft(page, label)).toBe("false");
    await page.close();
  });
});
