// GET /api/v1/prediction/tags: what events are about.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A subject. */
export const predictionTagAnswer = z.object({
  slug: z.string(),
  title: z.string(),
});
/** A subject that events are about. */
export type PredictionTag = z.infer<typeof predictionTagAnswer>;
const predictionTagsAnswer = z.array(predictionTagAnswer);

/**
 * `GET /api/v1/prediction/tags`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_prediction_tags
 */
export const tags: Endpoint<undefined, PredictionTag[]> = {
  method: "GET",
  path: "/api/v1/prediction/tags",
  answer: predictionTagsAnswer,
  lane: "read",
};
