// What a page tells of bots that are gone, over an exchange that outlives them and with a journal of each one's own, in real Chromium.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { BotNow } from "dashboard/contract";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spawnBot } from "../process.ts";
import { canBrowse, forgetBot, newFolder, type OpenBot, openBot, openBrowser, openPage } from "./bot.ts";

const patience = { timeout: 180_000 };
const node = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
const main = join(import.meta.dirname, "../../src/main.ts");

describe.skipIf(!canBrowse)("bots that are gone (needs Chromium)", () => {
  const folder = newFolder();
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    forgetBot({ folder });
  }, 600_000);

  it("stay in sight: who crashed, which run is unfinished, which account is killed, and every report", async ({
    onTestFinished,
  }) => {
    const exchange = spawnBot(onTestFinished, ["sandbox", "--json", "--seed", "9"]);
    await exchange.says("}\n");
    const { backpack } = JSON.parse(exchange.stdout.split("\n")[0] ?? "") as {
      readonly backpack: { readonly rest: string; readonly ws: string };
    };
    const journalOf = (account: string) => join(folder, `of ${account}.sqlite`);
    const open = async (account: string) => {
      const way = ["--sandbox", "--rest", backpack.rest, "--ws", backpack.ws, "--account", account];
      const bot = await openBot([...way, "--journal", journalOf(account)], 0, folder);
      onTestFinished(() => bot.kill());
      return bot;
    };
    const here = await open("alice");
    const [crashed, stopped] = await Promise.all([open("bob"), open("carol")]);
    const runOf = async ({ id }: OpenBot) => {
      const run = async () => ((await here.ask("bots")) as readonly BotNow[]).find((each) => each.id === id)?.run;
      await expect.poll(run, patience).toBeTruthy();
      return (await run()) ?? "";
    };
    const [crashedRun, stoppedRun] = [await runOf(crashed), await runOf(stopped)];

    const { page, complaints } = await openPage(browser, here.url);
    const left = page.getByRole("list", { name: "What bots have left" });
    const row = (text: string) => page.getByRole("row").filter({ hasText: text });
    const overview = () => page.getByRole("link", { name: "Overview" }).click();
    await overview();
    await row(crashed.id).getByText("running").waitFor(patience);
    expect(await left.count()).toBe(0);

    await crashed.kill();
    await left.getByText("maker is gone").waitFor(patience);
    await expect.poll(() => row(crashed.id).count(), patience).toBe(0); // its watchdog has cleaned up
    await left.getByText(crashedRun).first().waitFor(patience);
    await row(crashedRun).getByText("unfinished").waitFor(patience);
    expect(await row(crashedRun).getByRole("button", { name: "Open" }).count()).toBe(1);

    await page.evaluate(`location.hash = "#/bots/${stopped.id}"`);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
    await page.getByText("Its report is in the overview.").waitFor(patience);
    await overview();
    await row(stoppedRun)
      .getByText(/\d (s|min)$/)
      .waitFor(patience); // how long it lasted
    const opened = page.waitForEvent("popup", patience);
    await row(stoppedRun).getByRole("button", { name: "Open" }).click();
    await (await opened).getByText(`${stoppedRun} sandbox`).first().waitFor(patience);
    expect(await left.getByRole("listitem").count()).toBe(1); // what has ended as it should is not missed

    const killed = await open("carol");
    await row(killed.id).getByText("running").waitFor(patience);
    await here.ask(`bots/${killed.id}/ask`, { method: "POST", body: '{"what":"halt"}' });
    await killed.ended;
    await expect.poll(() => row(killed.id).count(), patience).toBe(0);
    await left
      .getByText(/Account backpack sandbox\/\S+ is killed by the dashboard .*bot resume sandbox\//)
      .waitFor(patience);

    const ownRun = await runOf(here);
    await page.evaluate(`location.hash = "#/"`);
    await here.stop();
    const banner = await page.getByRole("alert").getByText("bot report").innerText(patience);
    const command = /“bot (report [^”]*)”/.exec(banner)?.[1] ?? "";
    expect(command).toBe(`report ${ownRun} --journal '${journalOf("alice")}'`);
    const shell = `"$0" ${node.join(" ")} "$1" ${command}`;
    expect(execFileSync("sh", ["-c", shell, process.execPath, main], { encoding: "utf8" })).toContain(ownRun);
    expect(complaints.filter((each) => !/ERR_|status of/.test(each))).toEqual([]);
    await page.close();
  }, 600_000);
});
