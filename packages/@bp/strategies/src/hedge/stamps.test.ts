import { describe, expect, it } from "vitest";
import { fundingText } from "./stamps.ts";

const stamp = Date.UTC(2026, 0, 1, 16);

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
