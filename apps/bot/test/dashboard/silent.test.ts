// What a page says of bots that are silent, gone or over, in real Chromium: never that they run.
import type { BotNow } from "dashboard/contract";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBrowse, firstFrame, forgetBot, newFolder, type OpenBot, openBot, openBrowser, openPage } from "./bot.ts";

const patience = { timeout: 180_000 };

/** What the header says of the state, and in which colour. */
const stateIn = (page: Page) => page.locator(".head .state");

describe.skipIf(!canBrowse)("a page whose bot does not answer (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let bot: OpenBot;
  beforeAll(async () => {
    [browser, bot] = await Promise.all([openBrowser(), openBot(["--no-watchdog"], 0, folder)]); // one would end it while it is frozen
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await bot?.stop();
    forgetBot({ folder });
  }, 600_000);

  it("takes colour and certainty from the header while the bot is frozen, and gives them back", async () => {
    const bots = (await bot.ask("bots")) as readonly BotNow[]; // its own answer
    const { pid = 0 } = bots.find(({ self }) => self) ?? {};
    const { page } = await openPage(browser, bot.url);
    await stateIn(page).getByText("● running").waitFor(patience);
    await page.getByText("no warnings").waitFor(patience);
    try {
      process.kill(pid, "SIGSTOP");
      await stateIn(page).getByText("last known: running").waitFor(patience);
      const head = page.locator(".head");
      const said = async () => ({
        state: await stateIn(page).getAttribute("class"),
        silences: await head.getByText("nothing comes").count(),
        warnings: await head.locator(".warnings").count(), // nobody knows whether there are none
        coloured: await head.locator(".good, .bad:not(.link)").count(),
        title: (await page.title()).slice(0, 2),
      });
      const quiet = { state: "state quiet", silences: 1, warnings: 0, coloured: 0, title: "⚠ " };
      await expect.poll(said, patience).toEqual(quiet); // its parts follow each other within a second
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await stateIn(page).getByText("● running").waitFor(patience);
    await expect.poll(() => stateIn(page).getAttribute("class"), patience).toBe("state good");
    await page.close();
  }, 600_000);

  it("counts how old the first figures are that it gets, and says so of what is held", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.getByText("no warnings").waitFor(patience);
    await page.route("**/stream", async (route) => {
      const frame = (await firstFrame(bot)).replace(/"position":\{"size":"[^"]*"/, '"position":{"size":"1.5"');
      await route.fulfill({
        contentType: "text/event-stream",
        body: `event: frame\ndata: ${frame}\n\nevent: age\ndata: 60000\n\n`,
      });
    });
    await page.reload();
    await page.getByText(/The last figures came 6\d s ago/).waitFor(patience);
    await stateIn(page).getByText("last known: running").waitFor(patience);
    expect(await page.getByText("no warnings").count()).toBe(0);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByText(/Held, last known: \S+ 1\.5 /).waitFor(patience);
    await page.close();
  }, 600_000);

  it("says of another bot that does not answer that it cannot be asked, and not that it warns of nothing", async () => {
    const other = await openBot(["--no-watchdog"], 0, folder);
    const { page } = await openPage(browser, bot.url);
    const bots = (await other.ask("bots")) as readonly BotNow[]; // its own answer
    const { pid = 0 } = bots.find(({ self }) => self) ?? {};
    try {
      process.kill(pid, "SIGSTOP");
      await page.evaluate(`location.hash = "#/bots/${other.id}"`);
      const banner = page.getByRole("alert");
      await banner.getByText("This bot cannot be asked.").waitFor(patience);
      expect(await banner.innerText()).toContain("“bot status”");
      const said = async () => [await page.locator(".warnings").count(), await page.getByText("One moment").count()];
      await expect.poll(said, patience).toEqual([0, 0]);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await page.locator(".pane-own.open").first().waitFor(patience);
    await page.getByText("no warnings").waitFor(patience);
    await page.close();
    await other.stop();
  }, 600_000);

  it("says of another bot, whose process it knows to be gone, that it is", async () => {
    const other = await openBot(["--no-watchdog"], 0, folder);
    const { page } = await openPage(browser, bot.url);
    await page.evaluate(`location.hash = "#/bots/${other.id}"`);
    await page.locator(".pane-own.open").first().waitFor(patience);
    await other.kill();
    const banner = page.getByRole("alert");
    await banner.getByText("Its process is gone.").waitFor(patience);
    expect(await banner.innerText()).not.toContain("may well trade on");
    await page.locator(".head .link").getByText("its process is gone").waitFor(patience);
    await stateIn(page).getByText("last known: running").waitFor(patience);
    await page.close();
  }, 600_000);

  it("says what is left to do when the bot that served it has ended, and lists nothing as running", async () => {
    const own = await openBot();
    const { page } = await openPage(browser, own.url);
    await page.locator(".pane-own.open").first().waitFor(patience);
    const [{ run = "" } = {}] = (await own.ask("bots")) as readonly BotNow[]; // its own answer
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("row").getByText("running").waitFor(patience);
    expect(await own.stop()).toBe(0);
    const said = page.getByRole("alert");
    await said.getByText("The run is over.").waitFor(patience);
    expect(await said.innerText()).toContain("“bot dashboard”");
    expect(await said.innerText()).toContain(`“bot report ${run}” shows the report of this one. (asked to stop)`);
    expect(await page.locator(".page").innerText()).not.toMatch(/running|goes on|does not answer/);
    expect(await stateIn(page).innerText()).toContain("ended");

    await page.getByRole("link", { name: "Bot", exact: true }).click(); // its last figures stay
    await page.locator(".pane").first().waitFor(patience);
    expect(await said.innerText()).toContain(`“bot report ${run}”`);
    await page.close();
    forgetBot(own);
  }, 600_000);

  it("promises no report of a run that kept no journal", async () => {
    const own = await openBot(["--disable-db"]);
    const { page } = await openPage(browser, own.url);
    await page.locator(".pane-own.open").first().waitFor(patience);
    expect(await own.stop()).toBe(0);
    const said = page.getByRole("alert");
    await said.getByText("It kept no journal").waitFor(patience);
    expect(await said.innerText()).not.toContain("bot report");
    await page.close();
    forgetBot(own);
  }, 600_000);
});
