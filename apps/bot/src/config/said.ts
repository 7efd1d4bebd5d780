// What was said in the words of flags, on the command line or in a flat file, and by whom.

import { shown } from "./complaint.ts";
import type { Finding, From } from "./finding.ts";
import { checkFlags, type FlagName, type Flags, flagOf, isHidden } from "./flags.ts";

/** Flags over the flat file's keys. */
export interface Said {
  readonly value: Flags;
  /** `--spread`, or `my.yaml: spread`; for what was not said at all the flag. */
  nameOf(name: FlagName): string;
  fromOf(name: FlagName): From;
  /** What became of one that was said, or of its default. */
  finding(name: FlagName, to: string, otherwise?: unknown): Finding;
}

/** Switches that say the opposite of each other: one that is typed takes the other one's place in the file. */
const opposites = [
  ["enableDb", "disableDb"],
  ["enableRebalance", "disableRebalance"],
] as const satisfies readonly (readonly [FlagName, FlagName])[];

/**
 * @param flags - as the command line gives them, keys in camelCase
 * @param flat - the same words from a file
 * @throws BpError `config/invalid`
 */
export function saidIn(
  flags: Readonly<Record<string, unknown>>,
  flat?: { readonly file: string; readonly keys: Readonly<Record<string, unknown>> },
): Said {
  const inFile = flat === undefined ? {} : checkFlags(flat.keys, (key) => `${flat.file}: ${key}`);
  const typed = checkFlags(flags, flagOf);
  const value: Flags = { ...inFile, ...typed };
  for (const [one, other] of opposites) {
    if (typed[one] === true && typed[other] === undefined) delete value[other];
    if (typed[other] === true && typed[one] === undefined) delete value[one];
  }
  const fromOf = (name: FlagName): From =>
    typed[name] !== undefined ? "flag" : inFile[name] !== undefined ? "file" : "default";
  const nameOf = (name: FlagName) => (fromOf(name) === "file" ? `${flat?.file ?? ""}: ${name}` : flagOf(name));
  return {
    value,
    fromOf,
    nameOf,
    finding: (name, to, otherwise) => ({
      key: fromOf(name) === "file" ? name : flagOf(name),
      from: fromOf(name),
      outcome: "mapped",
      to,
      shown: isHidden(name) ? "[secret]" : shown(value[name] ?? otherwise),
    }),
  };
}
