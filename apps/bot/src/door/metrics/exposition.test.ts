// Metrics as Prometheus' own tool reads them, and as document and dashboard name them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { frameFixture } from "../frame.fixture.ts";
import { allMetrics, createExposition } from "./exposition.ts";
import type { Measured } from "./metric.ts";

const measured: Measured = {
  frame: frameFixture({
    pairs: [
      {
        lead: "backpack:SOL_USDC_PERP",
        hedge: "aster-futures:SOLUSDT",
        debt: "-1.5",
        notional: "-150",
        since: frameFixture().at - 2_000,
        maxNakedMs: 10_000,
        nakedSeconds: 1_234.5,
        worst: "300",
      },
    ],
  }),
  ageMs: 120,
  streams: 2,
  refused: new Map([[401, 3]]),
  wrongTokens: 3,
  connections: 0,
};
const root = join(import.meta.dirname, "../../../../..");
const promtool = spawnSync("promtool", ["--version"]).status === 0;

describe("metrics", () => {
  it.runIf(promtool)("please Prometheus' own tool", async () => {
    const input = await createExposition().text(measured);
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    expect(`${stdout}${stderr}`).toBe("");
    expect(status).toBe(0);
  });

  it("say what is known, in Prometheus' units, with the quote currency beside money", async () => {
    const text = await createExposition().text(measured);
    expect(text).toContain('bp_net_profit{quote="USDC"} 2.5\n');
    expect(text).toContain('bp_volume_total{quote="USDC"} 1000\n');
    expect(text).toContain('bp_markout_ratio{horizon="1s"} -0.00004\n');
    expect(text).toContain('bp_clock_skew_seconds{venue="backpack"} 0.012\n');
    expect(text).toContain('bp_hedge_naked_seconds{lead="backpack:SOL_USDC_PERP",hedge="aster-futures:SOLUSDT"} 2\n');
    expect(text).toContain("bp_loop_step_p99_seconds 0.0004\n");
  });

  it("never show what is unknown as 0", async () => {
    const exposition = createExposition();
    await exposition.text(measured);
    const { frame, ...door } = measured;
    const [market] = frame?.markets ?? [];
    if (market === undefined) throw new Error("the fixture has a market");
    const { position: _, ...unknown } = market;
    const text = await exposition.text({
      ...door,
      frame: frameFixture({ markets: [{ ...unknown, bookIsValid: false }] }),
    });
    expect(text).not.toMatch(/^bp_(position|mid_price|maker_share_ratio|hedge_debt)[ {]/m);
    const before = await exposition.text({ ...door, frame: undefined });
    expect(before.match(/^bp_\w+/gm)?.every((name) => name.startsWith("bp_door_"))).toBe(true);
  });

  it("are those of docs/metrics.md, with the same words", () => {
    const document = readFileSync(join(root, "docs/metrics.md"), "utf8");
    const rows = [...document.matchAll(/^\| `(bp_\w+)` \| (\w+) \| ([^|]*) \| ([^|]*) \|$/gm)];
    expect(rows.map(([, name, type, labels, help]) => ({ name, type, labels, help }))).toEqual(
      allMetrics.map(({ name, type, labels, help }) => ({
        name,
        type,
        labels: labels.map((each) => `\`${each}\``).join(" "),
        help,
      })),
    );
  });

  it.runIf(promtool)("have alerts in docs/metrics.md that Prometheus takes", () => {
    const [, rules = ""] = /```yaml\n(groups:[^`]*)```/.exec(readFileSync(join(root, "docs/metrics.md"), "utf8")) ?? [];
    const file = join(mkdtempSync(join(tmpdir(), "bp-rules-")), "rules.yml");
    writeFileSync(file, rules);
    const { status, stdout } = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
    rmSync(dirname(file), { recursive: true });
    expect(stdout).toContain("9 rules found");
    expect(status).toBe(0);
  });

  it("are all shown by the dashboard for Grafana, which asks for no others", () => {
    const dashboard = readFileSync(join(root, "apps/bot/grafana/bp.json"), "utf8");
    const asked = new Set(dashboard.match(/bp_\w+/g));
    expect([...asked].toSorted()).toEqual(allMetrics.map(({ name }) => name).toSorted());
  });
});
