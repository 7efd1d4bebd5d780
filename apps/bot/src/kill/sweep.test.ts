// Which runs' orders are ours on an account, by the journals.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { millis, type VenueId } from "@bp/core";
import { openJournal } from "@bp/journal";
import { defaultMarkets } from "@bp/sim";
import { describe, expect, it, type TestContext } from "vitest";
import { readBotConfig } from "../config/index.ts";
import { recipeOf } from "../recipe.ts";
import { runKeyOf } from "../runKey.ts";
import { runsOf } from "./sweep.ts";

const account = { name: "live/aaaa", door: { id: "backpack" } };

interface Begun {
  readonly mode: string;
  readonly accounts: readonly string[];
  readonly clientRun: number;
  readonly venue?: VenueId;
}

/** A journal with these runs, none of which has ended. */
async function journalOf({ onTestFinished }: TestContext, ...runs: readonly Begun[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "bp-sweep-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "journal.sqlite");
  const { recipe, instruments } = recipeOf(await readBotConfig({ env: {} }), defaultMarkets());
  const store = openJournal(file);
  for (const { mode, accounts, clientRun, venue } of runs)
    store.begin({
      id: `run-${clientRun}`,
      mode,
      key: runKeyOf(accounts, recipe),
      strategy: "maker",
      params: recipe,
      instruments: instruments.map((each) => (venue === undefined ? each : { ...each, id: `${venue}:SOLUSDT` })),
      version: "0",
      clientRun,
      started: millis(1),
    });
  store.close();
  return file;
}

const known = (file: string, together: readonly string[] = [account.name]) =>
  runsOf({ account, together, bots: [], told: [file], guessed: [] });

describe("runsOf", () => {
  it("knows all of an account by a journal that has a run of it", async (context) => {
    const file = await journalOf(context, { mode: "live", accounts: [account.name], clientRun: 5 });
    expect(known(file)).toEqual({ runs: [{ clientRun: 5 }], doubt: undefined });
    expect(known(file, [account.name, "live/bbbb"]).doubt).toContain("no journal has a run of these accounts");
  });

  it("is not made sure by a run of another place, another exchange or another account", async (context) => {
    for (const [run, runs] of [
      [{ mode: "paper", accounts: [account.name], clientRun: 6 }, []],
      [{ mode: "live", accounts: [account.name], clientRun: 6, venue: "aster-futures" }, []],
      [{ mode: "live", accounts: ["live/cccc"], clientRun: 6 }, [{ clientRun: 6 }]], // whose it is, is not written
    ] as const) {
      const found = known(await journalOf(context, run));
      expect(found.runs).toEqual(runs);
      expect(found.doubt).toContain("no journal has a run of these accounts that has not ended");
    }
  });
});
