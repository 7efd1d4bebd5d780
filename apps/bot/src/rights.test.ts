import { BpError, manualClock } from "@bp/core";
import { describe, expect, it } from "vitest";
import { checkRights, type RightsStage } from "./rights.ts";
import { type Rights, untoldRights } from "./stage/rights.ts";

const never = "never";
const silent = new BpError("transport/timeout", { url: "https://venue.example", ms: 7_000 });
const known: Rights = { withdraw: false, trade: true, until: undefined, bound: true, untold: "" };

/** A live stage whose venue answers in turn; each pause is over at once. */
function asked(...answers: readonly (Rights | BpError | typeof never)[]) {
  const clock = manualClock(1_763_640_000_000);
  const told: string[] = [];
  const pauses: number[] = [];
  let at = 0;
  const stage: RightsStage = {
    place: "live",
    venues: [{ id: "aster-futures" }] as unknown as RightsStage["venues"], // no more is looked at
    clock: { now: () => clock.now(), sleep: async (ms) => void pauses.push(ms) },
    rights: async () => {
      const answer = answers[at++] ?? silent;
      if (answer instanceof BpError) throw answer;
      if (answer === never) return new Promise(() => undefined);
      return answer;
    },
  };
  const stop = new AbortController();
  const check = (allowWithdrawKey = false) =>
    checkRights({ allowWithdrawKey }, stage, { stop: stop.signal, tell: (line) => told.push(line) });
  return { check, told, pauses, stop };
}

describe("checkRights", () => {
  it("asks again where the venue did not answer, and goes by what it hears then", async () => {
    const once = asked(silent, known);
    await once.check();
    expect(once.pauses).toEqual([1_000]);
    const late = asked(silent, silent, { ...known, withdraw: true });
    await expect(late.check()).rejects.toThrow(/the key of aster-futures may withdraw.*--allow-withdraw-key/);
  });

  it("begins nothing with a key of which it could not hear, and says what to do", async () => {
    const { check, told } = asked();
    await expect(check()).rejects.toBe(silent);
    expect(told.join()).toMatch(/aster-futures: what the key may do could not be read.*--allow-withdraw-key/);
  });

  it("is over at once when a person ends it, whether it waits for an answer or to ask again", async () => {
    for (const answer of [never, silent] as const) {
      const { check, told, stop, pauses } = asked(answer, never);
      const checking = check();
      await Promise.resolve();
      stop.abort();
      await checking;
      expect(told).toEqual([]);
      expect(pauses.length).toBeLessThanOrEqual(1);
    }
    const before = asked(never);
    before.stop.abort();
    await before.check();
  });

  it("goes on without an answer where a person allows any key, and where a venue never tells", async () => {
    const allowed = asked();
    await allowed.check(true);
    expect(allowed.told.join()).toMatch(/could not be read, and --allow-withdraw-key goes on/);
    const untold = asked(untoldRights("it does not tell"));
    await untold.check();
    expect(untold.told).toEqual(["aster-futures: it does not tell"]);
  });
});
