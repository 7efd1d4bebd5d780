// Other bots' doors: which are asked, and that it is really them where they have a certificate.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isNear, pass } from "./link.ts";
import { type Signed, signedCertificates } from "./tls.fixture.ts";

const card = { url: "http://127.0.0.1:4480/", operator: "o", viewer: "v", cert: "" };
const passing = { method: "GET", path: "/", role: "viewer", body: undefined } as const;

describe("pass", () => {
  const folder = mkdtempSync(join(tmpdir(), "bp-link-"));
  let ca = "";
  let leaves: readonly Signed[] = [];
  beforeAll(() => {
    ({ ca, leaves } = signedCertificates(folder, 2));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Asks a door that has one certificate and has written down another, or the same. */
  async function asked(of: Signed | undefined, written: string) {
    const server = createServer({ ...of }, (_, answer) => answer.end()).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on a port
    const signal = AbortSignal.timeout(60_000);
    const answer = await pass({ ...card, url, cert: written }, { ...passing, signal });
    answer.resume();
    return answer.statusCode;
  }

  it("knows a certificate that an authority has signed, by itself, whatever name it has", async () => {
    const [one] = leaves;
    expect(await asked(one, one?.cert ?? "")).toBe(200);
  });

  it("knows it where the chain is written down too", async () => {
    const [one] = leaves;
    const chain = `${one?.cert}${ca}`;
    expect(await asked({ key: one?.key ?? "", cert: chain }, chain)).toBe(200);
  });

  it("gives no token to another door of the same authority", async () => {
    const [one, other] = leaves;
    await expect(asked(other, `${one?.cert}${ca}`)).rejects.toThrow(/not the one that the bot has written down/);
    await expect(asked(other, one?.cert ?? "")).rejects.toMatchObject({ code: expect.stringMatching(/CERT|VERIFY/) });
  });
});

describe("isNear", () => {
  it("is true of doors of this machine, wherever they stand on it", () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, family } of own) {
      const host = family === "IPv6" ? `[${address}]` : address;
      expect(isNear({ ...card, url: `http://${host}:4480/` }), address).toBe(true);
    }
    expect(isNear({ ...card, url: "http://localhost:4480/" })).toBe(true);
  });

  it("is true of any that shows its certificate, and of no other", () => {
    expect(isNear({ ...card, url: "https://bot.example:4480/", cert: "PEM" })).toBe(true);
    expect(isNear({ ...card, url: "http://bot.example:4480/" })).toBe(false);
    expect(isNear({ ...card, url: "http://192.0.2.1:4480/" })).toBe(false); // of documents alone
    expect(isNear({ ...card, url: "nonsense" })).toBe(false);
  });
});
