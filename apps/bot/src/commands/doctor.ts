// `bot doctor [FILE]`: everything that can be checked before money is at stake, each with its figure and the next step.
import { exchangeOf, type InstrumentId, isBpError, sizeText, symbolOf, type VenueId, venueOf } from "@bp/core";
import { openJournal } from "@bp/journal";
import { systemClock } from "@bp/transport";
import type { BotConfig } from "../config/index.ts";
import { type Check, type Checks, checkList, checkText } from "../doctor/checks.ts";
import { patientOf } from "../doctor/patient.ts";
import { type Probe, probeOf } from "../doctor/probe.ts";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { withdrawHint } from "../rights.ts";
import type { Door } from "../stage/door.ts";
import { doorsOf, isHere } from "../stage/doors.ts";
import { rightsText } from "../stage/rights.ts";
import { instrumentNamed, marketsOf } from "../wire-up.ts";

/** Exit 0 when nothing failed, 1 otherwise. What needs a key is skipped without one. @throws BpError `config/*` */
export async function doctor(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { config, keyless } = await patientOf(file, flags);
  const checks = checkList();
  await checks.look({ name: "node" }, "install Node 24 or later", () => {
    if (Number(process.versions.node.split(".")[0]) < 24) throw new Error(`Node ${process.versions.node}`);
    return process.versions.node;
  });
  await checks.look({ name: "journal" }, "choose a folder that can be written, with --journal", () => {
    if (config.journal === ":memory:") return "kept in memory only: no resume, no replay";
    const store = openJournal(fromHere(config.journal));
    const runs = store.runs().length;
    store.close();
    return `${store.file}, ${runs} runs`;
  });
  if (keyless !== undefined) {
    const next = "put it right; the rest was looked at without keys";
    checks.add({ ...keyless, ...(keyless.ok === false ? { next } : {}) });
  }
  if (isHere(config))
    checks.add({
      name: "venue",
      ok: "skipped",
      found: "a sandbox exchange in the bot's own process: nothing to reach. --live looks at the real accounts",
    });
  else
    for (const door of await doorsOf(config)) {
      const probe = await probeOf({ ...door, timeoutMs: 5_000 });
      try {
        await examine(checks, door, probe, marketsIn(config, door.id), config.allowWithdrawKey);
      } finally {
        await probe.close();
      }
    }

  if (config.json) process.stdout.write(`${JSON.stringify({ ok: !checks.failed, checks: checks.all })}\n`);
  else process.stdout.write(`${checks.all.map(checkText).join("\n")}\n`);
  return checks.failed ? exit.failed : exit.done;
}

/** One account: its keys, then what needs the venue. */
async function examine(
  checks: Checks,
  { id: account, keys }: Door,
  probe: Probe,
  markets: readonly InstrumentId[],
  allowWithdrawKey = false,
): Promise<void> {
  const of = (name: string) => ({ name, account });
  if (keys !== undefined) checks.add({ ...of("keys"), ok: true, found: kindOf(account, keys) });
  const isReached = await checks.look(of("venue"), "is the address right, and is there a way to it (proxy)?", () =>
    probe.open(),
  );
  if (!isReached) {
    for (const name of ["clock", ...(markets.length === 0 ? [] : ["market"]), "account"])
      checks.add({ ...of(name), ok: "skipped", found: "the venue was not reached" });
    return;
  }
  await checks.look(
    of("clock"),
    "set the system clock (NTP); orders are signed with the measured offset meanwhile",
    async () => {
      await probe.skew.sync();
      return `offset ${Math.round(probe.skew.offsetMs ?? 0)} ms, known to ${Math.ceil(probe.skew.uncertaintyMs ?? 0)} ms`;
    },
  );
  for (const id of markets)
    await checks.look(of("market"), "spell the symbol as the venue does", async () => {
      const found = instrumentNamed(await probe.instruments(), id);
      const { state, tickSize, lotSize, minSize } = found;
      if (state !== "open") throw new Error(`${symbolOf(id)} is ${state}`);
      return `${symbolOf(id)} open, tick ${tickSize}, step ${lotSize}, minimum ${sizeText(found, minSize)}`;
    });
  if (keys === undefined) checks.add({ ...of("account"), ok: "skipped", found: "needs keys" });
  else {
    const isKnown = await checks.look(of("account"), "is the key registered, and may it trade?", () => probe.account());
    if (isKnown) checks.add({ ...of("rights"), ...(await rightsIn(probe, allowWithdrawKey)) });
  }
}

/** What the key may do: a failure where it may withdraw and nobody allowed that, skipped where the venue does not tell. */
async function rightsIn(probe: Probe, allowWithdrawKey: boolean): Promise<Pick<Check, "ok" | "found" | "next">> {
  try {
    const rights = await probe.rights();
    const found = rightsText(rights);
    if (rights.withdraw === true && !allowWithdrawKey) return { ok: false, found, next: withdrawHint };
    if (rights.trade === false) return { ok: false, found, next: "allow it at the venue, or use another key" };
    if (rights.until !== undefined && rights.until <= systemClock.now())
      return { ok: false, found, next: "it has ended: make a new one" };
    return { ok: rights.withdraw === undefined ? "skipped" : true, found };
  } catch (error) {
    if (!isBpError(error)) throw error;
    return { ok: "skipped", found: `could not be read: ${error.message}` };
  }
}

/** What the keys are, none of them shown: a run would have refused those that cannot be. */
function kindOf(account: VenueId, keys: NonNullable<Door["keys"]>): string {
  if (!("apiKey" in keys)) return "an agent, whose private key it is";
  return exchangeOf(account) === "backpack" ? "the pair belongs together" : "key and secret are there";
}

/** The markets that an account is meant to trade. */
function marketsIn({ strategies }: BotConfig, account: string): readonly InstrumentId[] {
  const ids = strategies.flatMap((each) => (isAnywhere(each) ? [] : marketsOf(each)));
  return [...new Set(ids)].filter((id) => venueOf(id) === account);
}

/** A maker may leave its market to the venue that has one alone. */
const isAnywhere = ({ use, params }: BotConfig["strategies"][number]) =>
  use === "maker" && params["instrument"] === undefined;
