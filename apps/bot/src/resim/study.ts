// One run against the model of its market: what was equal, what was filled, and which figures fit best.
import {
  compareFills,
  type FillComparison,
  fitLatency,
  fitQueue,
  type LatencyFit,
  type OwnOrder,
  type QueueFit,
  type QueueStories,
  queueStories,
  resimulate,
  withoutOwn,
} from "@bp/backtest";
import { type VenueId, venueOf } from "@bp/core";
import { queueNamed } from "@bp/sim";
import type { PastMarket } from "./market.ts";

/** What is to be assumed; what is left out is fitted. */
export interface StudyOptions {
  /** `prints`, `share:N` or `log`. */
  readonly queue?: string | undefined;
  /** From a decision until the venue has it, ms; `own`: of each order as it was, where that is known. */
  readonly upMs?: number | "own" | undefined;
  /** Whether the levels contain our own orders: not on paper. */
  readonly ownInBook: boolean;
  /** Fewer orders that tell of the queue are refused; default 30. */
  readonly leastOrders?: number | undefined;
}

/** What was found. */
export interface Study {
  readonly queue: QueueFit;
  readonly leftOut: QueueStories["left"];
  readonly latency: Readonly<Record<VenueId, LatencyFit>>;
  /** The models by which the orders were sent again. */
  readonly models: {
    readonly queue: string;
    readonly fitted: boolean;
    /** Each order came when it really came; `upMs` is for those of which that is not known. */
    readonly ownTimes: boolean;
    readonly upMs: Readonly<Record<VenueId, number>>;
  };
  readonly fills: FillComparison;
  /** The same by the usual model, prints only; left out where that is the model. */
  readonly byPrints: FillComparison | undefined;
  /** Orders that were not sent again, by why. */
  readonly notSent: Readonly<Record<string, number>>;
}

/** Where nothing was measured. */
const usualUpMs = 20;

/** Fits, sends again and compares. Pure. */
export function study({ tape, orders }: PastMarket, options: StudyOptions): Study {
  const { stories, left } = queueStories(tape, orders, { ownInBook: options.ownInBook });
  const queue = fitQueue(stories, options.leastOrders === undefined ? {} : { leastOrders: options.leastOrders });
  const venues = [...new Set(orders.map(({ instrument }) => venueOf(instrument)))];
  const latency = Object.fromEntries(
    venues.map((venue) => [
      venue,
      fitLatency(
        orders.filter(({ instrument }) => venueOf(instrument) === venue),
        tape,
      ),
    ]),
  );
  const upMs = Object.fromEntries(
    venues.map((venue) => [venue, typeof options.upMs === "number" ? options.upMs : upOf(latency[venue])]),
  );
  const model = options.queue ?? (queue.fitted ? (queue.rival?.model ?? queue.model) : "prints");
  const ownTimes = options.upMs === "own";
  const notSent: Record<string, number> = {};
  const sent = orders.filter((order) => {
    const why = whyNotSent(order);
    if (why !== undefined) notSent[why] = (notSent[why] ?? 0) + 1;
    return why === undefined;
  });
  const clean = options.ownInBook ? withoutOwn(tape, orders) : tape;
  const again = (name: string) =>
    compareFills(
      sent,
      resimulate({
        tape: clean,
        orders: sent,
        queue: queueNamed(name),
        upMs: (order, what) =>
          (ownTimes ? ownUpOf(order, what) : undefined) ?? upMs[venueOf(order.instrument)] ?? usualUpMs,
      }),
    );
  return {
    queue,
    leftOut: left,
    latency,
    models: { queue: model, fitted: options.queue === undefined && queue.fitted, ownTimes, upMs },
    fills: again(model),
    byPrints: model === "prints" ? undefined : again("prints"),
    notSent,
  };
}

/** How long it really took, by both clocks; `undefined` where nobody told. */
function ownUpOf({ sentAt, acceptedAt, cancelSentAt, endedAt, end }: OwnOrder, what: "place" | "cancel") {
  if (what === "place") return acceptedAt === undefined ? undefined : acceptedAt - sentAt;
  return cancelSentAt === undefined || endedAt === undefined || end !== "cancelled"
    ? undefined
    : endedAt - cancelSentAt;
}

/** By the venue's clock: what the clocks are apart belongs to it. */
const upOf = (fit: LatencyFit | undefined): number =>
  fit?.place === undefined ? usualUpMs : Math.round(fit.place.quantiles.p50 + fit.clockMs);

/** Why an order would not be comparable. */
function whyNotSent({ end, reason, acceptedAt }: OwnOrder): string | undefined {
  if (end === "rejected") return reason === "would-take" ? undefined : `refused by the venue: ${reason ?? "other"}`;
  return acceptedAt === undefined && end === undefined ? "never answered for" : undefined;
}
