// Two kills at once: what one of them does between two looks of the other.
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it, type TestContext, vi } from "vitest";
import {
  bornOf,
  type FoundBot,
  filesOf,
  foundBots,
  killPatienceMs,
  type Left,
  makeBotFolder,
  removeBot,
  writeRecord,
} from "../bots/registry.ts";
import { clearedWord, putAway } from "./cleared.ts";
import { strike } from "./strike.ts";

const account = { name: "live/aaaa", venue: "backpack" };

/** This process as a bot that runs and has no watchdog. */
function botHere({ onTestFinished }: TestContext): FoundBot {
  const { BP_STATE: before } = process.env;
  const state = mkdtempSync(join(tmpdir(), "bp-strike-"));
  process.env["BP_STATE"] = state;
  onTestFinished(() => {
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(state, { recursive: true, force: true });
  });
  const started = Date.now();
  const of = { role: "bot", place: "live", lasts: true, accounts: [account], journal: ":memory:", run: "r1" } as const;
  writeRecord(makeBotFolder(started), { ...of, pid: process.pid, born: bornOf(process.pid) ?? "", started });
  const [bot] = foundBots();
  if (bot === undefined) throw new Error("not registered");
  return bot;
}

/** A kill that has looked once, and looks again when this test waits for it. */
function killThatWaits(bot: FoundBot, by = "bot kill") {
  const { ways } = strike([bot], by);
  return Promise.all(ways).then((answers) => answers.flat());
}

describe("strike", () => {
  it.for<Left | undefined>(["nothing", "untouched", undefined])(
    "is told what another kill has seen that puts the bot away between two of its looks; the bot itself said %s",
    async (said, context) => {
      const bot = botHere(context);
      const waiting = killThatWaits(bot);
      if (said !== undefined) writeFileSync(filesOf(bot.folder).goodbye, said);
      putAway(bot.folder); // the venues' lists have shown the other kill that nothing is left
      expect(foundBots()).toEqual([]);
      expect(await waiting).toEqual([{ account: account.name, cancelled: 0, clean: true, trouble: undefined }]);
    },
  );

  it("verifies nothing by a bot that is only gone", async (context) => {
    const bot = botHere(context);
    const waiting = killThatWaits(bot);
    removeBot(bot.folder);
    const trouble = "its bot has ended and has not said what is left of its orders";
    expect(await waiting).toEqual([{ account: account.name, cancelled: 0, clean: false, trouble }]);
  });

  it("never takes the words out of a fence that another kill has set", async (context) => {
    const bot = botHere(context);
    const kills = [killThatWaits(bot, "one")];
    const seen = openSync(filesOf(bot.folder).fence, "r"); // by a bot that ends now
    kills.push(killThatWaits(bot, "other"));
    expect(readFileSync(seen, "utf8")).toBe("the kill switch (one)\n");
    closeSync(seen);
    expect(readFileSync(filesOf(bot.folder).fence, "utf8")).toBe("the kill switch (other)\n");
    expect(readdirSync(bot.folder).toSorted()).toEqual(["bot.json", "fence"]);
    putAway(bot.folder);
    await Promise.all(kills);
  });

  /** As on a full disk: words can be written nowhere, but a file be made. */
  const full = ({ folder }: FoundBot) =>
    symlinkSync(join(folder, "nowhere/draft"), `${filesOf(folder).fence}.${process.pid}`);

  it("leaves another kill's fence as it is where its own words cannot be written", async (context) => {
    const bot = botHere(context);
    const kills = [killThatWaits(bot, "one")];
    full(bot);
    kills.push(killThatWaits(bot, "other"));
    expect(readFileSync(filesOf(bot.folder).fence, "utf8")).toBe("the kill switch (one)\n");
    putAway(bot.folder);
    await Promise.all(kills);
  });

  it("tells by a signal where the watchdog's fence stands, and no words can be written over it", async (context) => {
    const bot = botHere(context);
    const sent = vi.spyOn(process, "kill").mockReturnValue(true); // not to this process
    context.onTestFinished(() => sent.mockRestore());
    writeFileSync(filesOf(bot.folder).fence, "the bot was not heard\n");
    full(bot);
    const waiting = killThatWaits(bot);
    expect(sent).toHaveBeenCalledWith(process.pid, "SIGUSR2");
    expect(readFileSync(filesOf(bot.folder).fence, "utf8")).toBe("the bot was not heard\n");
    putAway(bot.folder);
    await waiting;
  });
});

describe("putAway", () => {
  it("keeps a bot's word as long as a kill may wait for it", (context) => {
    const { folder } = botHere(context);
    putAway(folder);
    putAway(folder); // a kill that comes to it later
    expect(clearedWord(folder)).toBe("nothing");
    const kept = join(folder, "../../cleared", basename(folder));
    const old = (Date.now() - killPatienceMs - 1_000) / 1_000;
    utimesSync(filesOf(kept).goodbye, old, old);
    putAway(folder);
    expect(existsSync(kept)).toBe(false);
  });
});
