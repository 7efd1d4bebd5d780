// Where a door may stand, and with what.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doorPlaceOf } from "./flags.ts";
import { opened } from "./open.fixture.ts";
import { openDoor } from "./open.ts";
import { checkPlace, isLoopback } from "./place.ts";

describe("checkPlace", () => {
  it.each(["0.0.0.0", "::", "192.168.1.5", "bot.example", "127.0.0.1.evil.example", "10.0.0.1"])(
    "refuses %s without TLS, and names both ways out",
    (host) => {
      expect(isLoopback(host)).toBe(false);
      expect(() => checkPlace({ host })).toThrow(/--dashboard-tls-cert.*--dashboard-insecure/);
      expect(checkPlace({ host, insecure: true }).host).toBe(host);
    },
  );

  it("takes this machine's own, from port 4480 on, or the one that was named alone", () => {
    expect(checkPlace({}).ports.slice(0, 2)).toEqual([4480, 4481]);
    expect(checkPlace({ host: "::1", port: 5000 }).ports).toEqual([5000]);
  });

  it("says which file of TLS cannot be read", () => {
    const tls = { cert: "/nowhere/cert.pem", key: "/nowhere/key.pem" };
    expect(() => checkPlace({ tls })).toThrow(/--dashboard-tls-cert.*ENOENT/);
  });
});

describe("doorPlaceOf", () => {
  it("reads flags", () => {
    expect(doorPlaceOf({})).toMatchObject({ port: undefined, insecure: false });
    expect(doorPlaceOf({ dashboard: false })).toBeUndefined();
    expect(doorPlaceOf({ dashboard: "5000", dashboardHost: "::1" })).toMatchObject({ port: 5000, host: "::1" });
    expect(() => doorPlaceOf({ dashboard: "99999" })).toThrow(/0 to 65535/);
    expect(() => doorPlaceOf({ dashboardTlsCert: "cert.pem" })).toThrow(/--dashboard-tls-key/);
  });
});

describe("a door with TLS", () => {
  it("answers by the names of its certificate, encrypted, and to nothing else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bp-tls-"));
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const subject = ["-subj", "/CN=bot.example", "-addext", "subjectAltName=DNS:bot.example,IP:127.0.0.1"];
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    execFileSync("openssl", ["req", "-x509", ...made, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
    const { door } = await opened({ place: { port: 0, tls: { cert, key } } });
    const { port } = new URL(door.url);
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { host: `${host}:${port}`, authorization: `Bearer ${door.tokens.viewer}` };
        request(new URL("/api/hello", door.url), { headers, rejectUnauthorized: false, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .once("error", reject)
          .end();
      });
    expect(door.url).toMatch(/^https:/);
    expect(await status("bot.example")).toBe(200);
    expect(await status("127.0.0.1")).toBe(200);
    expect(await status("evil.example")).toBe(421);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow("fetch failed");
    await door.close();
    const broken = openDoor({
      place: { port: 0, tls: { cert: key, key: cert } },
      folder: undefined,
      language: "en",
      tell: () => undefined,
    });
    await expect(broken).rejects.toMatchObject({ code: "config/conflict" });
    rmSync(folder, { recursive: true });
  });
});
