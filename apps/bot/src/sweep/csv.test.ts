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
});
