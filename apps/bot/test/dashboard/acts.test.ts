// What a page says before and after an act, in its own language, in real Chromium.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBrowse, forgetBot, type OpenBot, openBot, openBrowser, openPage } from "./bot.ts";

const patience = { timeout: 180_000 };

describe.skipIf(!canBrowse)("an act on the page (needs Chromium)", () => {
  let browser: Browser;
  let bot: OpenBot;
  beforeAll(async () => {
    [browser, bot] = await Promise.all([openBrowser(), openBot()]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await bot?.stop();
    if (bot !== undefined) forgetBot(bot);
  }, 600_000);

  it("is told in the language of the page alone", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.getByLabel("Language", { exact: true }).selectOption("zh-CN");
    await page.getByRole("button", { name: "暂停", exact: true }).click();
    const notice = page.locator(".notice p", { hasText: "暂停：已交给机器人。" }); // it goes by itself: found and read at once
    expect(await notice.innerText(patience)).not.toMatch(/[a-z]/i);
    await page.close();
  });

  it("promises no mark of a kill on a sandbox that ends with the bot, before and after", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.locator(".head .state").waitFor(patience);
    await page.keyboard.press("k");
    const sheet = page.getByRole("dialog", { name: /Kill/ });
    await sheet.getByText("its accounts end with the run").waitFor(patience);
    expect(await sheet.innerText()).not.toContain("bot resume");
    await sheet.getByRole("textbox").fill("KILL");
    await sheet.getByRole("textbox").press("Enter");
    const notice = page.locator(".notice p", { hasText: "its accounts end with the run" });
    expect(await notice.innerText(patience)).not.toContain("bot resume");
    expect(await bot.ended).toBe(3);
    await page.close();
  }, 600_000);
});
