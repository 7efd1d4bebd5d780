// Which recorded market stands for which market of a configuration.

import {
  BpError,
  exchangeOf,
  type Instrument,
  type InstrumentId,
  isBpError,
  symbolOf,
  type Tape,
  type VenueId,
  venueOf,
} from "@bp/core";
import { castTape } from "@bp/data";
import { asterFuturesMarkets, asterOnBackpack, asterSpotMarkets, defaultMarkets } from "@bp/sim";
import { invalid } from "../config/complaint.ts";

/** What a tape became, and how. */
export interface CastResult {
  /** Its markets have the ids that the configuration names. */
  readonly tape: Tape;
  /** A line for each market: which recording plays it, on which grid. */
  readonly said: readonly string[];
}

/**
 * Casts recorded markets for those that a configuration trades: by `--as`, by the same name, or by the same coin, of spot and
 * perpetuals the nearer one. One recording may stand for the markets of several exchanges.
 *
 * @param wanted - as the strategies name them; accounts of one exchange share a market
 * @throws BpError `config/invalid` where none or several could be meant
 */
export function castFor(tape: Tape, wanted: readonly InstrumentId[], casts: ReadonlyMap<string, string>): CastResult {
  const markets = [...new Set(wanted.map(innerOf))];
  const said: string[] = [];
  const chosen = markets.map((id) => {
    const listed = listedAs(id);
    const recorded = recordedFor(tape, id, listed, casts);
    const as = onGridOf(recorded, id, listed);
    said.push(
      recorded.id === id
        ? `${id}: as recorded`
        : `${id}: played by the recording of ${symbolOf(recorded.id)}, tick ${as.tickSize}, lot ${as.lotSize}`,
    );
    return { from: recorded.id, as };
  });
  const exact = tryCast(tape, chosen);
  if (exact !== undefined) return { tape: exact, said };
  // on the recording's own grid nothing has to be rounded
  const own = chosen.map(({ from, as }) => {
    const recorded = tape.instruments.find((each) => each.id === from);
    return recorded === undefined ? { from, as } : { from, as: { ...as, ...gridOf(recorded) } };
  });
  for (const { from, as } of own)
    said.push(
      `${as.id}: its grid does not hold the prices of ${symbolOf(from)}, so the recording's own is used: tick ${as.tickSize}, lot ${as.lotSize}`,
    );
  return { tape: castTape(tape, own), said };
}

/** The market of a venue's market: `backpack-2:X` is `backpack:X`. */
const innerOf = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;

type Casts = Parameters<typeof castTape>[1];

function tryCast(tape: Tape, chosen: Casts): Tape | undefined {
  try {
    return castTape(tape, chosen);
  } catch (error) {
    if (isBpError(error) && error.code.startsWith("grid/")) return undefined;
    throw error;
  }
}

/** How the exchange lists it, where we know. */
function listedAs(id: InstrumentId): Instrument | undefined {
  const venue: VenueId = venueOf(id);
  const all =
    venue === "aster-futures"
      ? asterFuturesMarkets(venue)
      : venue === "aster-spot"
        ? asterSpotMarkets(venue)
        : [...defaultMarkets(venue), ...asterOnBackpack(venue)];
  return all.find((each) => each.id === id);
}

function onGridOf(recorded: Instrument, id: InstrumentId, listed: Instrument | undefined): Instrument {
  return listed ?? { ...recorded, id };
}

function gridOf({ tickSize, lotSize, minSize, maxSize, minPrice, maxPrice }: Instrument) {
  return { tickSize, lotSize, minSize, maxSize, minPrice, maxPrice };
}

function recordedFor(
  tape: Tape,
  id: InstrumentId,
  listed: Instrument | undefined,
  casts: ReadonlyMap<string, string>,
): Instrument {
  const { instruments } = tape;
  const names = instruments.map((each) => symbolOf(each.id)).join(", ");
  for (const [symbol, market] of casts) {
    if (innerOf(market as InstrumentId) !== id) continue; // checked when it was read: venue:SYMBOL
    const found = instruments.find((each) => bare(symbolOf(each.id)) === bare(symbol) || each.id === symbol);
    if (found === undefined) throw invalid("--as", symbol, `a market of the data: ${names}`);
    return found;
  }
  const same = instruments.find((each) => each.id === id);
  if (same !== undefined) return same;
  const base = (listed?.base ?? symbolOf(id).split(/[_/-]/)[0] ?? "").toUpperCase();
  const coins = instruments.filter((each) => each.base.toUpperCase() === base);
  const kind = listed?.kind ?? (id.endsWith("_PERP") || id.startsWith("aster-futures:") ? "perp" : "spot");
  const [only, another] = coins.filter((each) => each.kind === kind).concat(coins.filter((each) => each.kind !== kind));
  if (only === undefined)
    throw invalid(
      "--data",
      `recordings of ${names}`,
      `one of ${base}, for ${id}`,
      `or say which one is to play it: --as ${symbolOf(instruments[0]?.id ?? id)}=${id}`,
    );
  if (another !== undefined && another.kind === only.kind)
    throw new BpError("config/conflict", {
      what: `${coins.map((each) => symbolOf(each.id)).join(" and ")} could both play ${id}`,
      hint: `say which: --as ${symbolOf(only.id)}=${id}`,
    });
  return only;
}

/** Symbols differ in how they write the pair: BTCUSDT, BTC_USDT_PERP. */
const bare = (symbol: string) =>
  symbol
    .toUpperCase()
    .replace(/_PERP$/, "")
    .replace(/[^A-Z0-9]/g, "");
