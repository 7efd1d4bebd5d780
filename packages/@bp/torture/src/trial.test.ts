// Trials: the same seed, the same story; what is broken is found and made small.
import { describe, expect, it } from "vitest";
import { drawFaults } from "./draw.ts";
import { type Fault, faultKinds, faultText } from "./fault.ts";
import { invariants } from "./invariants/index.ts";
import { at, shrink } from "./shrink.ts";
import { perp, subjectWith } from "./trial.fixture.ts";
import { planOf, tryIt } from "./trial.ts";

const subject = subjectWith();
const span = { fromMs: 2_000, untilMs: 20_000 };

/** A subject whose every engine gives other order numbers. */
function forgetful() {
  let count = 0;
  const engine = () => {
    count += 1;
    return subjectWith({}, { run: count % 200 }).engine();
  };
  return subjectWith({ engine });
}

describe("drawFaults", () => {
  it("gives the same faults for the same seed, in the order of time, and others for another", () => {
    const drawn = drawFaults(7, subject, faultKinds, span);
    expect(drawFaults(7, subject, faultKinds, span)).toEqual(drawn);
    expect(drawn.map((each) => each.at)).toEqual(drawn.map((each) => each.at).toSorted((a, b) => a - b));
    expect(drawFaults(8, subject, faultKinds, span)).not.toEqual(drawn);
  });

  it("draws every kind sooner or later, and only those that are allowed", () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 2_000; seed++)
      for (const { kind } of drawFaults(seed, subject, faultKinds, span)) kinds.add(kind);
    expect([...kinds].toSorted()).toEqual([...faultKinds].toSorted());
    for (let seed = 0; seed < 50; seed++)
      for (const { kind } of drawFaults(seed, subject, ["cut", "crash"], span))
        expect(["cut", "crash"]).toContain(kind);
    expect(drawFaults(1, subject, [], span)).toEqual([]);
  });

  it("keeps to its span, whatever is drawn", () => {
    for (let seed = 0; seed < 500; seed++)
      for (const fault of drawFaults(seed, subject, faultKinds, span)) {
        expect(fault.at).toBeGreaterThanOrEqual(span.fromMs);
        expect(fault.at).toBeLessThanOrEqual(span.untilMs);
      }
  });
});

describe("faultText", () => {
  it("says when, for how long, what and where", () => {
    expect(faultText({ kind: "acks-lost", at: 12_400, forMs: 3_000, venue: "backpack", chance: 0.6 })).toBe(
      "12.400 s for 3.0 s: acks-lost backpack chance 0.6",
    );
    expect(faultText({ kind: "kill", at: 1_000, resumeMs: undefined })).toBe("1.000 s: kill");
  });
});

describe("tryIt", () => {
  it("gives the same outcome for the same seed", () => {
    for (const seed of [3, 4, 5]) {
      const once = tryIt({ subject, seed, kinds: faultKinds, seconds: 25 });
      expect(tryIt({ subject, seed, kinds: faultKinds, seconds: 25 })).toEqual(once);
      expect(once.orders).toBeGreaterThan(0);
    }
  });

  it("keeps all promises for a plain strategy under all faults", () => {
    for (let seed = 1; seed <= 30; seed++)
      expect(tryIt({ subject, seed, kinds: faultKinds, seconds: 25 }).violations).toEqual([]);
  });

  it("restarts what it kills, as often as it is told", () => {
    const crash = (ms: number): Fault => ({ kind: "crash", at: ms, point: "commit", step: 1, downMs: 500 });
    const plan = [crash(3_000), crash(8_000), crash(14_000)];
    const { lives, violations } = tryIt({ subject, seed: 1, plan, kinds: [], seconds: 25 });
    expect([lives, violations]).toEqual([4, []]);
  });

  it("tells the story", () => {
    const lines: string[] = [];
    tryIt({
      subject,
      seed: 1,
      plan: [{ kind: "kill", at: 5_000, resumeMs: 2_000 }],
      kinds: [],
      seconds: 12,
      watch: (line) => lines.push(line),
    });
    expect(lines.some((line) => line.includes("→ buy 20 @"))).toBe(true);
    expect(lines.some((line) => line.includes("* kill"))).toBe(true);
    expect(lines.some((line) => line.includes("halt: kill asked for it"))).toBe(true);
  });

  it("finds a position beyond its cap", () => {
    const bounds = { ...subject.bounds, maxPosition: { [perp.id]: "0.2" } };
    const found = tryIt({ subject: subjectWith({ bounds }), seed: 1, kinds: [], seconds: 60 }).violations;
    expect(found.map((each) => each.invariant)).toEqual([5]);
    expect(found[0]?.says).toMatch(/^a position of 0\.\d+ SOL in backpack:SOL_USDC_PERP, at most 0\.2$/);
  });

  const secret = "correct horse";
  const secrets = [secret];
  it.each([
    ["what the run writes at its start", subjectWith({ secrets, said: [`key=${secret}`] })],
    ["a note", subjectWith({ secrets }, { rules: [{ name: "talks", start: () => undefined, check: refusing }] })],
    ["a command", subjectWith({ secrets }, { slots: secret })],
  ])("finds a secret in %s", (where, talking) => {
    const { violations } = tryIt({ subject: talking, seed: 1, kinds: [], seconds: 10 });
    expect(violations.map(({ invariant, says }) => [invariant, says])).toEqual([[12, `a secret stands in ${where}`]]);
  });
  function refusing() {
    return { refuse: `not with ${secret}` };
  }

  it("finds a recovery that is another each time", () => {
    const plan: readonly Fault[] = [{ kind: "crash", at: 5_000, point: "append", step: 1, downMs: 1 }];
    const found = tryIt({ subject: forgetful(), seed: 1, plan, kinds: [], seconds: 10 }).violations;
    expect(found.map((each) => each.invariant)).toContain(11);
  });
});

describe("shrink", () => {
  it("leaves no fault where the promise breaks without any", () => {
    const bounds = { ...subject.bounds, maxPosition: { [perp.id]: "0.2" } };
    const options = { subject: subjectWith({ bounds }), seed: 2, kinds: faultKinds, seconds: 40 };
    const { kept, outcome } = shrink(options, 5);
    expect(kept).toEqual([]);
    expect(outcome.violations.map((each) => each.invariant)).toContain(5);
  });

  it("keeps the fault without which nothing breaks, and no other", () => {
    const options = { subject: forgetful(), seed: 3, kinds: ["crash", "latency", "deposit"] as const, seconds: 20 };
    const plan = planOf(options);
    const { kept, outcome } = shrink(options, 11);
    expect(plan.length).toBeGreaterThan(3);
    expect(at(plan, kept).map(({ kind }) => kind)).toEqual(["crash"]);
    expect(outcome.violations.map((each) => each.invariant)).toContain(11);
  });

  it("names places of the seed's own plan", () => {
    const plan = planOf({ subject, seed: 2, kinds: faultKinds, seconds: 40 });
    expect(at(plan, [0])).toEqual(plan.slice(0, 1));
    expect(at(plan, [])).toEqual([]);
  });
});

describe("invariants", () => {
  it("are twelve, by their numbers", () => {
    expect(invariants.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
