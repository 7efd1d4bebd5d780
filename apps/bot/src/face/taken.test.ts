import { BpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { endingIn } from "./endings.ts";
import { takenIn } from "./taken.ts";

const owner = "process 42, run r1, since 2026-01-02T03:04:05.000Z";
const locked = new BpError("journal/account-locked", { account: "backpack (sandbox/7)", owner }).message;

describe("takenIn", () => {
  it("says who trades an account", () => {
    const when = "2026-01-02T03:04:05.000Z";
    expect([takenIn("hans", locked), takenIn("hant", locked)]).toEqual([
      `账户 backpack (sandbox/7) 正由进程 42（运行 r1，自 ${when} 起）交易；请先停止那个机器人`,
      `帳戶 backpack (sandbox/7) 正由程序 42（執行 r1，自 ${when} 起）交易；請先停止那個機器人`,
    ]);
  });

  it("says who has traded it meanwhile, and who writes a journal", () => {
    const traded = new BpError("journal/account-traded", { account: "a", owner: "process 42 on elsewhere" }).message;
    expect(takenIn("hans", traded)).toBe(
      "账户 a 期间曾由主机 elsewhere 上的进程 42 交易；请检查其订单与持仓，然后重新启动",
    );
    const written = (by: string) => new BpError("journal/locked", { file: "bot.db", owner: by }).message;
    expect(["this very process, r1", "another process", "whoever"].map((by) => takenIn("hans", written(by)))).toEqual([
      "日志 bot.db 正被本进程（运行 r1）使用；请先停止那个机器人",
      "日志 bot.db 正被另一进程使用；请先停止那个机器人",
      "日志 bot.db 正被 whoever 使用；请先停止那个机器人",
    ]);
  });

  it("is silent about everything else", () => {
    expect(takenIn("hans", "account a is closed")).toBeUndefined();
  });
});

describe("endingIn, of a run whose account another machine has", () => {
  it("says so in one language", () => {
    const why = `halted: the store, because ${locked}, asked for it`;
    expect(endingIn("hans", why)).toMatch(/^已停机：应“存储，因为账户 backpack .*；请先停止那个机器人”的要求$/);
  });
});
