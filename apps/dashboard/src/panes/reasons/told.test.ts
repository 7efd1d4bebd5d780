import { describe, expect, it } from "vitest";
import { teller } from "./told.ts";

const tell = teller({
  "the book of # is older than # ms": "# 的订单簿超过 # 毫秒未更新",
  "fell # from the highest profit #": "自最高利润 $2 回落 $1",
  "halted: *": "已停机：#",
  "* at # would meet our own *": "#单 # 会与自有#单成交",
  "# # held; room to *": "已持有 # #；还可#",
  "room to *": "还可#",
  buy: "买",
  halt: "停机",
  maker: "挂单",
  sell: "卖",
});

describe("teller", () => {
  it("says a sentence it knows, with its figures and names as they are", () => {
    expect(tell("the book of backpack:SOL_USDC is older than 5000 ms")).toBe(
      "backpack:SOL_USDC 的订单簿超过 5000 毫秒未更新",
    );
    expect(tell("fell 12.5 from the highest profit 40")).toBe("自最高利润 40 回落 12.5");
  });

  it("says a sentence within another, and leaves the words of others", () => {
    expect(tell("halted: fell 1 from the highest profit 2")).toBe("已停机：自最高利润 2 回落 1");
    expect(tell("halted: Account Suspended")).toBe("已停机：Account Suspended");
    expect(tell("buy at 10.5 would meet our own sell")).toBe("买单 10.5 会与自有卖单成交");
  });

  it("copies what stands for a name, even where it is a word that it knows", () => {
    expect(tell("the book of sell is older than 1 ms")).toBe("sell 的订单簿超过 1 毫秒未更新");
  });

  it("says sentences that are joined, where it knows one of them", () => {
    expect(tell("max-loss: halted: x; y")).toBe("max-loss：已停机：x; y");
    expect(tell("drop; room to sell")).toBe("drop；还可卖");
    expect(tell("max-position: maker/bid: 1 SOL held; room to buy")).toBe(
      "max-position：maker/bid：已持有 1 SOL；还可买",
    );
  });

  it("copies the name of a strategy before a sentence, and tells the engine's own", () => {
    expect(tell("maker: halted: stop")).toBe("maker：已停机：stop");
    expect(tell("sell: room to sell")).toBe("sell：还可卖");
    expect(tell("halt: room to sell")).toBe("停机：还可卖");
    expect(tell("maker")).toBe("挂单");
  });

  it("gives back what it does not know as it came", () => {
    for (const text of [
      "",
      "Insufficient margin: code 3, retry",
      "the book of a b is older than 5 ms",
      "<b>buy</b>",
      "toString",
    ])
      expect(tell(text)).toBe(text);
  });

  it("takes what a venue writes for text, whatever is in it", () => {
    expect(tell("halted: $1 # * <img src=x>")).toBe("已停机：$1 # * <img src=x>");
  });

  it("is not held up by a text that is long, or made of what joins sentences", () => {
    const long = "a: b, ".repeat(2_000);
    const short = "a at , ; : would meet our own ".repeat(16);
    let least = Number.POSITIVE_INFINITY; // the machine does other things too
    for (let turn = 0; turn < 5; turn += 1) {
      const began = performance.now();
      expect(tell(long)).toBe(long);
      tell(short);
      least = Math.min(least, performance.now() - began);
    }
    expect(least).toBeLessThan(500);
  });
});
