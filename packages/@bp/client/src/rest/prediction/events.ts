// GET /api/v1/prediction: events that people bet on, with their markets.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { utcText } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

const tag = z.object({ slug: z.string(), title: z.string().nullish() });

const predictionMarket = z.object({
  marketSymbol: z.string(), // `..._PREDICTION`
  question: z.string(),
  groupLabel: z.string().nullish(),
  yesOutcomeLabel: z.string().nullish(),
  noOutcomeLabel: z.string().nullish(),
  rules: z.string().nullish(),
  activePrice: decimalOrNull, // quote; unverified: 0 to 1
  quoteVolume: decimalOrNull,
  quoteVolumeLifetime: decimalOrNull,
  imgUrl: z.string().nullish(),
  resolvedAt: utcText.nullish(), // UTC, no zone
  resolutionPrice: decimalOrNull, // quote; unverified: 0 or 1
  resolutionDelaySecs: z.number().nullish(), // s
  resolutionCondition: z
    .object({
      type: open<"QuantityRange" | "StrikePrice" | "Outcome">(),
      greaterThanOrEqual: decimalOrNull, // QuantityRange
      lessThan: decimalOrNull, // QuantityRange
      condition: open<"above" | "below">().nullish(), // StrikePrice
      outcome: z.string().nullish(), // Outcome
    })
    .nullish(),
  proposedResolution: z.boolean().nullish(),
  proposedResolutionAt: utcText.nullish(), // UTC, no zone
});

/** An event and its markets. */
export const predictionEventAnswer = z.object({
  slug: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  imgUrl: z.string().nullish(),
  quoteVolume: decimalOrNull,
  resolved: z.boolean().nullish(),
  resolutionDelaySecs: z.number().nullish(), // s
  tags: z.array(tag).nullish(),
  series: z
    .array(z.object({ slug: z.string(), title: z.string().nullish(), recurrence: z.string().nullish() }))
    .nullish(),
  resolution: z
    .object({
      resolved: z.boolean().nullish(),
      startDate: utcText.nullish(), // UTC, no zone
      endDate: utcText.nullish(), // UTC, no zone
      strikePrice: decimalOrNull,
      closePrice: decimalOrNull,
      resolutionSourceEventIdentifier: z.string().nullish(),
      resolutionSource: z.string().nullish(),
      outcome: z.string().nullish(),
    })
    .nullish(),
  predictionMarkets: z.array(predictionMarket),
});
/** An event that people bet on, with its markets. */
export type PredictionEvent = z.infer<typeof predictionEventAnswer>;
const predictionEventsAnswer = z.array(predictionEventAnswer);

/** Which events, which page. */
export const predictionEventsParams = z.strictObject({
  symbol: z.string().min(1).optional(),
  tagSlug: z.string().min(1).optional(),
  eventSlug: z.string().min(1).optional(),
  seriesSlug: z.string().min(1).optional(),
  resolved: z.boolean().optional(),
  /** Rows of a page, 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
});
/** Parameters of `rest.prediction.events`. */
export type PredictionEventsParams = z.infer<typeof predictionEventsParams>;

/**
 * `GET /api/v1/prediction`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_prediction_events
 */
export const events: Endpoint<PredictionEventsParams, PredictionEvent[]> = {
  method: "GET",
  path: "/api/v1/prediction",
  params: predictionEventsParams,
  answer: predictionEventsAnswer,
  lane: "read",
};
