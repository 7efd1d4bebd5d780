// Who is kept apart from whom: by the signer always, by the user where it is known.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createNonces, type NonceOptions, type Nonces } from "./index.ts";

const directory = mkdtempSync(join(tmpdir(), "nonces-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const start = 1_748_310_859_508_867; // µs
let names = 0;
/** An address that nobody has had. */
const fresh = () => `0x${(++names).toString(16).padStart(40, "0")}`;
const take = (nonces: Nonces, count = 200) => Array.from({ length: count }, () => nonces.next());

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe.each(["machine", "process"] as const)("nonces of a %s", (scope) => {
  const nonces = (options: Pick<NonceOptions, "signer" | "user">) =>
    createNonces({ ...options, directory, scope, now: () => start });
  /** How many nonces these give out more than once. Each is asked twice: the first may not see what the last takes. */
  const repeats = (...all: readonly Nonces[]) => {
    const taken = [...all, ...all].flatMap((each) => take(each));
    return taken.length - new Set(taken).size;
  };

  it("differ for one signer, with its user, with another and with none, whoever comes first", () => {
    const orders = [
      ["user", "none", "other"],
      ["none", "other", "user"],
      ["other", "user", "none"],
    ];
    for (const order of orders) {
      const [signer, user, other] = [fresh(), fresh(), fresh()];
      const all = { user: { signer, user }, other: { signer, user: other }, none: { signer } };
      const programs = order.map((name) => nonces(all[name as keyof typeof all])); // one of the three above
      expect(repeats(...programs)).toBe(0);
    }
  });

  it("differ for all agents of a user, also when one of them was there before without saying whose it is", () => {
    const [one, two, user] = [fresh(), fresh(), fresh()];
    take(nonces({ signer: one }));
    expect(repeats(nonces({ signer: one }), nonces({ signer: one, user }))).toBe(0);
    expect(repeats(nonces({ signer: two, user }), nonces({ signer: one, user }))).toBe(0);
  });

  it("differ for a wallet that signs for itself and its agents", () => {
    const [signer, user] = [fresh(), fresh()];
    expect(repeats(nonces({ signer, user }), nonces({ signer: user, user }), nonces({ signer: user }))).toBe(0);
  });

  it("differ for whoever shares a name, in whatever order they come", () => {
    const pool = fc.constantFrom("a", "b", "c");
    const program = fc.record({ signer: pool, user: fc.option(pool, { nil: undefined }) });
    fc.assert(
      fc.property(
        fc.array(program, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat(7), { maxLength: 30 }),
        (all, turns) => {
          const own = { a: fresh(), b: fresh(), c: fresh() };
          const nameOf = (name: string) => own[name as keyof typeof own]; // of the pool
          const programs = all.map(({ signer, user }) => {
            const given = { signer: nameOf(signer), user: user === undefined ? undefined : nameOf(user) };
            return { names: Object.values(given), made: nonces(given) };
          });
          const taken = new Map<string, number[]>();
          for (const turn of turns) {
            const { names, made } = programs[turn % programs.length] ?? {};
            for (const nonce of made === undefined ? [] : take(made, 20))
              for (const name of new Set(names)) taken.set(name ?? "", [...(taken.get(name ?? "") ?? []), nonce]);
          }
          taken.delete("");
          for (const list of taken.values()) expect(new Set(list).size).toBe(list.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("need a user that has a name, if any", () => {
    expect(() => nonces({ signer: fresh(), user: "" })).toThrow("user");
  });

  it("are as near to the time with a user as without", () => {
    const [signer, user] = [fresh(), fresh()];
    const all = [nonces({ signer }), nonces({ signer, user }), nonces({ signer: fresh(), user })];
    for (const nonce of all.flatMap((each) => take(each))) {
      expect(nonce).toBeGreaterThanOrEqual(start);
      expect(nonce).toBeLessThan(start + 100_000);
    }
  });
});

describe("folders of nonces", () => {
  it("are one for each name, made for the user alone", () => {
    const [signer, user] = [fresh(), fresh()];
    createNonces({ signer, user, directory, now: () => start }).next();
    for (const name of [signer, user]) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  });

  it.each(["signer", "user"] as const)(
    "are named, with what to do, when something else lies where that of the %s should be",
    (kind) => {
      const given = { signer: fresh(), user: fresh() };
      for (const content of ["", "nonsense"]) {
        writeFileSync(join(directory, given[kind]), content);
        const error = failure(() => createNonces({ ...given, directory }));
        expect(error.code).toBe("signing/nonce-store");
        expect(error.message).toContain(join(directory, given[kind]));
        expect(error.message).toContain('choose another "directory"');
      }
    },
  );
});
