// The demo's stage: a sandbox exchange in this process, traded over real HTTP and WebSocket on loopback.
import { setFlagsFromString } from "node:v8";
import { BpError, type InstrumentId } from "@bp/core";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import { systemClock } from "@bp/transport";
import { fromHere } from "../paths.ts";
import { ledgerOf } from "./ledger.ts";
import type { Stage } from "./stage.ts";
import { wireStage } from "./wire.ts";

/** What the sandbox plays. */
export interface SandboxOptions {
  readonly seed: number;
  readonly speed: number;
  readonly account: string;
  /** A recording, as the person named it. */
  readonly market?: string | undefined;
}

/** Starts the sandbox and connects to it as one of its test accounts. */
export async function sandboxStage(options: SandboxOptions): Promise<Stage> {
  const { seed, speed, account: name, market } = options;
  // An exchange and a bot in one process: here memory is dearer than speed (a quarter less of it, measured at 10×).
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--heap-growing-percent=10");
  const sandbox = await startSandbox({
    seed,
    speed,
    ...(market === undefined ? {} : { market: fromHere(market) }),
  });
  if (sandbox.problem !== undefined) {
    await sandbox.close();
    throw sandbox.problem;
  }
  const account = sandbox.accounts.find((each) => each.name === name);
  if (account === undefined) {
    await sandbox.close();
    const names = sandbox.accounts.map((each) => each.name).join(", ");
    throw new BpError("config/invalid", {
      path: "--account",
      found: JSON.stringify(name),
      expected: `one of ${names}`,
    });
  }
  const wire = wireStage({
    place: "sandbox",
    rest: sandbox.rest,
    ws: sandbox.ws,
    keys: { apiKey: account.apiKey, secret: Secret.of(account.secret) },
    speed,
    seed,
    lasts: false,
    about: `sandbox exchange at ${sandbox.rest} (this process), ${market === undefined ? `seed ${seed}` : `recording ${market}`}, speed ${speed}×`,
    ledger: (instrument: InstrumentId) => ledgerOf(sandbox.exchange, name, instrument),
    close: () => sandbox.close(),
  });
  return {
    ...wire,
    drive: async (instruments, handle, signal, seconds) => {
      const driving = wire.drive(instruments, handle, signal, seconds);
      return Promise.race([driving, endOf(sandbox, signal)]);
    },
  };
}

/** How often the market is asked whether it goes on, in ms. */
const lookMs = 250;

/**
 * Waits for the end of the market: a recording that has played to its last line.
 *
 * @returns why it is over, or nothing once `signal` aborts
 * @throws BpError when it has broken off: a recording that turns out to be cut while it plays
 */
async function endOf(sandbox: Sandbox, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    if (sandbox.problem !== undefined) throw sandbox.problem;
    if (sandbox.ended) return "the recording has ended";
    await systemClock.sleep(lookMs, signal);
  }
  return undefined;
}
