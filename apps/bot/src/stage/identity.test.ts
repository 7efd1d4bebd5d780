import { Secret } from "@bp/signing";
import { describe, expect, it } from "vitest";
import type { DoorKeys } from "./door.ts";
import { accountNameOf, heldNamesOf } from "./identity.ts";

const secret = Secret.of("not needed here");
const key: DoorKeys = { apiKey: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", secret };
const backpack = (rest?: string, keys = key, place = "live") => accountNameOf(place, { id: "backpack", rest, keys });

const user = "0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e";
const signer = "0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0";
const agent = { signer, privateKey: secret };
const aster = (keys: DoorKeys, rest?: string) => ({ id: "aster-futures", rest, keys });

describe("accountNameOf", () => {
  it("is the same however the address of the exchange is written", () => {
    const here = (rest: string) => backpack(rest, key, "sandbox");
    const sandbox = here("http://127.0.0.1:8080");
    for (const same of [
      "http://localhost:8080",
      "http://LOCALHOST:8080/",
      "http://127.0.0.1:8080//",
      "http://127.1:8080",
      "http://[::1]:8080",
      "http://backpack.localhost:8080/",
    ])
      expect(here(same), same).toBe(sandbox);
    expect(here("http://127.0.0.1:8081")).not.toBe(sandbox); // another sandbox
    expect(backpack()).not.toBe(sandbox);
  });

  it("is the same whether the venue's own address is left out or said, and through a host that passes on to it", () => {
    for (const same of [
      "https://api.backpack.exchange",
      "https://API.Backpack.exchange/",
      "https://api.backpack.exchange:443",
      "https://gateway.example/backpack",
      "http://127.0.0.1:9000", // one that listens on this machine
      "http://localhost:9001/backpack",
    ])
      expect(backpack(same), same).toBe(backpack());
    const futures = (rest?: string) => accountNameOf("live", aster(agent, rest));
    expect(futures("https://fapi3.asterdex.com")).toBe(futures());
    expect(futures("https://fapi.asterdex-testnet.com")).not.toBe(futures());
  });

  it("is the user's for all of his agents, however his address is written, and the agent's where no user is said", () => {
    const name = accountNameOf("live", aster({ ...agent, user }));
    expect(accountNameOf("live", aster({ ...agent, user: user.toLowerCase() }))).toBe(name);
    expect(accountNameOf("live", aster({ ...agent, user, signer: user }))).toBe(name);
    expect(accountNameOf("live", aster({ ...agent, signer: user }))).toBe(name); // the wallet signs for itself
    expect(accountNameOf("live", aster(agent))).not.toBe(name);
  });

  it("is one for each key, each place and each exchange, the number of an account aside", () => {
    const names = [
      backpack(),
      backpack(undefined, { ...key, apiKey: key.apiKey.toLowerCase() }),
      accountNameOf("paper", { id: "backpack", keys: key }),
      accountNameOf("live", { id: "aster-spot", keys: key }),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(accountNameOf("live", { id: "backpack-2", keys: key })).toBe(backpack());
  });
});

describe("heldNamesOf", () => {
  it("holds an agent with its user, so that the same agent without one meets it", () => {
    const [own, ...more] = heldNamesOf("live", aster({ ...agent, user }));
    expect(own).toBe(accountNameOf("live", aster({ ...agent, user })));
    expect(more).toEqual(heldNamesOf("live", aster({ ...agent, signer: signer.toLowerCase() })));
    expect(heldNamesOf("live", { id: "backpack", keys: key })).toEqual([backpack()]);
  });
});
