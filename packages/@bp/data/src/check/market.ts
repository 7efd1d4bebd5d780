// One market of a tape while it is checked.
import { type Book, createBook, type InstrumentId, lots, millis, tapeRow } from "@bp/core";
import type { MarketReport, Stretch } from "./report.ts";

/** Counts. */
export interface MarketCheck {
  row(kind: number, venueAt: number, at: number, a: number, b: number): void;
  /** A message that had rows of this market is over. */
  end(): void;
  report(): MarketReport;
}

const most = 100; // named of each list

/** Nothing was seen yet. */
export function createMarketCheck(market: InstrumentId, silentMs: number): MarketCheck {
  const count = { rows: 0, levels: 0, prints: 0, marks: 0, fundings: 0, candles: 0 };
  const gapsAt: Stretch[] = [];
  const silencesAt: Stretch[] = [];
  const crossedAt: number[] = [];
  const opens: number[] = [];
  let lengthMs = Number.POSITIVE_INFINITY; // of the shortest candle that is whole
  const bad = { gaps: 0, lostMs: 0, crossed: 0, repeated: 0, backwards: 0, backwardsMs: 0, silences: 0, impossible: 0 };
  const book: Book = createBook();
  let whole = false;
  let touched = false;
  let lostSince: number | undefined;
  let from = 0;
  let last = Number.NaN;
  let lastVenue = Number.NEGATIVE_INFINITY;
  let venueNow = Number.NEGATIVE_INFINITY;
  const told = tellsTwice();
  let news = 0; // rows of a message that are no levels, and how many of them repeat the one of their kind before
  let again = 0;

  const lose = (at: number) => {
    book.lose();
    whole = false;
    if (lostSince !== undefined) return; // twice lost is lost once
    lostSince = at;
    bad.gaps += 1;
  };
  const found = (at: number) => {
    whole = true;
    book.reset([], [], millis(Math.floor(at)));
    if (lostSince === undefined) return;
    if (gapsAt.length < most) gapsAt.push({ from: lostSince, to: at });
    bad.lostMs += at - lostSince;
    lostSince = undefined;
  };
  const level = (side: "bid" | "ask", price: number, size: number) => {
    count.levels += 1;
    if (!(Number.isSafeInteger(price) && price > 0 && Number.isSafeInteger(size) && size >= 0)) bad.impossible += 1;
    else if (whole) {
      book.apply(side, price, lots(size));
      touched = true;
    }
  };
  const candle = (kind: number, a: number, b: number) => {
    const isSwing = kind === tapeRow.swing1 || kind === tapeRow.swing2;
    if (isSwing ? !(b > 0 && a >= b) : !(a > 0 && b >= 0)) bad.impossible += 1;
  };
  const take = (kind: number, at: number, a: number, b: number) => {
    switch (kind) {
      case tapeRow.bid:
        return level("bid", a, b);
      case tapeRow.ask:
        return level("ask", a, b);
      case tapeRow.bought:
      case tapeRow.sold:
        count.prints += 1;
        if (!(Number.isSafeInteger(a) && a > 0 && Number.isSafeInteger(b) && b > 0)) bad.impossible += 1;
        return;
      case tapeRow.mark:
        count.marks += 1;
        if (!(a > 0 && b > 0)) bad.impossible += 1;
        return;
      case tapeRow.funding:
        count.fundings += 1;
        if (!Number.isFinite(a) || !(b > 0)) bad.impossible += 1;
        return;
      case tapeRow.reset:
        return found(at);
      case tapeRow.lost:
        return lose(at);
      case tapeRow.open:
        count.candles += 1;
        opens.push(at);
        return candle(kind, a, b);
      case tapeRow.close:
        if (at > (opens.at(-1) ?? at) + 2) lengthMs = Math.min(lengthMs, at - (opens.at(-1) ?? at) + 1);
        return candle(kind, a, b);
      case tapeRow.swing1:
      case tapeRow.swing2:
        return candle(kind, a, b);
      default:
        bad.impossible += 1;
    }
  };

  return {
    row: (kind, venueAt, at, a, b) => {
      count.rows += 1;
      if (count.rows === 1) from = at;
      if (!Number.isFinite(at) || !Number.isFinite(venueAt)) bad.impossible += 1;
      else {
        venueNow = venueAt;
        if (at - last > silentMs && count.levels > 0 && lostSince === undefined) {
          bad.silences += 1;
          if (silencesAt.length < most) silencesAt.push({ from: last, to: at });
        }
        last = at;
      }
      if (kind > tapeRow.ask && kind <= tapeRow.close) {
        news += 1;
        if (told(kind, venueAt, a, b)) again += 1;
      }
      take(kind, at, a, b);
    },
    end: () => {
      if (news > 0 && news === again) bad.repeated += 1;
      news = 0;
      again = 0;
      if (venueNow < lastVenue) {
        bad.backwards += 1;
        bad.backwardsMs = Math.max(bad.backwardsMs, lastVenue - venueNow);
      } else lastVenue = venueNow;
      if (touched && book.crossed) {
        bad.crossed += 1;
        if (crossedAt.length < most) crossedAt.push(last);
      }
      touched = false;
    },
    report: () => {
      const candles = missingOf(opens, lengthMs);
      const named = [...gapsAt, ...(lostSince === undefined ? [] : [{ from: lostSince, to: undefined }])];
      return {
        market,
        ...count,
        ...bad,
        from,
        to: Number.isNaN(last) ? 0 : last,
        candleMs: candles.stepMs,
        missing: candles.missing,
        gapsAt: named,
        lostMs: bad.lostMs + (lostSince === undefined ? 0 : last - lostSince),
        crossedAt,
        silences: bad.silences + candles.places,
        silencesAt: [...silencesAt, ...candles.at].slice(0, most),
      };
    },
  };
}

/** Whether a row equals the one of its kind before it. */
function tellsTwice() {
  const kinds = 16;
  const [venue, one, two] = [
    new Float64Array(kinds).fill(Number.NaN),
    new Float64Array(kinds),
    new Float64Array(kinds),
  ];
  return (kind: number, venueAt: number, a: number, b: number): boolean => {
    const isSame = venue[kind] === venueAt && one[kind] === a && two[kind] === b;
    venue[kind] = venueAt;
    one[kind] = a;
    two[kind] = b;
    return isSame;
  };
}

/** Candles that are not there, where the shortest one, or the shortest distance of two, is their length. */
function missingOf(opens: readonly number[], lengthMs: number) {
  let stepMs = Number.POSITIVE_INFINITY;
  for (let each = 1; each < opens.length; each++) {
    const between = (opens[each] ?? 0) - (opens[each - 1] ?? 0);
    if (between > 0) stepMs = Math.min(stepMs, between);
  }
  if (!Number.isFinite(stepMs)) return { stepMs: 0, missing: 0, places: 0, at: [] };
  stepMs = Math.min(stepMs, lengthMs); // of two alone with a hole between them, the distance is that of the hole
  const at: Stretch[] = [];
  let missing = 0;
  let places = 0;
  for (let each = 1; each < opens.length; each++) {
    const [before, open] = [opens[each - 1] ?? 0, opens[each] ?? 0];
    const absent = Math.round((open - before) / stepMs) - 1;
    if (absent <= 0) continue;
    missing += absent;
    places += 1;
    if (at.length < most) at.push({ from: before + stepMs, to: open });
  }
  return { stepMs, missing, places, at };
}
