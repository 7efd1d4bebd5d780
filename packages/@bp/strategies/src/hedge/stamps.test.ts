import type { View } from "@bp/core";
import { describe, expect, it } from "vitest";
import { hedgeParams } from "./params.ts";
import { futures, spot, stage } from "./stage.fixture.ts";
import { fundingText, isInWindow, stampsOf } from "./stamps.ts";

const stamp = Date.UTC(2026, 0, 1, 16);

describe("stampsOf", () => {
  const params = hedgeParams.parse({
    lead: "backpack:SOL_USDC_PERP",
    hedge: "aster-futures:SOLUSDT",
    quantity: "1",
    offsetPct: "0.2",
    betweenLegsMs: 0,
    cycleMs: 0,
  });
  const hour = 3_600_000;
  const viewAt = (now: number, lead: number, hedge: number, everyMs: number | undefined = hour) =>
    ({
      now,
      instrument: () => ({ kind: "perp", fundingIntervalMs: everyMs }),
      mark: (id: string) => ({ fundingAt: id === params.lead ? lead : hedge }),
    }) as unknown as View; // all of it that is asked for
  const times = (view: View) => stampsOf(view, params)?.map(({ at }) => at);

  it("a venue that has not told its stamp leaves it unknown, and nothing is begun", () => {
    expect(times(viewAt(stamp - 2 * hour, 0, stamp))).toBeUndefined();
    expect(isInWindow(viewAt(stamp - 2 * hour, 0, stamp), params)).toBe(true);
    expect(isInWindow(viewAt(stamp - 2 * hour, stamp, stamp), params)).toBe(false);
  });

  it("a stamp that was told long ago comes again an interval later, and one without an interval is unknown", () => {
    const next = stamp + 3 * hour;
    expect(times(viewAt(stamp + 59_000, stamp, next))).toEqual([next]);
    expect(times(viewAt(stamp + hour - 200_000, stamp, next))).toEqual([stamp + hour, next]);
    expect(isInWindow(viewAt(stamp + hour - 200_000, stamp, next), params)).toBe(true);
    expect(
      stampsOf(
        { ...viewAt(stamp + hour, stamp, next), instrument: () => ({ kind: "perp" }) } as unknown as View,
        params,
      ),
    ).toBeUndefined(); // as above
  });
});

describe("isInWindow", () => {
  it("is off at 0, also while a stamp is unknown", () => {
    const made = stage(futures, { stopBeforeFundingMs: 0 });
    made.lead.stamp = 0;
    made.hedge.stamp = made.world.now + 1;
    expect(isInWindow(made.view, made.params)).toBe(false);
  });

  it("does not mind that two stamps have just passed and no other is told", () => {
    const made = stage();
    for (const side of ["lead", "hedge"] as const) made[side].stamp = made.world.now - 1_000;
    expect([stampsOf(made.view, made.params), isInWindow(made.view, made.params)]).toEqual([[], false]);
  });

  it("knows no stamp of spot, whatever is told of it", () => {
    const made = stage(spot);
    made.hedge.stamp = made.world.now + 1;
    expect(stampsOf(made.view, made.params)).toEqual([{ instrument: made.params.lead, at: made.lead.stamp }]);
  });

  it("takes a perpetual without any mark for one whose stamp is unknown", () => {
    const { view, params } = stage();
    expect(isInWindow({ ...view, now: view.now, halted: undefined, mark: () => undefined }, params)).toBe(true);
  });

  it("needs no interval for a stamp that is still to come", () => {
    const made = stage({ ...futures, fundingIntervalMs: undefined });
    expect(stampsOf(made.view, made.params)).toHaveLength(2);
  });
});

describe("fundingText", () => {
  it("S3.15, S3.16 counts whole minutes, and seconds too from where the window begins", () => {
    const at = (ms: number) => fundingText(stamp, stamp - ms, 300_000);
    expect(at(7_200_000)).toBe("距离资金费率时间 16:00 UTC 还有 120分钟");
    expect(at(301_000)).toBe("距离资金费率时间 16:00 UTC 还有 5分钟");
    expect(at(300_000)).toBe("距离资金费率时间 16:00 UTC 还有 5分0秒");
    expect(at(61_000)).toBe("距离资金费率时间 16:00 UTC 还有 1分1秒");
    expect(at(-1)).toBe("距离资金费率时间 16:00 UTC 还有 0分0秒");
  });
});
