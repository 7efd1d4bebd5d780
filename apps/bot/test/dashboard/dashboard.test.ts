// The dashboard as a person uses it: a real bot on the sandbox, real Chromium.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBrowse, forgetBot, type OpenBot, openBot, openBrowser, openOwnDecision, openPage } from "./bot.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const patience = { timeout: 180_000 };

/** What axe calls serious or worse on what is shown. */
async function seriousIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe); // not as a script of the page: its own policy would refuse it
  const isDimmed = () => page.evaluate<boolean>('document.documentElement.classList.contains("is-stale")');
  for (let look = 0; look < 120; look++) {
    const wasDimmed = await isDimmed(); // its bot is late: what is old is not to be read as what is
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } }
      ).axe.run();
      return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id);
    });
    if (!wasDimmed && !(await isDimmed())) return found;
    await page.waitForTimeout(500);
  }
  return ["it is dimmed for ever"];
}

/** Own orders that stand behind what is fixed at the foot of the page although they were scrolled to. */
const coveredOrders = (page: Page): Promise<readonly string[]> =>
  page.locator(".pane-own").evaluateAll((all) =>
    all
      .filter((each) => {
        each.scrollIntoView({ block: "nearest" });
        const { left, top, height } = each.getBoundingClientRect();
        return each.ownerDocument.elementFromPoint(left + 4, top + height / 2)?.closest(".tour, .acts") !== null;
      })
      .map((each) => each.getAttribute("title") ?? ""),
  );

/** The colours in the picture of the ladder, the most frequent first. */
const inksOfLadder = `(() => {
  const canvas = document.querySelector(".pane-prices canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const inks = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const ink = "rgb(" + data[at] + ", " + data[at + 1] + ", " + data[at + 2] + ")";
    inks.set(ink, (inks.get(ink) ?? 0) + 1);
  }
  return [...inks].sort(([, a], [, b]) => b - a).map(([ink]) => ink);
})()`;

/** Whether each own order has beneath the middle of its left edge the frame that is drawn for it, in the colour of its side. */
const ordersAreFramed = `(() => {
  const canvas = document.querySelector(".pane-prices canvas");
  const ratio = canvas.height / canvas.clientHeight;
  const orders = [...document.querySelectorAll(".pane-own.is-drawn.open")];
  return orders.length > 0 && orders.every((order) => {
    const at = [order.offsetLeft * ratio, (order.offsetTop + order.offsetHeight / 2) * ratio];
    const [r, g, b] = canvas.getContext("2d").getImageData(Math.round(at[0]), Math.round(at[1]), 1, 1).data;
    return getComputedStyle(order).color === "rgb(" + r + ", " + g + ", " + b + ")";
  });
})()`;

/** The same, of a picture that the browser had to give up and has again: before the next frame. */
const inksOfRestored = `(() => {
  const canvas = document.querySelector(".pane-prices canvas");
  const context = canvas.getContext("2d");
  context.fillStyle = "black";
  context.fillRect(0, 0, canvas.width, canvas.height);
  canvas.dispatchEvent(new Event("contextrestored"));
  return ${inksOfLadder};
})()`;

/** What has the focus, if it is an own order. */
interface Focused {
  readonly slot?: string;
  readonly price?: string;
}
const focused = `(() => {
  const { dataset, title } = document.activeElement;
  return { slot: dataset.slot, price: /@ (\\S+)/.exec(title)?.[1] };
})()`;

/** Whether the ladder has buttons all the time while it comes back into view. */
const keepsItsButtons = `(async () => {
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const prices = document.querySelector(".pane-prices");
  scrollTo(0, document.documentElement.scrollHeight);
  await wait(500);
  let isBare = false;
  const watch = new MutationObserver(() => {
    isBare ||= prices.querySelector("button") === null;
  });
  watch.observe(prices, { childList: true });
  prices.scrollIntoView();
  await wait(200); // that nobody withdraws them meanwhile
  watch.disconnect();
  return !isBare && prices.querySelector("button") !== null;
})()`;

describe.skipIf(!canBrowse)("the dashboard (needs Chromium)", { timeout: 600_000 }, () => {
  let browser: Browser;
  let bot: OpenBot;
  beforeAll(async () => {
    [browser, bot] = await Promise.all([openBrowser(), openBot(["--speed", "3"])]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await bot?.stop();
    if (bot !== undefined) forgetBot(bot);
  });

  it("shows the first fills within twenty seconds, asks nobody but its bot, and keeps the token out of the address", async () => {
    const { page, complaints, hosts } = await openPage(browser, bot.url);
    await page.getByRole("heading", { name: "Fills" }).waitFor(patience);
    await expect
      .poll(() => page.locator("table", { hasText: "maker/" }).count(), { timeout: 180_000 })
      .toBeGreaterThan(0);
    expect(page.url()).not.toContain(new URL(bot.url).hash.slice(1));
    expect([...hosts]).toEqual([new URL(bot.url).host]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("has in its ladder the orders that are open, no more and no fewer", async () => {
    const { page } = await openPage(browser, bot.url);
    const shown = async () => {
      const chips = page.locator(".pane-own.open");
      const told: readonly string[] = await chips.evaluateAll((all) =>
        all.map((each) => each.getAttribute("title") ?? ""),
      );
      return told.map((text) => /(buy|sell)\.\d/.exec(text)?.[0] ?? text).toSorted();
    };
    await expect.poll(async () => (await shown()).length, patience).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect.poll(shown, patience).toEqual([]);
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await expect.poll(shown, patience).toEqual(["buy.0", "buy.1", "buy.2", "sell.0", "sell.1", "sell.2"]);
    await page.close();
  });

  it("keeps the buttons of its ladder while that comes back into view", async () => {
    const { page } = await openPage(browser, bot.url, 375);
    await page.locator(".pane-own.is-drawn").first().waitFor(patience);
    await expect.poll(() => page.evaluate<boolean>(keepsItsButtons), patience).toBe(true);
    await page.close();
  });

  it("leaves the focus on an own order while that is placed anew", async () => {
    const { page } = await openPage(browser, bot.url);
    let seen: Focused = {};
    let anew = 0;
    /** How often in a row the button with the focus has come to stand for another order. It goes where its slot has none for seconds. */
    const placedAnew = async () => {
      const now = await page.evaluate<Focused>(focused);
      if (now.slot === undefined || now.slot !== seen.slot) {
        await page.locator(".pane-own.is-drawn").first().focus(patience);
        [seen, anew] = [await page.evaluate<Focused>(focused), 0];
      } else if (now.price !== seen.price) [seen, anew] = [now, anew + 1];
      return anew;
    };
    await expect.poll(placedAnew, patience).toBeGreaterThan(2);
    const sheet = page.getByRole("dialog", { name: /Decision/ });
    const opens = async () => {
      if (await sheet.isVisible()) return true;
      await placedAnew(); // its slot may have none
      await page.keyboard.press("Enter");
      return sheet.isVisible();
    };
    await expect.poll(opens, patience).toBe(true);
    await page.close();
  });

  // Once: of a second try the bot would have the value already.
  it("changes a parameter with the plan shown first, and the next quotes stand there", { retry: 0 }, async () => {
    const { page } = await openPage(browser, bot.url);
    await page.getByRole("link", { name: "Parameters" }).click();
    const field = page.getByLabel("spreadPct", { exact: true });
    await field.waitFor(patience);
    await field.fill("-1");
    await page
      .getByRole("button", { name: "Show the plan" })
      .click({ trial: true, timeout: 500 })
      .catch(() => undefined);
    await field.fill("0.9");
    await page.getByRole("button", { name: "Show the plan" }).click();
    await page.locator(".plan").getByText("0.9").first().waitFor(patience);
    await page.getByRole("button", { name: "Apply" }).click();
    await expect
      .poll(async () => JSON.stringify(await bot.get("params")).includes('"spreadPct":"0.9"'), patience)
      .toBe(true);
    await page.close();
  });

  it("draws its ladder in the colours of the page, and has own orders where they can be pressed", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.locator(".pane-own.is-drawn").first().waitFor(patience);
    const inks = () => page.evaluate<readonly string[]>(inksOfLadder);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      const paper = await page.evaluate<string>(
        'getComputedStyle(document.querySelector(".pane.is-ladder")).backgroundColor',
      );
      await expect.poll(async () => (await inks())[0], patience).toBe(paper);
      expect((await inks()).length).toBeGreaterThan(20); // numbers, bars and orders, with the edges of their letters
    }
    expect((await page.evaluate<readonly string[]>(inksOfRestored))[0]).not.toBe("rgb(0, 0, 0)");
    await page.locator(".pane-prices").hover(); // from now on each moves with what is drawn
    await expect.poll(() => page.evaluate<boolean>(ordersAreFramed), patience).toBe(true);
    await page.close();
  });

  it("draws its ladder in the system's colours where it chooses them", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.locator(".pane-own.is-drawn").first().waitFor(patience);
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    const system = (name: string) =>
      page.evaluate<string>(`(() => {
        document.body.style.outlineColor = "${name}";
        return getComputedStyle(document.body).outlineColor;
      })()`);
    const [paper, ink] = [await system("Canvas"), await system("CanvasText")];
    const inks = () => page.evaluate<readonly string[]>(inksOfLadder);
    await expect.poll(async () => (await inks())[0], patience).toBe(paper);
    expect(await inks()).toContain(ink);
    await page.close();
  });

  it("has its bars seen, and one entry of its menu underlined, where the system chooses colours", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    const coloursOf = async (selector: string, property: string) => {
      const first = page.locator(selector).first();
      await first.waitFor({ ...patience, state: "attached" });
      return page.evaluate<readonly string[]>(
        `[...new Set([...document.querySelectorAll("${selector}")].map((each) => getComputedStyle(each)["${property}"]))]`,
      );
    };
    const [paper, ink] = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"];
    expect(await coloursOf(".pane-bar > span", "backgroundColor")).toEqual([ink]);
    expect(await coloursOf(".pane-bar:not(.signed), .pane-gauge > div", "backgroundColor")).not.toContain(paper);
    expect(await coloursOf(".pane-bar.signed", "backgroundImage")).not.toContain("none");
    expect(await coloursOf(".nav a:not([aria-current])", "borderBottomColor")).toEqual([paper]);
    expect(await coloursOf(".nav a[aria-current]", "borderBottomColor")).not.toContain(paper);
    await page.close();
  });

  it("does not stand still after a right click on its ladder", async () => {
    const { page } = await openPage(browser, bot.url);
    const orders = () => page.locator(".pane-own").evaluateAll((all) => all.map((each) => each.getAttribute("title")));
    await page.locator(".pane-own.is-drawn").first().waitFor(patience);
    await page.locator(".pane-prices").dispatchEvent("pointerdown", { button: 2, bubbles: true });
    const before = await orders();
    await expect.poll(orders, patience).not.toEqual(before);
    await page.close();
  });

  it("has each book as a table for who listens, wherever it has a ladder", async () => {
    const { page } = await openPage(browser, bot.url);
    const table = page.getByRole("region", { name: /^Book/ }).getByRole("table");
    const told = () => table.innerText();
    const touch = /Mid \S+, Spread \S+, \S+ bps, Last /;
    await expect.poll(told, patience).toMatch(touch);
    await page.getByRole("link", { name: "Faults" }).click();
    await expect.poll(told, patience).toMatch(touch);
    await page.close();
  });

  it("opens the decision behind an order", async () => {
    const { page } = await openPage(browser, bot.url);
    await openOwnDecision(page);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count(), patience).toBe(0);
    await page.close();
  });

  it("speaks Chinese when it is asked to, and fits a phone", async () => {
    const { page } = await openPage(browser, bot.url, 375);
    await page.getByRole("combobox", { name: /Language/i }).selectOption({ label: "简体中文" });
    await page.getByRole("button", { name: "暂停", exact: true }).waitFor(patience);
    expect(await page.evaluate("document.documentElement.lang")).toMatch(/^zh/);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    await page.close();
  });

  it("leads who is new along a line on a phone, which leaves the market and the own orders free", async () => {
    const { page } = await openPage(browser, bot.url, 375);
    await page.setViewportSize({ width: 375, height: 812 });
    const tour = page.getByRole("complementary", { name: "Tour" });
    const button = (name: string) => tour.getByRole("button", { name });
    const boxOf = async (name: string) => (await button(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const how = tour.getByText("Pick one that may change while it runs", { exact: false });
    await page.locator(".pane-own.open").first().waitFor(patience);
    expect((await tour.boundingBox())?.height).toBeLessThan(812 / 12);
    expect(await how.isVisible()).toBe(false);
    for (const name of ["How to do it", "Next", "Not now"]) {
      const { width, height } = await boxOf(name);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(40);
    }
    expect(await coveredOrders(page)).toEqual([]);

    const next = await boxOf("Next");
    await button("How to do it").click();
    await how.waitFor(patience);
    expect(await boxOf("Next")).toEqual(next); // the thumb stays where it is
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousIn(page)).toEqual([]);
    }
    await button("To the parameters").click();
    await page.getByLabel("spreadPct", { exact: true }).waitFor(patience);
    expect(await how.isVisible()).toBe(false); // what it led to is seen
    await button("Not now").click();
    await expect.poll(() => tour.count(), patience).toBe(0);
    await page.close();
  });

  it("is steered by keys alone", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.locator(".pane-own").first().waitFor(patience);
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await expect.poll(() => page.url(), patience).toMatch(/#\/log/);
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").waitFor(patience);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached", ...patience });
    await page.keyboard.press("k");
    await page.getByRole("dialog", { name: /Kill/ }).waitFor(patience);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count(), patience).toBe(0);
    await page.close();
  });

  it("has nothing that axe calls serious, on any page", async () => {
    const { page } = await openPage(browser, bot.url);
    await page.locator(".pane-own").first().waitFor(patience);
    const links = await page.locator("nav a").evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      await page.locator(`nav a[href="${link}"]`).first().click();
      await page.waitForTimeout(800);
      expect(await seriousIn(page), link).toEqual([]);
    }
    await page.close();
  });

  it("kills by the typed word: orders gone, run halted, exit code 3", async () => {
    const own = await openBot();
    const { page } = await openPage(browser, own.url);
    await page.locator(".pane-own.open").first().waitFor(patience);
    await page.keyboard.press("k");
    const sheet = page.getByRole("dialog", { name: /Kill/ });
    await sheet.getByRole("textbox").fill("KILL");
    await sheet.getByRole("textbox").press("Enter");
    expect(await own.ended).toBe(3);
    await page
      .getByText(/halted|ended/i)
      .first()
      .waitFor(patience);
    await page.close();
    forgetBot(own);
  });

  it("says that it is stale when the bot is gone, and goes on with the token of the next one", async () => {
    const first = await openBot();
    const { port } = new URL(first.url);
    const { page } = await openPage(browser, first.url);
    await page.locator(".pane-own.open").first().waitFor(patience);
    await first.kill();
    await expect
      .poll(() => page.evaluate('document.documentElement.classList.contains("is-stale")'), patience)
      .toBe(true);
    const second = await openBot([], Number(port), first.folder);
    const field = page.getByLabel("Address or token");
    await field.waitFor({ timeout: 180_000 });
    await field.fill(second.url);
    await page.getByRole("button", { name: "Open", exact: true }).first().click();
    await page.locator(".pane-own.open").first().waitFor(patience);
    await page.close();
    expect(await second.stop()).toBe(0);
    forgetBot(second);
  });

  it("does nothing for a page of another origin in the same browser", async () => {
    const { createServer } = await import("node:http");
    const hostile = createServer((_, response) => response.setHeader("content-type", "text/html").end("<p>hello</p>"));
    await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
    const address = hostile.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    const { origin, hash } = new URL(bot.url);
    const tried = await page.evaluate(
      async ([door, token]) => {
        const attempt = async (init: RequestInit) =>
          fetch(`${door}/api/hello`, init).then(
            async (answer) => `${answer.type} ${answer.status}`,
            () => "refused",
          );
        return [await attempt({ headers: { Authorization: `Bearer ${token}` } }), await attempt({ mode: "no-cors" })];
      },
      [origin, hash.slice(1)],
    );
    expect(tried[0]).toBe("refused");
    expect(["refused", "opaque 0"]).toContain(tried[1]);
    await page.close();
    hostile.close();
  });
});
