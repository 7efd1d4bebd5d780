// `bot sandbox`: what a program of another language finds out from its first line, and can do with it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBot, spawnBot } from "./process.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-served-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface First {
  readonly backpack: { readonly rest: string };
  readonly aster: {
    readonly futures: { readonly rest: string; readonly ws: string };
    readonly spot: { readonly rest: string; readonly ws: string };
    readonly accounts: readonly Readonly<Record<string, unknown>>[];
  };
  readonly control: { readonly url: string; readonly token: string };
}

describe("bot sandbox --json", () => {
  it("serves Backpack and both services of Aster, with faults from a file, and a door for more", async ({
    onTestFinished,
  }) => {
    const faults = join(folder, "faults.json");
    const once = {
      venue: "aster-spot",
      request: { path: "/api/v3/ping" },
      do: "answer",
      status: 502,
      text: "bad gateway",
    };
    writeFileSync(faults, JSON.stringify({ faults: [once] }));
    const served = spawnBot(onTestFinished, ["sandbox", "--json", "--seed", "5", "--faults", faults]);
    await served.says("}\n");
    const [line = ""] = served.stdout.split("\n");
    const { backpack, aster, control } = JSON.parse(line) as First;
    expect(aster.accounts[0]).toMatchObject({
      name: "alice",
      hmac: { key: expect.stringMatching(/^[0-9a-f]{64}$/), secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
      agent: {
        user: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
        signer: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
        privateKey: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      },
    });
    expect([aster.futures.ws, aster.spot.ws].every((url) => url.startsWith("ws://127.0.0.1:"))).toBe(true);
    const status = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
    expect(await status(`${backpack.rest}/api/v1/time`)).toBe(200);
    expect(await status(`${aster.futures.rest}/fapi/v3/depth?symbol=BTCUSDT`)).toBe(200);
    expect([await status(`${aster.spot.rest}/api/v3/ping`), await status(`${aster.spot.rest}/api/v3/ping`)]).toEqual([
      502, 200,
    ]);

    const headers = { authorization: `Bearer ${control.token}` };
    const ledger = (await (await fetch(`${control.url}/sandbox/ledger`, { headers })).json()) as Record<
      string,
      unknown
    >;
    expect(Object.keys(ledger)).toEqual(["backpack", "aster-futures", "aster-spot"]);
    const body = JSON.stringify({ faults: [{ venue: "aster-futures", do: "ban", seconds: 60 }] });
    expect(await status(`${control.url}/sandbox/faults`, { method: "POST", headers, body })).toBe(200);
    expect(await status(`${aster.futures.rest}/fapi/v3/time`)).toBe(418);
    expect(await status(`${control.url}/sandbox/faults`, { method: "DELETE", headers })).toBe(200);
    expect(await status(`${aster.futures.rest}/fapi/v3/time`)).toBe(200);
    expect(await status(`${control.url}/sandbox/ledger`)).toBe(401);
  });

  it("names what is wrong in a faults file: exit 2", async ({ onTestFinished }) => {
    const faults = join(folder, "wrong.json");
    writeFileSync(faults, '{"faults":[{"do":"explode"}]}');
    const { code, stderr } = await runBot(onTestFinished, ["sandbox", "--faults", faults]);
    expect(stderr).toContain("wrong.json.faults.0");
    expect(code).toBe(2);
  });
});
