import { decimal, instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { economicsOf } from "./economics.ts";
import { makerParams } from "./maker/params.ts";
import { perp, spot } from "./scene.fixture.ts";

const params = (raw: object) => makerParams.parse({ instrument: perp.id, spreadPct: "0.5", quantity: "0.1", ...raw });

describe("economicsOf", () => {
  it("S2.30 refuses a spread of 0.01 % with maker fees of 0.02 %, and names the minimum", () => {
    const found = economicsOf(params({ spreadPct: 0.01 }), perp, "150");
    expect(found).toMatchObject({ gross: "0.0015", fees: "0.006", net: "-0.0045", minSpreadPct: "0.04" });
    expect(found.findings).toEqual([
      {
        level: "refuse",
        code: "negative-edge",
        say: "a round trip of 0.1 SOL earns 0.0015 USDC and pays 0.006 in fees; the spread must be at least 0.04 %",
      },
    ]);
    expect(economicsOf(params({ spreadPct: 0.04 }), perp, "150").findings).toEqual([]);
  });

  it("S2.30 warns of a stop of 1 with a position of 5", () => {
    const found = economicsOf(params({ stopLoss: -1, maxPosition: 5 }), perp, "150");
    expect(found.stop).toEqual({ move: "0.2", movePct: "0.133333", fee: "0.375" });
    expect(found.findings.map((each) => [each.level, each.say])).toEqual([
      ["warn", "at the full position the stop is 0.20 USDC per SOL = 0.13 % away; one stop costs about 0.375 fee"],
    ]);
    expect(economicsOf(params({ stopLoss: -25, maxPosition: 1 }), perp, "150").findings).toEqual([]);
  });

  it("S2.36 refuses 0.02 at 150 where 5 is the least, and names 0.04", () => {
    const aster = { ...perp, minNotional: decimal("5") };
    const found = economicsOf(params({ quantity: 0.02 }), aster, "150");
    expect(found.minQuantity).toBe("0.04");
    expect(found.findings[0]?.say).toBe("0.02 SOL is worth 3 USDC; the market takes 0.04 SOL or more");
    expect(economicsOf(params({ quantity: 0.04 }), aster, "150").findings).toEqual([]);
  });

  it("asks for no spread where makers are paid, and for no stop on spot", () => {
    const paid = instrument({ ...perp, maker: "-0.0001", minSize: "0.01" });
    expect(economicsOf(params({ spreadPct: "0.001" }), paid, "150")).toMatchObject({ minSpreadPct: "0", findings: [] });
    expect(economicsOf(params({ stopLoss: 1 }), spot, "150").stop).toBeUndefined();
  });

  it("gives figures for one base where the size is automatic", () => {
    expect(economicsOf(params({ quantity: "auto" }), perp, "150")).toMatchObject({
      quantity: "1",
      gross: "0.75",
      fees: "0.06",
    });
  });
});
