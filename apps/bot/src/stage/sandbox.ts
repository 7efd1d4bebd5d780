// The demo's stage: sandbox exchanges in this process, traded over real HTTP and WebSocket on loopback.
import { setFlagsFromString } from "node:v8";
import { BpError, exchangeOf, type InstrumentId, symbolOf, type VenueId, venueOf } from "@bp/core";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import type { Exchange } from "@bp/sim";
import { systemClock } from "@bp/transport";
import { fromHere } from "../paths.ts";
import type { Door } from "./door.ts";
import { createLedgers, type Ledgers } from "./ledger.ts";
import type { Stage } from "./stage.ts";
import { wireStage } from "./wire.ts";

/** What the sandbox plays. */
export interface SandboxOptions {
  readonly seed: number;
  readonly speed: number;
  /** Account of the sandbox by venue: `backpack-2` is `bob`. */
  readonly accounts: ReadonlyMap<VenueId, string>;
  /** Whether Backpack's market has the coin ASTER although Aster is not there. */
  readonly asterCoin: boolean;
  /** A recording, as the person named it. */
  readonly market?: string | undefined;
}

/** Starts the sandbox and connects to it as some of its test accounts. */
export async function sandboxStage(options: SandboxOptions): Promise<Stage> {
  const { seed, speed, accounts, market, asterCoin } = options;
  // An exchange and a bot in one process: here memory is dearer than speed (a quarter less of it, measured at 10×).
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--heap-growing-percent=10");
  const sandbox = await startSandbox({
    seed,
    speed,
    ...(asterCoin ? { asterCoin } : {}),
    aster: [...accounts.keys()].some((id) => exchangeOf(id) !== "backpack"),
    ...(market === undefined ? {} : { market: fromHere(market) }),
  });
  try {
    const ledgers = new Map<VenueId, Ledgers>();
    for (const id of accounts.keys()) {
      const exchange = exchangeAt(sandbox, id);
      if (exchange !== undefined) ledgers.set(id, createLedgers(exchange));
    }
    if (sandbox.problem !== undefined) throw sandbox.problem;
    const wire = await wireStage({
      place: "sandbox",
      doors: [...accounts].map(([id, name]) => doorIn(sandbox, id, name)),
      speed,
      seed,
      lasts: false,
      about: `sandbox exchange at ${sandbox.rest} (this process), ${market === undefined ? `seed ${seed}` : `recording ${market}`}, speed ${speed}×`,
      ledger: (id) => {
        const name = accounts.get(venueOf(id));
        const inner: InstrumentId = `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
        return name === undefined ? undefined : ledgers.get(venueOf(id))?.(name, inner);
      },
      close: () => sandbox.close(),
    });
    return {
      ...wire,
      warnings: sandbox.warnings,
      faults: { inject: (plan) => sandbox.inject(plan), mend: () => sandbox.mend() },
      drive: async (instruments, handle, signal, seconds) => {
        const driving = wire.drive(instruments, handle, signal, seconds);
        const over = await Promise.race([driving, endOf(sandbox, signal)]);
        return signal.aborted ? driving : over; // whatever must still be said to the venues is said
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** The door of one of its test accounts. @throws BpError `config/invalid` for an account that the sandbox does not have */
export function doorIn(sandbox: Sandbox, id: VenueId, name: string): Door {
  const { accounts, aster } = sandbox;
  const exchange = exchangeOf(id);
  if (exchange === "backpack") {
    const account = named(accounts, name);
    const keys = { apiKey: account.apiKey, secret: Secret.of(account.secret) };
    return { id, rest: sandbox.rest, ws: sandbox.ws, keys };
  }
  const site = exchange === "aster-spot" ? aster?.spot : aster?.futures;
  const { agent } = named(aster?.accounts ?? [], name);
  const keys = { user: agent.user, signer: agent.signer, privateKey: Secret.of(agent.privateKey) };
  return { id, rest: site?.rest, ws: site?.ws, keys };
}

function named<T extends { readonly name: string }>(accounts: readonly T[], name: string): T {
  const found = accounts.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = accounts.map((each) => each.name).join(", ");
  throw new BpError("config/invalid", { path: "--account", found: JSON.stringify(name), expected: `one of ${names}` });
}

function exchangeAt({ exchange, aster }: Sandbox, venue: VenueId): Exchange | undefined {
  const name = exchangeOf(venue);
  if (name === "backpack") return exchange;
  return (name === "aster-spot" ? aster?.spot : aster?.futures)?.exchange;
}

/** How often the market is asked whether it goes on, in ms. */
const lookMs = 250;

/**
 * Waits for the end of the market: a recording that has played to its last line.
 *
 * @returns why it is over, or nothing once `signal` aborts
 * @throws BpError when it has broken off: its source threw
 */
async function endOf(sandbox: Sandbox, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    if (sandbox.problem !== undefined) throw sandbox.problem;
    if (sandbox.ended) return "the recording has ended";
    await systemClock.sleep(lookMs, signal);
  }
  return undefined;
}
