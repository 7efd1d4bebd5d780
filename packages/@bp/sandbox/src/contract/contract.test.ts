// The contract, each case a test by its number, against every venue that is there.
import { describe, expect, it, vi } from "vitest";
import type { Subject } from "./bench.ts";
import { contractCases } from "./cases.ts";
import { lacking, runCase } from "./run.ts";
import { asterSubject } from "./subjects/aster.ts";
import { backpackSubject } from "./subjects/backpack.ts";
import { simSubject } from "./subjects/sim.ts";

vi.setConfig({ maxConcurrency: 2 }); // an order that waits for the signatures of many other cases is too old to leave
const subjects = [
  simSubject("perp"),
  simSubject("spot"),
  backpackSubject("perp"),
  backpackSubject("spot"),
  asterSubject({ service: "futures" }),
  asterSubject({ service: "spot" }),
];

describe.each(subjects)("the contract on $name", (subject) => {
  const [has, lacks] = [casesOf(subject, "has"), casesOf(subject, "lacks")];
  it.concurrent.each(has)("$id $title", (each) => expect(runCase(subject, each)).resolves.toBeUndefined(), 180_000);
  it.each(lacks)("$id is not for it: it has no $missing", ({ missing }) => {
    expect(missing).not.toBe("");
  });
});

function casesOf(subject: Subject, which: "has" | "lacks") {
  return contractCases
    .map((each) => ({ ...each, missing: lacking(each.needs, subject.offers).join(", ") }))
    .filter(({ missing }) => (missing === "") === (which === "has"));
}

describe("contractCases", () => {
  it("gives each number once, in order", () => {
    const ids = contractCases.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });
});
