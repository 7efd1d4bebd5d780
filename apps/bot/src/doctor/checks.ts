// A list of checks: what was looked at, what was found, what to do about it.
import { plain, type VenueId } from "@bp/core";
import { messageOf } from "../failures.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** The account; left out for what is of the machine or of all accounts. */
  readonly account?: VenueId;
  readonly ok: boolean | "skipped";
  readonly found: string;
  /** What to do; left out where nothing is wrong. */
  readonly next?: string;
}

/** A list in the making. */
export interface Checks {
  readonly all: readonly Check[];
  readonly failed: boolean;
  add(check: Check): void;
  /** Looks; a throw is a failure, told in its own words. Resolves with whether it was well. */
  look(what: Pick<Check, "name" | "account">, next: string, look: () => string | Promise<string>): Promise<boolean>;
}

/** Begins one. */
export function checkList(): Checks {
  const all: Check[] = [];
  const add = (check: Check) => void all.push({ ...check, found: plain(check.found) }); // a venue may have a say in it
  return {
    all,
    get failed() {
      return all.some(({ ok }) => ok === false);
    },
    add,
    look: async (what, next, look) => {
      try {
        add({ ...what, ok: true, found: await look() });
        return true;
      } catch (error) {
        const found = messageOf(error);
        add({ ...what, ok: false, found, next });
        return false;
      }
    },
  };
}

/** A check as a person reads it, in one line or two. */
export function checkText({ name, account, ok, found, next }: Check): string {
  const word = ok === true ? "ok  " : ok === false ? "FAIL" : "skip";
  const where = account === undefined ? "" : `${account}: `;
  const more = next === undefined ? "" : `\n               next: ${next}`;
  return `${word}  ${name.padEnd(8)} ${where}${found}${more}`;
}
