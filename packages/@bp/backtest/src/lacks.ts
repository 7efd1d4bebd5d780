// What a backtest leaves out, said with every result.
import { type Tape, tapeRow, tapeSpan, venueOf } from "@bp/core";
import type { Models } from "./models.ts";
import { hasReceiptTimes } from "./received.ts";

/**
 * What a run over a tape cannot show, in plain words: what the data lack, and what the models assume.
 *
 * @param tape - the data
 * @param models - what stands between them and a live market
 */
export function lacksOf(tape: Tape, models: Models): readonly string[] {
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
    said.push(...fundingLacks(tape));
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

/** Stamps of perpetuals whose rate the data do not tell. */
function fundingLacks(tape: Tape): readonly string[] {
  const span = tapeSpan(tape);
  const told = tape.instruments.map(() => new Set<number>());
  for (let row = 0; row < tape.rows; row++)
    if (((tape.kinds[row] ?? 0) & 0x7f) === tapeRow.funding) told[tape.markets[row] ?? 0]?.add(tape.b[row] ?? 0);
  if (span === undefined || told.every(({ size }) => size === 0)) return [`funding: none in the data, ${drawn}`];
  return tape.instruments.flatMap(({ id, kind, fundingIntervalMs }, place) => {
    if (kind !== "perp" || fundingIntervalMs === undefined) return [];
    const numberOf = (stamp: number) => Math.round(stamp / fundingIntervalMs);
    const known = new Set([...(told[place] ?? [])].map(numberOf));
    const [first, last] = [Math.floor(span.from / fundingIntervalMs) + 1, Math.floor(span.to / fundingIntervalMs)];
    const due = Math.max(0, last - first + 1);
    let there = 0;
    for (const stamp of known) if (stamp >= first && stamp <= last) there += 1;
    return there === due ? [] : [`funding of ${id}: ${there} of ${due} rates are in the data, the others are ${drawn}`];
  });
}
