// GET /fapi/v3/announcement/directById: one message of the venue.
import * as z from "zod";
import { unwrapped } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { idParam } from "../../params.ts";
import { type Announcement, announcementAnswer } from "./announcements.ts";

/** Which message. */
export const announcementParams = z.strictObject({ id: idParam });
/** Parameters of `rest.account.announcement`. */
export type AnnouncementParams = z.infer<typeof announcementParams>;

/** `GET /fapi/v3/announcement/directById`. Its answer is taken to be a row of the list (doubtful: no example at hand). */
export const announcement: AsterEndpoint<AnnouncementParams, Announcement> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/announcement/directById",
  v1: "/fapi/v1/announcement/directById",
  v3: "/fapi/v3/announcement/directById",
  params: announcementParams,
  answer: unwrapped(announcementAnswer),
  lane: "read",
  weight: 1,
};
