// A hedge loop over both venues when something goes wrong, as a person sees it: a real bot on the sandbox, real Chromium.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBrowse, forgetBot, newFolder, type OpenBot, openBot, openBrowser, openPage } from "./bot.ts";

const patience = { timeout: 180_000 };

/** Rests at the last price, so that legs are filled all the time; 10 ASTER are about 17 USDC. */
const quick = `strategies:
  - use: hedge
    params:
      lead: backpack:ASTER_USDC_PERP
      hedge: aster-futures:ASTERUSDT
      quantity: 10
      offsetPct: 0
      betweenLegsMs: 2000
      cycleMs: 1000
      legWaitMs: 1000
      stopBeforeFundingMs: 0
`;
/** One leg and what the price may do meanwhile, USDC. */
const legNotional = 20;

interface Sight {
  /** `hedged`, `open`, `late`, `unknown`. */
  readonly state: string;
  /** Whether the tour said that the fault was at work. */
  readonly isBroken: boolean;
}

/** Keeps in the page what its hedge pane shows from now on. */
async function watchDebt(page: Page): Promise<() => Promise<readonly Sight[]>> {
  await page.evaluate(`{
    globalThis.sights = [];
    const look = () => {
      const state = document.querySelector(".pane-debt")?.className.replace("pane-debt ", "") ?? "gone";
      const isBroken = /\\d+ s left/.test(document.querySelector(".tour")?.textContent ?? "");
      const last = sights.at(-1);
      if (last?.state !== state || last.isBroken !== isBroken) sights.push({ state, isBroken });
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  }`);
  return () => page.evaluate("sights");
}

const regionOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** The figure below a word of a pane. */
const figureOf = async (page: Page, pane: string, label: string) => {
  const text = await regionOf(page, pane).locator("dl > div", { hasText: label }).first().locator("dd").innerText();
  return Number(text.replaceAll(",", "").replace(/ .*/s, ""));
};

/** Each position as it is said: `flat`, `long`, `short`. */
async function waysOf(page: Page): Promise<readonly string[]> {
  const pane = regionOf(page, "Positions");
  await pane.scrollIntoViewIfNeeded(); // what nobody sees is not drawn
  return (await pane.locator("h3 .pane-way").allInnerTexts()).map((text) => text.replace(/^\W+/, ""));
}

describe.skipIf(!canBrowse)("a hedge on the page (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  let bot: OpenBot;
  beforeAll(async () => {
    const file = join(folder, "hedge.yaml");
    writeFileSync(file, quick);
    [browser, bot] = await Promise.all([openBrowser(), openBot([file, "--sandbox"], 0, folder)]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await bot?.stop();
    forgetBot({ folder });
  }, 600_000);

  it("shows a bounded debt while Aster's answers are lost, and that it is repaired", async () => {
    const { page, complaints } = await openPage(browser, bot.url);
    await expect.poll(() => figureOf(page, "Money", "Fills"), patience).toBeGreaterThan(0);
    const tour = page.getByRole("complementary", { name: "Tour" });
    await tour.getByRole("button", { name: "Next" }).click();
    await tour.getByText("Lose Aster's answers for ten seconds", { exact: false }).waitFor(patience);
    const sights = await watchDebt(page);
    const lose = tour.getByRole("button", { name: "Lose the answers for ten seconds" });
    await lose.click();
    await page.getByText("It goes wrong now: Answers are lost (aster-futures).").waitFor(patience);
    /** No leg may be filled just then: it is lost again. */
    const isSeen = async () => {
      if (await lose.isEnabled()) await lose.click();
      return (await sights()).some(({ state, isBroken }) => isBroken && state !== "hedged");
    };
    await expect.poll(isSeen, patience).toBe(true);

    await tour.getByRole("button", { name: "Lose the answers for ten seconds", disabled: false }).waitFor(patience);
    const before = await figureOf(page, "Money", "Fills");
    await expect.poll(() => figureOf(page, "Money", "Fills"), patience).toBeGreaterThan(before + 1);
    await regionOf(page, "Hedge").getByText("✓ hedged").waitFor(patience);
    expect((await sights()).map(({ state }) => state)).not.toContain("late");
    const worst = await figureOf(page, "Hedge", "Worst so far");
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(legNotional);
    expect(complaints).toEqual([]);
    await page.close();
  }, 600_000);

  it("has on a phone debt, market and money before all else, as it is seen and as it is read", async () => {
    const { page } = await openPage(browser, bot.url, 375);
    await regionOf(page, "News")
      .getByRole("listitem")
      .first()
      .waitFor({ state: "attached", ...patience });
    const panes = await page
      .locator("main .pane-head h2")
      .evaluateAll((all) => all.map((each) => ({ name: each.textContent, top: each.getBoundingClientRect().top })));
    const first = ["Hedge", "Book ASTER_USDC_PERP", "Book ASTERUSDT", "Money"];
    expect(panes.map(({ name }) => name).slice(0, first.length)).toEqual(first);
    expect(panes.toSorted((a, b) => a.top - b.top)).toEqual(panes); // the two books are beside each other
    expect(panes[2]?.top).toBe(panes[1]?.top);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    // words for who listens are cut off with the lists that scroll, else the page is as long as those
    const loose = await page
      .locator(".is-news .pane-scroll .pane-hidden")
      .evaluateAll((all) => all.filter((each) => each.offsetParent.closest(".pane-scroll") === null).length);
    expect(loose).toBe(0);
    await page.close();
  }, 600_000);

  it("flattens what it holds when the button is held down, and says that nothing is left", async () => {
    const { page } = await openPage(browser, bot.url);
    const head = page.locator(".head");
    const act = (name: string) => page.getByRole("button", { name, exact: true });
    const soon = { timeout: 60_000 };
    // paused with a pair: what is held stays until somebody flattens it
    const pausedWith = async () => {
      if (await act("Resume").isVisible()) await act("Resume").click(soon);
      await head.getByText("running").waitFor(soon);
      await expect.poll(() => waysOf(page), soon).toEqual(["short", "long"]);
      await act("Pause").click(soon);
      await head.getByText("paused").waitFor(soon);
      await expect.poll(() => page.locator(".pane-own").count(), soon).toBe(0);
      await page.waitForTimeout(1_500); // positions are drawn once a second
      return waysOf(page);
    };
    await expect.poll(pausedWith, patience).toEqual(["short", "long"]);

    await page.getByRole("button", { name: "Flatten", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Flatten and end this run?" });
    await sheet.getByText(/Held now: ASTER_USDC_PERP -\d.* ASTER, ASTERUSDT \d.* ASTER\./).waitFor(patience);
    await sheet.getByRole("button", { name: "Hold down: Flatten" }).click(); // not held: nothing happens
    await sheet.getByRole("button", { name: "Hold down: Flatten" }).hover();
    await page.mouse.down();
    await sheet.waitFor({ state: "detached", ...patience });
    await page.mouse.up();

    await page.getByText("The run is over.").first().waitFor(patience); // said aloud too
    await expect.poll(() => waysOf(page), patience).toEqual(["flat", "flat"]); // panes follow a moment after the banner
    await expect.poll(() => figureOf(page, "Positions", "Position"), patience).toBe(0);
    await regionOf(page, "Hedge").getByText("✓ hedged").waitFor(patience);
    expect(await bot.ended).toBe(0);
    await page.close();
  }, 600_000);
});
