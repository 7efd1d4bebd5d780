import { spaceOf } from "@bp/backtest";
import { describe, expect, it } from "vitest";
import { csvLines } from "./csv.ts";
import { part } from "./space.fixture.ts";

const space = spaceOf({ values: { width: ["=1+1"] } });

describe("csvLines", () => {
  it("gives each trial one line, whatever a worker wrote for its name and reason", () => {
    const trial = {
      key: "k",
      part,
      values: { width: "=1+1" },
      ms: 1.4,
      failed: `no\n"market"\u001b[2J${"x".repeat(5_000)}`,
      worker: "host\nk2,all,1",
    };
    const [head = "", ...lines] = [...csvLines(space, [trial])];
    expect(head).toMatch(/^key,part,width,net,.*,failed,ms,worker$/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^k,all,'=1\+1,,+"no ""market""\ufffd\[2Jx+…",1,"host k2,all,1"$/);
    expect(lines[0]?.length).toBeLessThan(1_100);
  });

  it.for([
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ["+1e5+A1", "'+1e5+A1"],
    ["-", "'-"],
    [" =A1", "' =A1"],
    ["\t=A1", "' =A1"],
    ["-2.5", "-2.5"],
    ["+1e-7", "+1e-7"],
    ["a-b", "a-b"],
  ] as const)("gives a spreadsheet no formula, and numbers as they are: %s", ([text, cell]) => {
    const trial = { key: "k", part, values: { width: 1 }, ms: 1, failed: text, worker: text };
    const [, line = ""] = [...csvLines(space, [trial])];
    expect(line.endsWith(`,${cell},1,${cell}`)).toBe(true);
  });
});
