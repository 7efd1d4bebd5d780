import { describe, expect, it } from "vitest";
import { pastedToken, takeToken, tokenIn } from "./token.ts";

const token = "rmWFtVcr6mv4tTjptpc-gL-K4RxKJmJY7OOB2kmaNUc";

function page(hash: string) {
  const kept = new Map<string, string>();
  const addresses: string[] = [];
  return {
    addresses,
    kept,
    location: { hash, pathname: "/", search: "" },
    history: {
      replaceState: (_: unknown, __: string, address?: string | URL | null) => addresses.push(String(address)),
    },
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  };
}

describe("takeToken", () => {
  it("keeps the token of the printed address and takes it out of there at once", () => {
    for (const hash of [`#${token}`, `#token=${token}`]) {
      const tab = page(hash);
      expect(takeToken(tab)).toBe(token);
      expect(tab.addresses).toEqual(["/#/"]);
      expect(takeToken({ ...tab, location: { ...tab.location, hash: "#/log" } })).toBe(token);
    }
  });

  it("has none where there was never one, and leaves a place alone", () => {
    const tab = page("#/bots/backpack-maker-of-mine/log");
    expect(takeToken(tab)).toBeUndefined();
    expect(tab.addresses).toEqual([]);
  });

  it("takes nonsense out of the address and keeps nothing of it", () => {
    const tab = page("#token=<script>");
    expect(takeToken(tab)).toBeUndefined();
    expect(tab.addresses).toEqual(["/#/"]);
    expect(tab.kept.size).toBe(0);
  });
});

describe("tokenIn", () => {
  it("sees no token in a place of the page", () => {
    for (const hash of ["", "#", "#/", "#/log", "#/bots/a-very-long-name-of-a-bot"])
      expect(tokenIn(hash)).toBeUndefined();
  });
});

describe("pastedToken", () => {
  it("takes the token alone, or any form of the printed address", () => {
    for (const text of [
      token,
      ` ${token}\n`,
      `http://127.0.0.1:4480/#${token}`,
      `http://127.0.0.1:4480/#token=${token}`,
    ])
      expect(pastedToken(text)).toBe(token);
  });

  it("takes nothing else", () => {
    for (const text of ["", "hello", "http://127.0.0.1:4480/", `${token} ${token}`])
      expect(pastedToken(text)).toBeUndefined();
  });
});
