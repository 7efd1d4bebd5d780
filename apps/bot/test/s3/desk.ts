// A hedge loop on a board: ASTER on Backpack and on Aster with the figures that its users know, and hands on both prices.
import {
  type Command,
  type Instrument,
  type InstrumentId,
  instrument,
  millis,
  type PlaceOrder,
  toTicks,
  venueOf,
} from "@bp/core";
import { createEngine } from "@bp/engine";
import { type HedgeMemory, type HedgeParams, hedge, hedgeParams } from "@bp/strategies";
import { hedgeFace } from "../../src/face/systems/hedge.ts";
import { type Board, type BoardOptions, layBoard, type Seat } from "../board.ts";

const coin = { base: "ASTER", tickSize: "0.0001", lotSize: "1" } as const;

/** Backpack's perpetual: fees 0.02 % and 0.05 %. */
export const lead = instrument({ ...coin, id: "backpack:ASTER_USDC_PERP", kind: "perp", quote: "USDC" });
/** Aster's perpetual: taker fee 0.035 %, nothing below 5 USDT. */
export const futures = instrument({
  ...coin,
  id: "aster-futures:ASTERUSDT",
  kind: "perp",
  quote: "USDT",
  minNotional: "5",
  maker: "0.0001",
  taker: "0.00035",
});
/** Aster's spot: fees 0.04 % and 0.1 %, a purchase pays in ASTER. */
export const spot = instrument({
  ...coin,
  id: "aster-spot:ASTERUSDT",
  kind: "spot",
  quote: "USDT",
  lotSize: "0.01",
  minNotional: "5",
  maker: "0.0004",
  taker: "0.001",
});

/** What a test may set. */
export interface DeskOptions {
  readonly lead?: Instrument;
  readonly hedge?: Instrument;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Last price and the middle of both books, a tick each way. */
  readonly price?: string;
  readonly start?: number;
  readonly existing?: BoardOptions["existing"];
  readonly engine?: BoardOptions["engine"];
  readonly seat?: Partial<Seat>;
  /** Funding stamps of both venues; default: in two hours, at rate 0. */
  readonly stamp?: number;
  /** Whether the venues have told their marks; default true. */
  readonly marks?: boolean;
}

/** A board with one hedge loop on it. */
export interface Desk extends Board {
  readonly lead: Instrument;
  readonly hedge: Instrument;
  readonly params: HedgeParams;
  memory(): HedgeMemory;
  /** Both books a tick around a price, and the lead's last print at it. */
  price(text: string): void;
  /** Mark, rate and stamp of both venues. */
  funding(at: number, leadRate?: number, hedgeRate?: number): void;
  /** Somebody trades so much with the resting order of the lead, at its price. */
  fill(size: string): void;
  /** Positions of lead and hedge at the exchanges. */
  held(): readonly [lead: string, hedge: string];
  /** Orders and cancels with their time, in ms since the start. */
  actions(): readonly { readonly at: number; readonly what: string }[];
  /** The screen's lines so far, those of level debug left out unless asked for. */
  lines(lang?: "en" | "zh", debug?: boolean): readonly string[];
  /** What was said with these words in it. */
  said(part: string): readonly string[];
  /** Commands that never arrive: called with each before it goes out, `true` swallows it. Takes the place of `intercept`. */
  swallow(which: (command: Command) => boolean): void;
  /** Swallows hedge orders as if the venue had refused them; gives the way to stop. */
  refuseHedges(): () => void;
}

/** 2026-01-01T14:00:00Z. */
const two = Date.UTC(2026, 0, 1, 14);
/** A time of that day. */
export const clock = (hour: number, minute = 0, second = 0) => Date.UTC(2026, 0, 1, hour, minute, second);

/** Lays it; prices stand, nothing has been placed yet. */
export function layDesk(options: DeskOptions = {}): Desk {
  const {
    lead: first = lead,
    hedge: second = futures,
    price = "1.7200",
    start = two,
    existing,
    engine,
    seat,
  } = options;
  const raw = { lead: first.id, hedge: second.id, quantity: "10", betweenLegsMs: 60_000, ...options.params };
  const venues = [...new Set([first, second].map(({ id }) => venueOf(id)))];
  const board = layBoard({
    instruments: [first, second],
    seats: venues.map((venue) => ({ venue, ...seat })),
    strategies: [{ strategy: hedge, params: raw }],
    start,
    ...(existing === undefined ? {} : { existing }),
    ...(engine === undefined ? {} : { engine }),
  });
  const memory = () => board.engine.memoryOf("hedge") as HedgeMemory; // the board's only strategy
  const params = hedgeParams.parse(raw);
  const near = (text: string, ticks: number) => (Math.round(Number(text) * 10_000 + ticks) / 10_000).toFixed(4);
  const sentAt = new Map<Command, number>();
  let swallows: (command: Command) => boolean = () => false;
  board.intercept((command) => {
    sentAt.set(command, board.now());
    return swallows(command);
  });
  let shown = price;
  /** A print that trades with nothing of ours: by a seller while we sell, by a buyer else. */
  const last = (text: string) => {
    const taker = board.open(first.id).some((order) => order.startsWith("sell")) ? "sell" : "buy";
    board.market(venueOf(first.id)).hands.print(first.id, toTicks(first, text), first.minSize, taker);
  };
  const desk: Desk = Object.assign(Object.create(board) as Board, {
    lead: first,
    hedge: second,
    params,
    memory,
    price: (text: string) => {
      shown = near(text, 0);
      for (const { id } of [first, second]) board.book(id, near(text, -1), near(text, 1));
      last(shown);
    },
    last: (id: InstrumentId, text: string) => (id === first.id ? last(text) : board.last(id, text)),
    funding: (at: number, leadRate = 0, hedgeRate = 0) => {
      for (const [each, rate] of [
        [first, leadRate],
        [second, hedgeRate],
      ] as const)
        if (each.kind === "perp") board.mark(each.id, price, { rate, at });
    },
    fill: (size: string) => {
      const [resting] = board.open(first.id);
      if (resting === undefined) throw new Error("nothing rests on the lead");
      const [side, , , at = ""] = resting.split(" ");
      board.take(first.id, side === "buy" ? "sell" : "buy", size, at);
      last(shown); // the market goes on where it was
    },
    held: () => [board.position(first.id), positionOf(board, second)] as const,
    actions: () =>
      board.commands.flatMap((command) =>
        command.type === "account.ask" ? [] : [{ at: (sentAt.get(command) ?? start) - start, what: wordsOf(command) }],
      ),
    lines: (lang: "en" | "zh" = "en", debug = false) => {
      const engine = createEngine({
        run: 1,
        instruments: [first, second],
        strategies: [{ strategy: hedge, params: raw }],
        rules: [],
      });
      return board.events.flatMap((event) => {
        const before = engine.memoryOf("hedge") as HedgeMemory; // as above
        engine.step(event);
        const now = engine.memoryOf("hedge") as HedgeMemory; // as above
        const moment = { view: engine.viewOf("hedge"), params, memory: now, before, event, notes: engine.notes() };
        return hedgeFace
          .news({ ...moment, instruments: [first, second], startedAt: start, lang, figures: noFigures })
          .filter(({ level }) => debug || level !== "debug")
          .map(({ text }) => text);
      });
    },
    said: (part: string) => board.notes.filter(({ why }) => why.includes(part)).map(({ why }) => why),
    swallow: (which: (command: Command) => boolean) => {
      swallows = which;
    },
    refuseHedges: () => {
      swallows = (command) => {
        if (command.type !== "order.place" || command.instrument !== second.id) return false;
        refuse(board, command);
        return true;
      };
      return () => {
        swallows = () => false;
      };
    },
  });
  desk.price(price);
  if (options.marks !== false) desk.funding(options.stamp ?? start + 7_200_000);
  return desk;
}

/** The venue's answer to an order that it does not take. */
export function refuse(board: Board, { clientId }: PlaceOrder, text = "refused"): void {
  const at = millis(board.now());
  board.tell({ type: "order.rejected", clientId, reason: "other", text, at, venueAt: at });
}

function positionOf(board: Board, { id, kind, base }: Instrument): string {
  return kind === "perp" ? board.position(id) : board.balance(venueOf(id), base);
}

/** These screens ask for none. */
function noFigures(): never {
  throw new Error("no figures here");
}

/** What a command says, as words. */
function wordsOf(command: Command): string {
  if (command.type === "account.ask") return "ask";
  return command.type === "order.cancel" ? "cancel" : `${command.side} ${command.slot.slice("hedge/".length)}`;
}
