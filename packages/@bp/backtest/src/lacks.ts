// What a backtest leaves out, said with every result.
import { type Tape, tapeRow, venueOf } from "@bp/core";
import { isPaidAt } from "@bp/sim";
import type { Models } from "./models.ts";
import { type Played, playedOf } from "./played.ts";
import { hasReceiptTimes } from "./received.ts";

/**
 * What a run over a tape cannot show, in plain words: what the data lack, and what the models assume.
 *
 * @param data - all of them
 * @param models - what stands between them and a live market
 */
export function lacksOf(data: Tape, models: Models): readonly string[] {
  return lacksOfPlayed(playedOf(data), models);
}

/** The same where somebody knows already what of the data is played. */
export function lacksOfPlayed(played: Played, models: Models): readonly string[] {
  const { tape } = played;
  const said = [
    ...tape.lacks,
    "our orders move no market: size that we took is back with the next change of its level",
  ];
  if (models.feed === "recorded") said.push(...receiptLacks(tape));
  const kinds = new Set<number>();
  for (let row = 0; row < tape.rows; row++) kinds.add((tape.kinds[row] ?? 0) & 0x7f);
  if (models.queue !== "prints" && kinds.has(tapeRow.bid))
    said.push(`places in queues are estimated (${models.queue}): fit them from own fills with bot resim`);
  if (tape.instruments.some(({ kind }) => kind === "perp")) {
    if (!kinds.has(tapeRow.mark)) said.push("marks: none in the data, the middle of the book stands in for them");
    said.push(...beyondLacks(played), ...fundingLacks(played));
  }
  if (new Set(tape.instruments.map(({ id }) => venueOf(id))).size > 1)
    said.push("several exchanges: their clocks are taken to agree");
  return said;
}

/** Exchanges whose data do not tell when they were received. */
function receiptLacks(tape: Tape): readonly string[] {
  return [...new Set(tape.instruments.map(({ id }) => venueOf(id)))]
    .filter((exchange) => !hasReceiptTimes(tape, exchange))
    .map((exchange) => `no receipt times in the data of ${exchange}: its market data are as late as everything else`);
}

const drawn = "drawn from the premium of the marks";

/** Rates and marks at times of which the data hold nothing to trade. */
function beyondLacks({ span, beyond }: Played): readonly string[] {
  if (span === undefined) return [];
  const time = `${iso(span.from)} to ${iso(span.to)}`;
  const saidOf = (what: string, count: number) =>
    count === 0
      ? []
      : [`${what}: ${count} of the data are not played, they lie beyond all that can be traded (${time})`];
  return [...saidOf("funding rates", beyond.rates), ...saidOf("marks", beyond.marks)];
}

const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+/, "");

/** Stamps of perpetuals whose rate the data do not tell, and rates that are for none. */
function fundingLacks({ tape, span }: Played): readonly string[] {
  const told = tape.instruments.map(() => new Map<number, number>()); // by market: for when, and first told when
  for (let row = 0; row < tape.rows; row++) {
    if (((tape.kinds[row] ?? 0) & 0x7f) !== tapeRow.funding) continue;
    const rates = told[tape.markets[row] ?? 0];
    const stamp = tape.b[row] ?? 0;
    if (rates?.has(stamp) === false) rates.set(stamp, Math.min(tape.venueAt[row] ?? 0, tape.at[row] ?? 0));
  }
  if (span === undefined || told.every(({ size }) => size === 0)) return [`funding: none in the data, ${drawn}`];
  return tape.instruments.flatMap(({ id, kind, fundingIntervalMs }, place) => {
    if (kind !== "perp" || fundingIntervalMs === undefined) return [];
    const [first, last] = [Math.floor(span.from / fundingIntervalMs) + 1, Math.floor(span.to / fundingIntervalMs)];
    const due = Math.max(0, last - first + 1);
    const known = new Set<number>();
    let idle = 0;
    for (const [stamp, toldAt] of told[place] ?? []) {
      const nearest = Math.round(stamp / fundingIntervalMs);
      const paidAt = nearest * fundingIntervalMs;
      if (!isPaidAt(stamp, paidAt)) idle += stamp > span.from && stamp <= span.to ? 1 : 0;
      else if (toldAt <= paidAt && nearest >= first && nearest <= last) known.add(nearest);
    }
    const hours = fundingIntervalMs / 3_600_000;
    return [
      ...(known.size === due
        ? []
        : [`funding of ${id}: ${known.size} of ${due} rates are in the data, the others are ${drawn}`]),
      ...(idle === 0
        ? []
        : [
            `funding of ${id}: ${idle} rates of the data are not paid, they are for no stamp (every ${hours} h since 1970)`,
          ]),
    ];
  });
}
