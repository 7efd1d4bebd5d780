// The tables of rows: what fills share, days, drawdowns, round trips, funding.
import type { Analysis } from "../../analysis/analysis.ts";
import type { Table, TableRow } from "../../analysis/tables.ts";
import { type Html, html, nothing } from "../html.ts";
import { fixed, lengthText, metricText, momentText, moneyText, percentText, plainNumber, signed } from "../numbers.ts";
import { folded, table, toneOf } from "../table.ts";
import { say } from "../words.ts";

/** The first rows, and how many more there are. */
function bounded<Row>(rows: readonly Row[], most: number): { readonly shown: readonly Row[]; readonly rest: Html } {
  const more = rows.length - most;
  return { shown: rows.slice(0, most), rest: more > 0 ? html`<p class="how">+ ${more} ${say("cut")}</p>` : nothing };
}

const money = (value: number | null) => ({ cell: signed(value, 2), tone: toneOf(value) });

/** Fills by slot, side, hour and so on. */
export function tablesPart(tables: readonly Table[], most: number): Html {
  const head = ["fills", "volume", "share", "maker", "realized", "fees", "captured", "markout1", "markout30"] as const;
  const line = (each: TableRow) => [
    each.key,
    fixed(each.fills, 0),
    fixed(each.volume, 2),
    percentText(each.share, 1),
    percentText(each.makerShare, 1),
    money(each.realized),
    fixed(each.fees, 4),
    money(each.spread),
    { cell: signed(each.markout1Bps, 3), tone: toneOf(each.markout1Bps) },
    { cell: signed(each.markout30Bps, 3), tone: toneOf(each.markout30Bps) },
  ];
  return html`${tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ by, rows }) => {
      const { shown, rest } = bounded(by === "hour" ? rows.toSorted((a, b) => a.key.localeCompare(b.key)) : rows, most);
      return html`<h3>${say(by)}</h3>${table(say(by), [say(by), ...head.map(say)], shown.map(line))}${rest}`;
    })}`;
}

/** The newest days first. */
export function daysPart({ days, meta }: Analysis, most: number): Html {
  const { shown, rest } = bounded(days.toReversed(), most);
  return html`${table(
    say("days"),
    [say("day"), html`${say("profit")} ${meta.quote}`, say("return"), say("fills"), say("volume"), say("fees")],
    shown.map((each) => [
      each.period,
      money(each.profit),
      percentText(each.return),
      fixed(each.fills, 0),
      fixed(each.volume, 2),
      fixed(each.fees, 4),
    ]),
  )}${rest}`;
}

/** The deepest first. */
export function drawdownsPart({ drawdowns, meta }: Analysis): Html {
  if (drawdowns.length === 0) return html`<p class="how">${say("none")}</p>`;
  return table(
    say("drawdowns"),
    [say("from"), say("depth"), meta.quote, say("bottom"), say("to")],
    drawdowns
      .slice(0, 20)
      .map(({ from, depth, amount, lowest, recovered }) => [
        momentText(from),
        { cell: metricText({ value: depth, unit: "fraction" }, meta.quote), tone: toneOf(depth) },
        money(amount),
        momentText(lowest),
        recovered === null ? say("notYet") : momentText(recovered),
      ]),
  );
}

/** The newest round trips, and how many there were. */
export function tripsPart({ trades, meta }: Analysis, most: number): Html {
  if (trades.count === 0) return html`<p class="how">${say("none")}</p>`;
  const shown = trades.newest.slice(0, most);
  const rows = shown.map((each) => [
    momentText(each.openedAt),
    lengthText(Math.max(0, each.closedAt - each.openedAt)),
    each.market,
    say(each.side === "long" ? "long" : "short"),
    each.slot,
    plainNumber(each.size),
    plainNumber(each.entry),
    plainNumber(each.exit),
    money(each.profit),
    fixed(each.fees, 4),
    money(each.worst),
    money(each.best),
  ]);
  const head = [
    "from",
    "period",
    "market",
    "side",
    "slot",
    "size",
    "entry",
    "exit",
    "profit",
    "fees",
    "mae",
    "mfe",
  ] as const;
  return html`<p class="how">${say("tripsHow")}, ${meta.quote}; ${fixed(shown.length, 0)} ${say("shown")} ${fixed(trades.count, 0)}</p>${folded(
    say("trips"),
    table(
      say("trips"),
      head.map((each) => (each === "period" ? say("held") : say(each))),
      rows,
    ),
  )}`;
}

/** Funding by venue, and the newest payments. */
export function fundingPart({ funding, meta }: Analysis, most: number): Html {
  if (funding.venues.length === 0) return html`<p class="how">${say("none")}</p>`;
  const amount = (text: string) => ({ cell: moneyText(text), tone: toneOf(Number(text)) });
  const { shown, rest } = bounded(funding.settlements.toReversed(), most);
  return html`${table(
    say("fundings"),
    [say("venue"), meta.quote, say("settlements")],
    funding.venues.slice(0, most).map((each) => [each.venue, amount(each.amount), fixed(each.settlements, 0)]),
  )}${folded(
    say("fundings"),
    html`${table(
      say("fundings"),
      [say("when"), say("venue"), say("market"), meta.quote],
      shown.map((each) => [momentText(each.at), each.venue, each.market, amount(each.amount)]),
    )}${rest}`,
  )}`;
}
