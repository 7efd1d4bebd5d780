// `pnpm contract`: the contract against simulated venues, or by hand against a real one; one line a case, and a sum.
import { parseArgs } from "node:util";
import { BpError, isBpError } from "@bp/core";
import type { Subject } from "./bench.ts";
import { contractCases } from "./cases.ts";
import { type CaseResult, runContract } from "./run.ts";
import { asterSubject } from "./subjects/aster.ts";
import { backpackSubject } from "./subjects/backpack.ts";
import { simSubject } from "./subjects/sim.ts";
import { type LiveVenue, liveVenues, subjectOf } from "./venues.ts";

/** What the command is told, and where it writes. */
export interface CommandIo {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
}

const simulated: readonly Subject[] = [
  simSubject("perp"),
  simSubject("spot"),
  backpackSubject("perp"),
  backpackSubject("spot"),
  asterSubject({ service: "futures" }),
  asterSubject({ service: "spot" }),
];

const usage = `pnpm contract [names] [options]
  names            simulated venues: ${simulated.map(({ name }) => name).join(", ")}; default: all
  --live VENUE     a real one instead: ${liveVenues.join(", ")}; only reads, unless --trade
  --trade          also rests the smallest post-only order far from the market, and takes it back
  --symbol NAME    which market
  --rest URL, --ws URL, --network mainnet|testnet    where
  --only V.01,V.02 these cases alone
  --json           an array of results instead of lines
Keys: BACKPACK_KEY, BACKPACK_SECRET; ASTER_USER, ASTER_SIGNER, ASTER_PRIVATE_KEY, or ASTER_KEY, ASTER_SECRET.`;

/** @returns 0: nothing failed; 1: a case did; 2: the command cannot be understood */
export async function contractCommand({ arguments: args, environment, write }: CommandIo): Promise<0 | 1 | 2> {
  let asked: ReturnType<typeof read>;
  try {
    asked = read(args);
    if (asked.help) {
      write(usage);
      return 0;
    }
    const subjects = subjectsOf(asked, environment);
    const results: (CaseResult & { readonly venue: string })[] = [];
    for (const subject of subjects) {
      if (!asked.json && subjects.length > 1) write(`\n${subject.name}`);
      for (const result of await runContract(subject, {
        cases: contractCases.filter(({ id }) => asked.only === undefined || asked.only.includes(id)),
        onResult: (each) => {
          if (!asked.json) write(lineOf(each));
        },
      }))
        results.push({ venue: subject.name, ...result });
    }
    const count = (outcome: CaseResult["outcome"]) => results.filter((each) => each.outcome === outcome).length;
    if (asked.json) write(JSON.stringify(results, undefined, 2));
    else write(`\n${count("passed")} passed, ${count("failed")} failed, ${count("not-applicable")} not applicable`);
    return count("failed") > 0 ? 1 : 0;
  } catch (error) {
    if (!isBpError(error)) throw error;
    write(`${error.message}\n\n${usage}`);
    return 2;
  }
}

/** @throws BpError `config/invalid` */
function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: args.filter((each) => each !== "--"),
      allowPositionals: true,
      options: {
        live: { type: "string" },
        trade: { type: "boolean", default: false },
        symbol: { type: "string" },
        rest: { type: "string" },
        ws: { type: "string" },
        network: { type: "string", default: "mainnet" },
        only: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
    return { ...values, names: positionals, only: values.only?.split(",") };
  } catch (error) {
    throw new BpError(
      "config/invalid",
      { path: "arguments", found: args.join(" "), expected: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function subjectsOf(asked: ReturnType<typeof read>, environment: CommandIo["environment"]): readonly Subject[] {
  const { live, names, network } = asked;
  const unknown = asked.only?.filter((id) => contractCases.every((each) => each.id !== id)) ?? [];
  if (unknown.length > 0)
    throw new BpError("config/invalid", { path: "--only", found: unknown.join(","), expected: "numbers of cases" });
  if (network !== "mainnet" && network !== "testnet")
    throw new BpError("config/invalid", { path: "--network", found: network, expected: "mainnet or testnet" });
  if (live === undefined) return names.length === 0 ? simulated : names.map(named);
  if (!isLive(live))
    throw new BpError("config/invalid", { path: "--live", found: live, expected: liveVenues.join(", ") });
  const { symbol, rest: restUrl, ws: wsUrl, trade } = asked;
  return [subjectOf(live, { symbol, restUrl, wsUrl, network, trade }, environment)];
}

function named(name: string): Subject {
  const found = simulated.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new BpError("config/invalid", {
    path: "names",
    found: name,
    expected: simulated.map((each) => each.name).join(", "),
  });
}

function isLive(name: string): name is LiveVenue {
  return (liveVenues as readonly string[]).includes(name);
}

const marks = { passed: "passed", failed: "FAILED", "not-applicable": "-     " } as const;

function lineOf({ id, title, outcome, why, ms }: CaseResult): string {
  const time = outcome === "not-applicable" ? "" : `${ms} ms`;
  return `${id}  ${marks[outcome]}  ${time.padStart(8)}  ${title}${why === "" ? "" : `: ${why}`}`;
}
