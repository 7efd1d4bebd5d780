// A grid that is stopped, and the second start: S4.22.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layHall } from "../hall.ts";

const eth = "backpack:ETH_USDC";

describe("S4, the end of a run", () => {
  it("S4.22 Ctrl+C: state saved, report written, own orders cancelled, exit 0; detached, the second start resumes", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [eth]: ["4011.99", "4012.01"] } });
    const file = hall.file(
      "config.json",
      JSON.stringify({
        trading_settings: {
          target_symbol: "ETH_USDC",
          base_coin_symbol: "ETH",
          grid_price_interval: 40,
          grid_usdc_per_order: 50,
          num_grids: 3,
          out_want: 0.004,
          delay_between_operations: 0,
        },
        risk_management: {
          max_loss_percentage: 5.0,
          stop_loss_enabled: true,
          max_position_size: 1000,
          daily_loss_limit: 200,
        },
      }),
    );
    const way = [file, "--rest", hall.rest, "--ws", hall.ws, "--journal", "journal.sqlite"];
    const kept = hall.start([...way, "--on-exit", "detach", "--summary", "summary.json"]);
    await hall.until("two cells", () => hall.open(eth).length === 2);
    expect(hall.open(eth)).toEqual(["buy 0.0125 @ 4000.00", "buy 0.0126 @ 3960.00"]);
    await hall.pass(300);
    kept.child.kill("SIGINT");
    const first = await kept.ended;
    expect(first.code).toBe(0);
    expect(hall.open(eth)).toHaveLength(2); // kept by the policy
    const read = (name: string) => readFileSync(join(hall.folder, name), "utf8");
    expect(JSON.parse(read("summary.json"))).toMatchObject({ openOrdersAtExit: 2, ordersPlaced: 2, fills: 0 });
    const report = read("logs/trade_detailed.log");
    expect(report).toContain("📊 statistics");
    expect(report).toMatch(/bot: cycles closed 0 \| success rate -% \| average profit - USDC/);
    expect(report).toMatch(/bot: grid profit 0\.00000 - fees 0\.00000 = 0\.00000 USDC/);
    expect(report).toMatch(/bot: ended with code 0 \(.*\): 0 trades, volume 0 USDC, fees 0, net 0/);

    const resumed = hall.start(way);
    await resumed.says("(resumed)");
    await resumed.says("account link.restored");
    await hall.until("the same two", () => hall.open(eth).length === 2);
    resumed.child.kill("SIGINT");
    const { code, stdout } = await resumed.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/Run time/);
    expect(hall.open(eth)).toEqual([]);
  });
});
