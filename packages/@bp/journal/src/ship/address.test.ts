import { describe, expect, it } from "vitest";
import { storeAddress } from "./address.ts";

const canary = "canary-word-1234";
const at = (rest: string) => storeAddress(`postgres://bot:${canary}@${rest}`, "--store");

describe("storeAddress", () => {
  it("refuses a server of another machine without TLS, and shows nothing of the address", () => {
    for (const rest of [
      "db.example:5432/bots",
      "10.0.0.5/bots",
      "localhost/bots?host=db.example",
      "127.0.0.1.example/bots",
    ]) {
      expect(() => at(rest), rest).toThrow(/--store.*without TLS.*sslmode=verify-full.*sslmode=disable/);
      expect(() => at(rest), rest).not.toThrow(/canary|example/);
    }
  });

  it("takes one with TLS, one of which a person says that it needs none, and one of this machine", () => {
    for (const rest of [
      "db.example/bots?sslmode=verify-full",
      "db.example/bots?ssl=true",
      "db.example/bots?sslmode=disable",
      "localhost:5433/bots",
      "127.0.0.1/bots",
      "[::1]:5432/bots",
      "%2Fvar%2Frun%2Fpostgresql/bots",
      "db.example/bots?host=/var/run/postgresql",
    ])
      expect(at(rest).url, rest).toContain(canary);
  });

  it("takes password and address out of a text that somebody else wrote", () => {
    const address = storeAddress(`postgres://bot:${canary}%2F@localhost/bots?password=other-word`, "--store");
    const said = address.mask(`no entry for ${canary}/ or other-word at ${address.url}`);
    expect(said).not.toMatch(/canary|other-word/);
    expect(address.shown).toBe("postgres://bot@localhost/bots");
  });
});
