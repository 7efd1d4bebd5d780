// The alerts of docs/metrics.md, asked of Prometheus' own tool: they say what they are for when it happens, and not before.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";

const docs = join(import.meta.dirname, "../../../../../docs/metrics.md");
const [, rules = ""] = /```yaml\n(groups:[^`]*)```/.exec(readFileSync(docs, "utf8")) ?? [];
const labels = 'job="bp", instance="bot"';
const up = (values: string) => ({ series: `up{${labels}}`, values });
const state = (name: string, values: string) => ({ series: `bp_run_state{${labels}, state="${name}"}`, values });

/** What is to be heard of an alert at a time, as labels besides those of the bot; `undefined`: nothing. */
interface Heard {
  readonly alert: string;
  readonly at: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Samples each five seconds, and what is to be heard of them. @returns what promtool finds to be otherwise */
function otherwise(series: readonly object[], heard: readonly Heard[]): string {
  const folder = mkdtempSync(join(tmpdir(), "bp-alerts-"));
  try {
    writeFileSync(join(folder, "rules.yml"), rules);
    const expected = heard.map(({ alert, at, labels: more }) => ({
      eval_time: at,
      alertname: alert,
      exp_alerts: more === undefined ? [] : [{ exp_labels: { job: "bp", instance: "bot", ...more } }],
    }));
    const tests = [{ interval: "5s", input_series: series, alert_rule_test: expected }];
    writeFileSync(join(folder, "test.yml"), stringify({ rule_files: ["rules.yml"], evaluation_interval: "5s", tests }));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", join(folder, "test.yml")], {
      encoding: "utf8",
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.runIf(spawnSync("promtool", ["--version"]).status === 0)("the alerts of docs/metrics.md", () => {
  it("tell of a halt that no scrape has seen, by the bot that is gone", () => {
    const series = [up("1x5 0x30"), state("running", "1x5 stale"), state("halted", "0x5 stale")];
    expect(
      otherwise(series, [
        { alert: "BotGone", at: "60s" },
        { alert: "BotGone", at: "80s", labels: {} },
        { alert: "BotHalted", at: "80s" },
      ]),
    ).toBe("");
  });

  it("tell of a halt that a scrape has seen for five minutes", () => {
    const series = [up("1x6 0x80"), state("halted", "0x5 1 stale")];
    expect(
      otherwise(series, [
        { alert: "BotHalted", at: "25s" },
        { alert: "BotHalted", at: "35s", labels: { state: "halted" } },
        { alert: "BotHalted", at: "320s", labels: { state: "halted" } },
        { alert: "BotHalted", at: "340s" },
      ]),
    ).toBe("");
  });

  it("say nothing of a bot that its supervisor starts again", () => {
    expect(otherwise([up("1x5 0x6 1x20")], [{ alert: "BotGone", at: "65s" }])).toBe("");
  });

  it("do not take the position of one bot for that of another", () => {
    const other = { series: 'bp_position{job="bp", instance="other", market="m"}', values: "1x20" };
    expect(
      otherwise(
        [state("running", "1x20"), other],
        [{ alert: "PositionUnknown", at: "60s", labels: { state: "running" } }],
      ),
    ).toBe("");
  });
});

describe("the alerts of docs/metrics.md", () => {
  it("are of the job that apps/bot/deploy scrapes", () => {
    const deploy = join(import.meta.dirname, "../../../deploy/prometheus.yml");
    const [job] = parse(readFileSync(deploy, "utf8")).scrape_configs;
    expect(rules).toContain(`up{job="${job.job_name}"}`);
  });
});
