// Real processes with clients of one agent, some of which do not know its user.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgent } from "@bp/signing";
import { describe, expect, it } from "vitest";
import { signerOf, startVenue } from "../test/venue.ts";

const clients = 4;
const rounds = 250; // a request to each service in each: within what a client may read in a minute
const agent = createAgent(new Uint8Array(32).fill(9));
const user = createAgent(new Uint8Array(32).fill(8)).address;

const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", "--input-type=module", "--eval"];
const source = JSON.stringify(new URL("index.ts", import.meta.url).href);

/** A program that makes clients with `key`, says `ready`, and asks as soon as it is told to. */
const programOf = (key: object, restUrl: string) => `
  import { createAster, loadFastSecp256k1, sharedLimits, systemClock } from ${source};
  const secp256k1 = await loadFastSecp256k1();
  const at = { restUrl: ${JSON.stringify(restUrl)} };
  const limitsOf = (service) => sharedLimits(service, systemClock); // each its own: it is about nonces, and there is no limit here
  const make = () => createAster({
    key: ${JSON.stringify(key)},
    futures: { ...at, limits: limitsOf("futures") },
    spot: { ...at, limits: limitsOf("spot") },
    secp256k1,
    timeoutMs: 60_000,
  });
  const all = Array.from({ length: ${clients} }, make);
  process.stdin.once("data", async () => {
    for (let round = 0; round < ${rounds}; round += 10)
      await Promise.all(all.flatMap(({ futures, spot }) => Array.from({ length: 10 }, () => [
        futures.rest.trade.openOrders({ symbol: "A" }),
        spot.rest.trade.openOrders({ symbol: "A" }),
      ])).flat());
    await Promise.all(all.map((each) => each.close()));
    process.stdin.destroy();
  });
  console.error("ready");
`;

describe("createAster in two processes with one agent, one of which does not know its user", () => {
  it("uses no nonce twice in 4,000 requests of eight clients", async () => {
    const state = mkdtempSync(join(tmpdir(), "aster-state-"));
    const venue = await startVenue();
    for (const path of ["/fapi/v3/openOrders", "/api/v3/openOrders"]) venue.on(`GET ${path}`, () => ({ body: [] }));
    try {
      const key = { signer: agent.address, privateKey: agent.privateKey.reveal() };
      const env = { ...process.env, XDG_STATE_HOME: state, LOCALAPPDATA: state };
      const children = [{ ...key, user }, key].map((each) =>
        spawn(process.execPath, [...flags, programOf(each, venue.url)], { env, stdio: ["pipe", "ignore", "pipe"] }),
      );
      await Promise.all(children.map((child) => once(child.stderr, "data"))); // loaded: now both at the same time
      const ends = children.map((child) => once(child, "close"));
      for (const child of children) child.stdin.write("go\n");
      expect((await Promise.all(ends)).map(([code]) => code as unknown)).toEqual([0, 0]);

      const asked = venue.asked();
      expect(asked.length).toBe(2 * 2 * clients * rounds);
      expect(new Set(asked.map(({ params }) => params.get("nonce"))).size).toBe(asked.length);
      const users = asked.map(({ params }) => params.get("user"));
      expect(users.filter((each) => each === user).length).toBe(asked.length / 2);
      expect(users.filter((each) => each === null).length).toBe(asked.length / 2);
      for (const each of asked.filter((_, at) => at % 100 === 0)) expect(signerOf(each, "", 1666)).toBe(agent.address);
    } finally {
      await venue.close();
      rmSync(state, { recursive: true, force: true });
    }
  });
});
