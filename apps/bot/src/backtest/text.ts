// A backtest's result for a person: what it rests on, then what it came to.
import { type BacktestResult, modelLines } from "@bp/backtest";
import { chineseOf, type Look, pad, reportText } from "@bp/report";

const words = {
  en: {
    data: "data",
    models: "models",
    lacks: "left out",
    ended: "ended",
    kinds: { data: "the data ended", done: "done", halted: "HALTED", liquidated: "LIQUIDATED" },
    alerts: "alerts",
    more: "more",
    books: "the exchange's own books are the same",
    apart: "the exchange's own books are NOT the same: please report this",
    digest: "commands",
  },
  zh: {
    data: "資料",
    models: "模型",
    lacks: "未涵蓋",
    ended: "結束",
    kinds: { data: "資料到此為止", done: "完成", halted: "已停機", liquidated: "爆倉" },
    alerts: "警示",
    more: "更多",
    books: "與交易所帳本一致",
    apart: "與交易所帳本不一致：請回報",
    digest: "指令",
  },
} as const;

const shownAlerts = 5;

/** The whole result. @param digest - over its commands */
export function backtestText(result: BacktestResult, look: Look, digest: string): string {
  const say = words[look.language === "en" ? "en" : "zh"];
  const { data, lacks, ended, alerts, seed, figures } = result;
  const line = (label: string, text: string) => `  ${pad(label, 9, "right")} ${text}`;
  const rest = (label: string, lines: readonly string[]) => lines.map((text, at) => line(at === 0 ? label : "", text));
  const said = (lines: readonly string[]) => (look.language === "en" ? lines : lines.map(chineseOf));
  return [
    reportText(figures, look),
    "",
    line(
      say.data,
      `${data.markets.join(" ")}  ${iso(data.from)} – ${iso(data.to)}  ${data.rows} rows  ${data.digest.slice(0, 16)}`,
    ),
    ...rest(say.models, said([...modelLines(result.models), `seed: ${seed}`])),
    ...rest(say.lacks, said(lacks)),
    line(say.ended, `${say.kinds[ended.kind]}, ${iso(ended.at)}${ended.kind === "data" ? "" : `: ${ended.why}`}`),
    ...rest(say.alerts, [
      ...alerts.slice(0, shownAlerts).map(({ at, why }) => `${iso(at)} ${why}`),
      ...(alerts.length > shownAlerts ? [`+ ${alerts.length - shownAlerts} ${say.more}`] : []),
    ]),
    line(say.digest, `${result.commands} (${digest.slice(0, 16)}); ${result.ledgerEqual ? say.books : say.apart}`),
  ].join("\n");
}

/** The same for a program: money as decimal text, unknown as null. */
export function backtestJson(result: BacktestResult, digest: string): Record<string, unknown> {
  const { analysis: _, ...rest } = result; // --json --full gives that one
  const plain = JSON.parse(JSON.stringify(rest, (__, value: unknown) => value ?? null)) as object; // a result is an object
  return { ...plain, commandsDigest: digest };
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
