// Who has the token that may look and not act: sees everything, and can do nothing, in real Chromium over a real bot.
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
  openOwnDecision,
  openPage,
} from "./bot.ts";

const patience = { timeout: 180_000 };
const acts = ["Pause", "Stop", "Flatten", "Kill"];
const why = "This token may look and not act. Open the page with the operator's token.";

describe.skipIf(!canBrowse)("a viewer's page (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let bot: OpenBot;
  let all: OpenDoor;
  beforeAll(async () => {
    [browser, bot, all] = await Promise.all([
      openBrowser(),
      openBot(["--speed", "3"], 0, folder),
      openDashboard(folder),
    ]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([bot?.stop(), all?.stop()]);
    forgetBot({ folder });
  }, 600_000);

  /** Opens the bot with a viewer's token: through its own door, or through that of all bots. */
  const openAsViewer = async (through: string) => {
    const seen = await openPage(browser, through === "its own door" ? bot.viewerUrl : all.viewerUrl);
    if (through !== "its own door") await seen.page.getByRole("link", { name: "maker" }).click(patience);
    await seen.page.locator(".pane-own.open").first().waitFor(patience);
    return seen;
  };

  it.each(["its own door", "a door of all bots"])(
    "shows the whole bot and offers no act, through %s",
    async (through) => {
      const { page, complaints } = await openAsViewer(through);
      await page.getByText("maker/").first().waitFor(patience); // a fill
      await page.locator(".head").getByText("may look", { exact: false }).waitFor(patience);
      for (const act of acts)
        expect(await page.getByRole("button", { name: act, exact: true }).isDisabled()).toBe(true);
      expect(await page.getByRole("complementary", { name: "Tour" }).count()).toBe(0);
      for (const key of ["p", "k"]) await page.keyboard.press(key);
      expect(await page.getByRole("dialog").count()).toBe(0);

      await openOwnDecision(page);
      await page.keyboard.press("Escape");

      await page.getByRole("link", { name: "Parameters" }).click();
      await page.getByLabel("spreadPct", { exact: true }).fill("0.7", patience);
      expect(await page.getByRole("button", { name: "Show the plan" }).isDisabled()).toBe(true);
      await page.locator("main").getByText(why).waitFor(patience);
      await page.getByRole("link", { name: "Faults" }).click();
      await page.getByText("Answers are lost").waitFor(patience);
      expect(await page.locator(".faults button:enabled").count()).toBe(0);
      await page.getByRole("link", { name: "Log", exact: true }).click();
      await page.getByRole("button", { name: "Journal", exact: true }).click(patience);
      await page.getByRole("region", { name: "Journal" }).getByRole("button").first().waitFor(patience);
      await page.getByRole("link", { name: "Start", exact: true }).click();
      await page.getByLabel("spreadPct", { exact: true }).waitFor(patience);
      expect(await page.getByRole("button", { name: "Show the plan" }).isDisabled()).toBe(true);
      await page.getByRole("link", { name: "Overview" }).click();
      await page.getByRole("row").filter({ hasText: bot.id }).getByText("running").waitFor(patience);
      expect(complaints).toEqual([]);
      await page.close();
    },
    600_000,
  );

  it.each(["its own door", "a door of all bots"])(
    "is refused what it asks for by hand, through %s",
    async (through) => {
      const { page } = await openAsViewer(through);
      const { strategies } = (await bot.get("params")) as { strategies: object[] };
      const own = `bots/${bot.id}`;
      const tried: Record<string, number> = {};
      for (const [method, path, body] of [
        ...["pause", "resume", "stop", "flatten", "halt"].map((what) => ["POST", `${own}/ask`, { what }] as const),
        ["POST", `${own}/params/plan`, { strategy: "maker", values: { spreadPct: "9" } }],
        ["POST", `${own}/params`, { strategy: "maker", values: { spreadPct: "9" }, digest: "any" }],
        ["POST", `${own}/faults`, { id: "banned" }],
        ["DELETE", `${own}/faults`, undefined],
        ["POST", "start/plan", { use: "maker", name: "mine", place: "sandbox", values: {} }],
        ["POST", "start", { use: "maker", name: "mine", place: "sandbox", values: {} }],
      ] as const)
        tried[`${method} ${path} ${JSON.stringify(body)}`] = await statusOf(page, method, path, body);
      expect(new Set(Object.values(tried))).toEqual(new Set([403]));

      await page.locator(".head").getByText("running").waitFor(patience);
      expect(((await bot.get("params")) as { strategies: object[] }).strategies).toEqual(strategies);
      expect(await bot.get("faults")).toMatchObject({ active: [] });
      expect(await all.ask("bots")).toHaveLength(1);
      await page.close();
    },
    600_000,
  );
});

/** What the page's own token is answered. */
async function statusOf(page: Page, method: string, path: string, body: object | undefined): Promise<number> {
  return page.evaluate(
    async ([how, where, what]) => {
      const token = Object.values(sessionStorage).find((text) => text.length > 30);
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      return (await fetch(`./api/${where}`, { method: how, headers, ...(what === undefined ? {} : { body: what }) }))
        .status;
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}
