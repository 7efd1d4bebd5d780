// GET /fapi/v3/announcement/direct: what the venue has to say to this account.

import { id } from "@bp/adapter";
import * as z from "zod";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** A message in several languages. */
export const announcementAnswer = z.object({
  id,
  contents: z.array(
    z.object({
      language: z.string(),
      title: orNull(z.string()),
      subtitle: orNull(z.string()),
      content: orNull(z.string()),
    }),
  ),
  category: orNull(z.string()),
  publishTime: wholeOrNull, // ms
  jumpLink: orNull(z.string()),
});
/** A message of the venue in several languages. */
export type Announcement = z.infer<typeof announcementAnswer>;

/** A page of messages. */
export const announcementsAnswer = z.object({ total: wholeOrNull, rows: z.array(announcementAnswer) });
/** A page of messages; `total` counts all of them. */
export type Announcements = z.infer<typeof announcementsAnswer>;

/** Which page. */
export const announcementsParams = z.strictObject({ page: z.int().min(1).optional(), size: z.int().min(1).optional() });
/** Parameters of `rest.account.announcements`. */
export type AnnouncementsParams = z.infer<typeof announcementsParams>;

/** `GET /fapi/v3/announcement/direct`. V1 keys find it under its old path, which the venue's documents imply and do not show. */
export const announcements: AsterEndpoint<AnnouncementsParams, Announcements> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/announcement/direct",
  v1: "/fapi/v1/announcement/direct",
  v3: "/fapi/v3/announcement/direct",
  params: announcementsParams,
  answer: announcementsAnswer,
  lane: "read",
  weight: 1,
};
