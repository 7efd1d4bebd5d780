import { describe, expect, it } from "vitest";
import { type ListedAgent, rightsOfAgent, rightsText } from "./rights.ts";

const signer = "0x2610D3935A008036AF0AE12D014C8904b75fC5E9";
const agent: ListedAgent = {
  agentAddress: signer.toLowerCase(),
  canWithdraw: false,
  canSpotTrade: true,
  canPerpTrade: false,
  expired: 1_867_945_395_040,
  ipWhitelist: "",
};

describe("rightsOfAgent", () => {
  it("reads what Aster lists of this agent, by address in any case", () => {
    const rights = rightsOfAgent([agent], signer, "spot");
    expect(rights).toMatchObject({ withdraw: false, trade: true, bound: false, untold: "" });
    expect(rightsText(rights)).toBe("may not withdraw, good until 2029-03-11, usable from any address");
    expect(rightsOfAgent([agent], signer, "futures").trade).toBe(false);
  });

  it("says so loudly when it may withdraw", () => {
    const rights = rightsOfAgent([{ ...agent, canWithdraw: true, ipWhitelist: "10.0.0.1" }], signer, "spot");
    expect(rightsText(rights)).toMatch(/^MAY WITHDRAW, .*bound to listed addresses$/);
  });

  it("claims nothing of an agent that is not listed, or of which it is not told", () => {
    for (const agents of [[], [{ ...agent, canWithdraw: null }]]) {
      const rights = rightsOfAgent(agents, signer, "spot");
      expect(rights.withdraw).toBeUndefined();
      expect(rights.untold).not.toBe("");
    }
  });

  it("has no date beyond the last one, and shows nothing that a name could smuggle", () => {
    expect(rightsText(rightsOfAgent([{ ...agent, expired: 9e15 }], signer, "spot"))).toContain("the end of days");
  });
});
