// `bot replay --at` and `bot resim` as a person starts them: what docs/resim.md says runs, and what was planted is found.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ticks } from "@bp/core";
import { openJournal } from "@bp/journal";
import { describe, expect, it } from "vitest";
import { runBot } from "./process.ts";
import type { Finished } from "./table.ts";

const slowly = { timeout: 600_000 };

function hall(finished: Finished) {
  const cwd = mkdtempSync(join(tmpdir(), "bp-resim-"));
  finished(() => rmSync(cwd, { recursive: true, force: true }));
  return {
    cwd,
    journal: join(cwd, "runs/journal.sqlite"),
    bot: (...args: readonly string[]) => runBot(finished, args, { cwd }),
  };
}

describe("docs/resim.md", slowly, () => {
  it("has commands that run", async ({ onTestFinished }) => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/resim.md"), "utf8");
    const [, block = ""] = /```sh\n([^`]*)```/.exec(page) ?? [];
    const commands = block.trim().split("\n");
    expect(commands.length).toBeGreaterThan(4);
    const { bot } = hall(onTestFinished);
    const compared: string[] = [];
    for (const command of commands) {
      const [program, ...args] = command.split(" ");
      expect(program).toBe("bot");
      const ran = await bot(...args);
      expect([command, ran.code, ran.stderr.includes("error")]).toEqual([command, 0, false]);
      if (args[0] === "resim") compared.push(/same outcome +([\d.]+) %/.exec(ran.stdout)?.[1] ?? "none");
    }
    expect(compared.length).toBe(3);
    for (const each of compared) expect(Number(each)).toBeGreaterThan(95);
  });
});

describe("bot resim", slowly, () => {
  it("finds a decision that was changed, and names the command that shows it", async ({ onTestFinished }) => {
    const { bot, journal } = hall(onTestFinished);
    await bot("start", "--memory", "--duration", "60", "--json");
    const store = openJournal(journal);
    const [run] = store.runs();
    if (run === undefined) throw new Error("there is a run");
    const planted = store.begin({ ...run, id: "planted", key: "planted" });
    let cause = 0;
    for (const { entry } of store.read(run.id)) {
      if (cause > 0 || entry.dir !== "out" || entry.command.type !== "order.place") planted.append(entry);
      else {
        cause = entry.cause;
        planted.append({ ...entry, command: { ...entry.command, price: ticks(entry.command.price - 1) } });
      }
    }
    planted.commit();
    store.close();
    const again = await bot("resim", "planted");
    expect(again.code).toBe(1);
    expect(again.stdout).toContain(`equal    no: event ${cause} gave`);
    expect(again.stdout).toContain(`bot replay planted --at ${cause} shows the decision`);
    const shown = await bot("replay", "planted", "--at", String(cause));
    expect(shown.code).toBe(1);
    expect(shown.stdout).toContain(`this program decides otherwise than the run did, from event ${cause}`);
    const told: unknown = JSON.parse((await bot("resim", "planted", "--json")).stdout);
    expect(told).toMatchObject({ run: "planted", decisions: { equal: false, difference: { seq: cause } } });
  });

  it("says of a compacted run what would help, and of one that is not there what there is", async ({
    onTestFinished,
  }) => {
    const { bot, journal } = hall(onTestFinished);
    await bot("start", "--memory", "--duration", "60", "--json");
    expect((await bot("replay", "last", "--at", "5")).stdout).toContain("What was seen");
    await bot("journal", "compact", journal, "--days", "0");
    const [resim, replay, none] = [
      await bot("resim", "last"),
      await bot("replay", "last", "--at", "5"),
      await bot("resim", "x"),
    ];
    expect([resim.code, replay.code, none.code]).toEqual([1, 1, 2]);
    expect(resim.stderr).toMatch(/was compacted at .* give a recording of the same time: --data FILE/);
    expect(replay.stderr).toMatch(/was compacted at .* cannot be replayed/);
    expect(none.stderr).toMatch(/no run x; newest: /);
  });
});
