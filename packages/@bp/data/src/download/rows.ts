// What is downloaded: rows of a table, each with its moment and what tells it from all others.

/** What a venue's history is made of. */
export type DownloadKind = "klines" | "trades" | "funding";

/** A row of a table. */
export interface DownloadRow {
  /** When it happened or began, ms since 1970; no row is before the one above it. */
  readonly at: number;
  /** What tells it from others: its moment where there is one row a moment, else the venue's id of it. */
  readonly key: string;
  /** The line of the table, without its end. */
  readonly text: string;
}

/** Columns of each table; the readers of this package know them. */
export const downloadHeaders: Readonly<Record<DownloadKind, string>> = {
  klines: "ts_ms,open,high,low,close,volume",
  trades: "trade_ms,id,price,qty,buyer_is_maker",
  funding: "ts_ms,funding_rate",
};

/** A line of a table as a row again; `undefined` for one that is cut or no row of it. */
export function readRow(kind: DownloadKind, text: string): DownloadRow | undefined {
  if (!shapes[kind].test(text)) return undefined;
  const [moment = "", id = ""] = text.split(",");
  return { at: Number(moment), key: kind === "trades" ? id : moment, text };
}

const number = String.raw`\d+(?:\.\d+)?`;
const shapes: Readonly<Record<DownloadKind, RegExp>> = {
  klines: new RegExp(`^\\d{13}(?:,${number}){5}$`),
  trades: new RegExp(`^\\d{13},\\d+,${number},${number},[01]$`),
  funding: /^\d{13},-?\d+(?:\.\d+)?(?:e-\d+)?$/i,
};
