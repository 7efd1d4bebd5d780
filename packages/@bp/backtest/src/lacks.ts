// What a backtest leaves out, said with every result.
import { type Tape, tapeRow, venueOf } from "@bp/core";
import type { Models } from "./models.ts";

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
  const kinds = new Set<number>();
  for (let row = 0; row < tape.rows; row++) kinds.add((tape.kinds[row] ?? 0) & 0x7f);
  if (models.queue !== "prints" && kinds.has(tapeRow.bid))
    said.push(`places in queues are estimated (${models.queue}): fit them from own fills with bot resim`);
  if (tape.instruments.some(({ kind }) => kind === "perp")) {
    if (!kinds.has(tapeRow.mark)) said.push("marks: none in the data, the middle of the book stands in for them");
    if (!kinds.has(tapeRow.funding)) said.push("funding: none in the data, drawn from the premium of the marks");
  }
  if (new Set(tape.instruments.map(({ id }) => venueOf(id))).size > 1)
    said.push("several exchanges: their clocks are taken to agree");
  return said;
}
