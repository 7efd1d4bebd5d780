// Accounts of a run on this machine: who is refused while it lasts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@bp/signing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOperator } from "../operator.ts";
import type { Door } from "../stage/door.ts";
import { accountNameOf } from "../stage/identity.ts";
import { type HoldOptions, holdAccounts } from "./accounts.ts";

const user = "0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e";
const agent = { signer: "0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0", privateKey: Secret.of("not needed here") };
const other = { ...agent, signer: "0x2610D3935A008036AF0AE12D014C8904b75fC5E9" };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bp-accounts-"));
  vi.stubEnv("BP_STATE", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function hold(keys: Door["keys"], id = "aster-futures") {
  const door: Door = { id, keys };
  const stage: HoldOptions["stage"] = {
    place: "live",
    lasts: true,
    accounts: [accountNameOf("live", door)],
    venues: [{ id }] as unknown as HoldOptions["stage"]["venues"], // no more is looked at
    doors: [door],
  };
  return holdAccounts({ stage, store: undefined, operator: createOperator(), tell: () => undefined });
}

it("refuses the agent of an account that is traded without its user, and the user's other agents, until it is let go", async () => {
  const first = await hold({ ...agent, user });
  for (const same of [agent, { ...other, user: user.toLowerCase() }])
    await expect(hold(same)).rejects.toThrow(/account aster-futures .* is traded by this very process/);
  const spot = await hold({ ...agent, user }, "aster-spot"); // orders of its own
  await spot.release();
  await first.release();
  const alone = await hold(agent);
  await expect(hold({ ...agent, user })).rejects.toThrow(/is traded by/);
  await alone.release();
  await (await hold({ ...agent, user })).release(); // who was refused holds nothing
});
