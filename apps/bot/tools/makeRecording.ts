// Makes the small recording of `examples/`: a generated market written down in Backpack's own frames.
// node --conditions=@bp/source apps/bot/tools/makeRecording.ts examples/sol_usdc.l2.ndjson.gz [minutes] [seed]
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Instrument, type Level, millis, priceText, sizeText, symbolOf } from "@bp/core";
import { createExchange, defaultMarkets, generatedMarket } from "@bp/sim";

const [file = "examples/sol_usdc.l2.ndjson.gz", minutes = "3", seed = "20"] = process.argv.slice(2);
const start = millis(Date.UTC(2026, 0, 1));
const instruments = defaultMarkets().filter((each) => each.id === "backpack:SOL_USDC");
const exchange = createExchange({
  start,
  accounts: [],
  market: generatedMarket({ seed: Number(seed), start, instruments }),
});

const lines: string[] = [];
const levels = (instrument: Instrument, side: readonly Level[]) =>
  side.map(([price, size]) => [priceText(instrument, price), sizeText(instrument, size)]);

exchange.advance(millis(start + 5_000));
for (const instrument of instruments) {
  const { lastUpdateId, at, bids, asks } = exchange.book(instrument.id);
  const d = {
    asks: levels(instrument, asks),
    bids: levels(instrument, bids.toReversed()), // the venue lists both sides by rising price
    lastUpdateId: String(lastUpdateId),
    timestamp: at * 1_000,
  };
  lines.push(JSON.stringify({ t: at * 1_000, rest: `/api/v1/depth?symbol=${symbolOf(instrument.id)}&limit=1000`, d }));
}
exchange.listen((fact) => {
  if (fact.type !== "depth" && fact.type !== "trade") return;
  const instrument = instruments.find((each) => each.id === fact.instrument);
  if (instrument === undefined) return;
  const s = symbolOf(instrument.id);
  const micros = fact.at * 1_000;
  const common = { E: micros + 400, T: micros };
  const data =
    fact.type === "depth"
      ? {
          ...common,
          U: fact.first,
          a: levels(instrument, fact.asks),
          b: levels(instrument, fact.bids),
          e: "depth",
          s,
          u: fact.last,
        }
      : {
          ...common,
          a: fact.sellOrderId,
          b: fact.buyOrderId,
          e: "trade",
          m: fact.taker === "sell",
          p: priceText(instrument, fact.price),
          q: sizeText(instrument, fact.size),
          s,
          t: fact.id,
        };
  lines.push(JSON.stringify({ t: micros + 1_000, d: { data, stream: `${fact.type}.${s}` } }));
});
exchange.advance(millis(start + 5_000 + Number(minutes) * 60_000));

const text = `${lines.join("\n")}\n`;
writeFileSync(file, file.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
process.stdout.write(`${file}: ${lines.length} lines\n`);
