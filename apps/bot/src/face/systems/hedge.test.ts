// The hedge loop's screens. Its lines in the order of a cycle are shown by the scenarios in test/s3.
import { describe, expect, it } from "vitest";
import { layDesk, lead } from "../../../test/s3/desk.ts";
import { adviceOn, moneyHints } from "./hedge/faq.ts";
import { totalLines } from "./hedge/report.ts";
import { hedgeFace } from "./hedge.ts";

const momentOf = (desk: ReturnType<typeof layDesk>, lang: "en" | "zh" = "en") => {
  const event = desk.events.at(-1);
  if (event === undefined) throw new Error("nothing has happened");
  const memory = desk.memory();
  return {
    view: desk.engine.viewOf("hedge"),
    params: desk.params,
    memory,
    before: memory,
    event,
    notes: [],
    instruments: [desk.lead, desk.hedge],
    startedAt: event.at,
    lang,
    figures: () => {
      throw new Error("not asked for");
    },
  };
};

/** A desk on which both legs of a cycle were filled. */
function afterOneCycle() {
  const desk = layDesk({ params: { betweenLegsMs: 1_000 } });
  desk.run(1_000);
  desk.fill("10");
  desk.run(3_000);
  desk.fill("10");
  desk.run(1_000);
  return desk;
}

describe("adviceOn", () => {
  it("S3.30 401 is about keys and permissions", () => {
    expect(adviceOn({ status: 401, text: "" }, "zh")).toContain("密钥");
    expect(adviceOn({ text: "HTTP 401 Unauthorized" }, "en")).toContain("key may trade");
  });

  it("S3.30 404 RESOURCE_NOT_FOUND is normal, and no proof of a fill", () => {
    expect(adviceOn({ status: 404, text: "RESOURCE_NOT_FOUND" }, "zh")).toContain("正常");
    expect(adviceOn({ text: "RESOURCE_NOT_FOUND" }, "en")).toContain("read from the history of fills");
  });

  it("S3.30 a connection that fails is about the network", () => {
    expect(adviceOn({ text: "ConnectionError" }, "zh")).toContain("网络");
    expect(adviceOn({ text: "connect ECONNREFUSED 127.0.0.1:9" }, "en")).toContain("proxy");
  });

  it("S3.30 a missing price is about the symbol", () => {
    expect(adviceOn({ text: "无法获取最新价格" }, "zh")).toContain("symbol");
    expect(adviceOn({ text: "no last price" }, "en")).toContain("symbol");
  });

  it("S3.30 an expired request is about the clock and recv_window; everything else gets no advice", () => {
    expect(adviceOn({ text: "Timestamp for this request is outside of the recvWindow." }, "en")).toContain(
      "recv_window",
    );
    expect(adviceOn({ text: "hedge of the lead's trades" }, "en")).toBeUndefined();
    expect(adviceOn({ text: "the account holds 401 lots in a market that is not ours" }, "en")).toBeUndefined();
  });
});

describe("hedgeFace", () => {
  it("begins with a banner and hints about money", () => {
    const desk = layDesk();
    desk.run(1_000);
    const lines = desk.lines("zh");
    expect(lines[1]).toBe("对冲循环 BP ASTER_USDC_PERP / Aster ASTERUSDT");
    expect(lines).toEqual(expect.arrayContaining([...moneyHints("zh")]));
    expect(moneyHints("en").join(" ")).toContain("10 to 20 %");
  });

  it("shows phase, pair, order, funding and totals", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("4");
    desk.run(500);
    expect(hedgeFace.panel(momentOf(desk))).toEqual([
      "[Cycle 1] first leg rests",
      "backpack:ASTER_USDC_PERP -4  aster-futures:ASTERUSDT 4",
      "sell 6 @ 1.7234",
      "119 min to the funding stamp at 16:00 UTC",
      "cycles 0 (skipped 0)  gross 0.0000  fees 0.0000  funding 0  net 0.0000",
      "USDC and USDT are taken as equal",
    ]);
    expect(hedgeFace.panel(momentOf(desk, "zh"))[3]).toBe("距离资金费率时间 16:00 UTC 还有 119分钟");
  });

  it("says nothing in Chinese when English is asked for", () => {
    const desk = afterOneCycle();
    const said = [...desk.lines("en"), ...hedgeFace.panel(momentOf(desk)), ...hedgeFace.final(momentOf(desk))].join(
      "\n",
    );
    expect(said).toContain("pauses for 1 s ...");
    expect(said).not.toMatch(/\p{Script=Han}/u);
  });

  it("ends with the last cycle and the totals, and writes a line per cycle to a file", () => {
    const desk = afterOneCycle();
    const moment = momentOf(desk);
    expect(hedgeFace.final(moment)[0]).toContain("[Cycle 1] done: BP sold 10 @ 1.7234");
    expect(hedgeFace.final(moment)).toEqual(expect.arrayContaining([...totalLines(desk.memory().totals, "en")]));
    const before = { ...desk.memory(), last: undefined };
    const [line] = hedgeFace.files?.({ ...moment, before }) ?? [];
    expect(line?.file).toBe("hedge_cycles_{date}.jsonl");
    expect(JSON.parse(line?.text ?? "")).toMatchObject({ cycle: 1, end: "done" });
    expect(hedgeFace.files?.(moment)).toEqual([]);
  });

  it("names what is out of the ordinary", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.refuseHedges();
    desk.fill("10");
    desk.run(15_000);
    const lines = desk.lines("zh").join("\n");
    expect(lines).toContain("未能对冲，回补主腿");
    expect(lines).toContain("[Leg1] 回补/平仓: 买入 10");
    expect(lines).toContain("停止: ");
    expect(desk.open(lead.id)).toEqual([]);
  });
});
