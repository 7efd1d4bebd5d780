// The same over real sockets: `bot start` killed at a persisted step of a hedge on two venues, and started again by the same command.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import { runBot } from "../process.ts";

const isLong = process.env["BP_LONG"] === "1";
const lead = "backpack:ASTER_USDC_PERP";
const hedge = "aster-futures:ASTERUSDT";
const crash = join(import.meta.dirname, "crash.ts");
const books = { [lead]: ["1.7199", "1.7201"], [hedge]: ["1.7199", "1.7201"] } as const;
const params = {
  lead,
  hedge,
  quantity: "10",
  legWaitMs: 3_000,
  betweenLegsMs: 200,
  cycleMs: 200,
  stopBeforeFundingMs: 0,
};

/** Somebody trades a part of whatever rests, again and again, until `over` says so. */
async function trade(hall: Hall, over: () => boolean): Promise<void> {
  while (!over()) {
    const [resting] = hall.open(lead);
    if (resting !== undefined) {
      const [side, , , price = ""] = resting.split(" ");
      hall.take(lead, side === "buy" ? "sell" : "buy", "4", price);
    }
    await hall.pass(100);
  }
}

const steps = isLong ? Array.from({ length: 20 }, (_, at) => 5 + at) : [8, 13];

describe("a hedge over the wire", () => {
  it.for(steps.flatMap((step) => (["before", "after"] as const).map((when) => [when, step] as const)))(
    "killed %s step %i goes on, hedged, with nothing twice",
    { timeout: 240_000 },
    async ([when, step], { onTestFinished }) => {
      const hall = await layHall(onTestFinished, { books });
      const config = hall.config(["backpack", "aster-futures"], {
        system: "hedge",
        strategies: [{ use: "hedge", params }],
        run: { journal: "journal.sqlite" },
      });
      const env = { BP_STATE: join(hall.folder, "state") };
      const doomed = hall.start([config], { node: ["--import", crash], env: { ...env, BP_CRASH: `${when}:${step}` } });
      let isDead = false;
      const gone = doomed.ended.then((ended) => {
        isDead = true;
        return ended;
      });
      await trade(hall, () => isDead);
      const { code } = await gone;
      expect(code, doomed.stderr).toBe(null); // by a signal
      expect(doomed.child.signalCode).toBe("SIGKILL");

      const again = hall.start([config, "--summary", "summary.json"], { env });
      await again.says("(resumed)", 60_000);
      const before = hall.placed("aster-futures").length;
      await trade(hall, () => hall.placed("aster-futures").length >= before + 3);
      again.child.kill("SIGINT");
      const ended = await again.ended;
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);

      expect([hall.resting(lead), hall.resting(hedge)]).toEqual([[], []]);
      expect(Number(hall.position(lead)) + Number(hall.position(hedge))).toBe(0);
      const ids = [
        ...hall.placed("backpack").map((order) => order["clientId"]),
        ...hall.placed("aster-futures").map((order) => order["newClientOrderId"]),
      ].map(String);
      expect(new Set(ids).size).toBe(ids.length);
      const summary = JSON.parse(readFileSync(join(hall.folder, "summary.json"), "utf8")) as { fills: number };
      const theirs =
        hall.exchange("backpack").fills("alice").length + hall.exchange("aster-futures").fills("alice").length;
      expect(summary.fills).toBe(theirs); // each once, those of the first life and of the time between too
      const replayed = await runBot(
        onTestFinished,
        ["replay", "last", "--json", "--journal", join(hall.folder, "journal.sqlite")],
        { env },
      );
      expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
    },
  );
});
