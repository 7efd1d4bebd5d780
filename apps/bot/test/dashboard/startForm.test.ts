// A bot that is started from a page, as a person fills in the form: real Chromium, real bots on the sandbox.
import type { BotNow } from "dashboard/contract";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { canBrowse, forgetBot, newFolder, type OpenDoor, openBrowser, openDashboard, openPage } from "./bot.ts";

const patience = { timeout: 180_000 };

describe.skipIf(!canBrowse)("the form that starts a bot (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let door: OpenDoor;
  const bots = async () => (await door.ask("bots")) as readonly BotNow[]; // its own answer
  beforeAll(async () => {
    [browser, door] = await Promise.all([openBrowser(), openDashboard(folder)]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    for (const { pid } of await bots()) process.kill(pid, "SIGINT"); // processes of their own
    await vi.waitUntil(async () => (await bots()).length === 0, { ...patience, interval: 200 });
    await door?.stop();
    forgetBot({ folder });
  }, 600_000);

  it("says beside a field what is wrong with it, and starts nothing", async () => {
    const { page, complaints } = await openPage(browser, door.url);
    await page.getByText("No bot of yours runs on this machine.", { exact: false }).waitFor(patience);
    await page.getByRole("link", { name: "Start", exact: true }).click();
    const field = (name: string) => page.locator(".field").filter({ has: page.getByLabel(name, { exact: true }) });
    const plan = page.getByRole("button", { name: "Show the plan" });
    await page.getByLabel("spreadPct", { exact: true }).fill("a lot", patience);
    await field("spreadPct").getByText("A number is needed, as 0.25.").waitFor(patience);
    await page.getByLabel("maxOrders", { exact: true }).fill("2.5");
    await field("maxOrders").getByText("A whole number is needed.").waitFor(patience);
    await page.getByLabel("maxOrders", { exact: true }).fill("1000");
    await field("maxOrders").getByText("At most 100.").waitFor(patience);
    await page.getByLabel("instrument", { exact: true }).fill("");
    await field("instrument").getByText("This is needed.").waitFor(patience);
    await page.getByLabel("Name", { exact: true }).fill("../evil");
    expect(await page.getByLabel("Name", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    expect(await plan.isDisabled()).toBe(true);

    // what only the bot and its venue can know
    await page.getByLabel("Name", { exact: true }).fill("mine");
    await page.getByLabel("maxOrders", { exact: true }).fill("3");
    await page.getByLabel("instrument", { exact: true }).fill("backpack:NOTHING_USDC_PERP");
    await page.getByLabel("spreadPct", { exact: true }).fill("-3");
    await plan.click();
    await field("spreadPct").getByText('"-3" must be above 0').waitFor(patience);
    await page.getByLabel("spreadPct", { exact: true }).fill("0.3");
    await plan.click();
    await field("instrument").getByText('backpack has no market "NOTHING_USDC_PERP"').waitFor(patience);
    expect(await page.getByRole("button", { name: "Start it" }).count()).toBe(0);
    expect(await bots()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 600_000);

  it("starts one that quotes, is in the overview by its name, and whose run can be read when it is over", async () => {
    const { page } = await openPage(browser, door.url);
    await page.getByRole("link", { name: "Start", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("tight-one", patience);
    await page.getByLabel("spreadPct", { exact: true }).fill("0.08");
    await page.getByLabel("maxOrders", { exact: true }).fill("2");
    await page.getByRole("button", { name: "Show the plan" }).click();
    await page.getByText(/buy +0\.50 @ [\d.]+ .*post-only/).waitFor(patience);
    await page.getByRole("button", { name: "Start it" }).click();
    await page.getByText(/It runs: process \d+\./).waitFor(patience);
    await page.getByRole("link", { name: "Open it" }).click();
    await page.getByRole("heading", { name: /tight-one/, level: 1 }).waitFor(patience);
    await expect.poll(() => page.locator(".pane-own.open").count(), patience).toBe(4); // two a side, as the form said

    await page.getByRole("link", { name: "Overview" }).click();
    const line = page
      .getByRole("table")
      .first()
      .getByRole("row", { name: /tight-one/ });
    await line.getByText("running").waitFor(patience);
    await line.getByRole("link", { name: "tight-one" }).click();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop", exact: true }).click();
    await expect.poll(bots, patience).toEqual([]);

    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByText("No bot of yours runs on this machine.", { exact: false }).waitFor(patience);
    const run = page.getByRole("row", { name: /tight-one/ });
    await run.getByRole("cell", { name: /\d (s|min)$/ }).waitFor(patience); // how long it lasted
    const opened = page.waitForEvent("popup", patience);
    await run.getByRole("button", { name: "Open" }).click();
    await (await opened)
      .getByRole("heading", { name: /sandbox/ })
      .first()
      .waitFor(patience);
    await page.close();
  }, 600_000);
});
