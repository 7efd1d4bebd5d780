// Announcements of the venue. The documentation shows the frame and names no stream; they also come on the account's own stream.
import { id, type Stream } from "@bp/adapter";
import * as z from "zod";
import { wordOrNull } from "../wire/enums.ts";
import { wholeOrNull } from "../wire/shapes.ts";

const text = z.object({
  i: id,
  t: z.string(), // title
  s: wordOrNull, // subtitle
  c: wordOrNull, // kind: NEW_LISTING; DIRECT is meant for this account
  d: wholeOrNull, // ms
  S: z.boolean().nullish(),
  j: wordOrNull, // where it leads
  C: wordOrNull, // HTML
});

/** One announcement in the languages it has. */
export const announcementUpdate = z.object({
  e: z.literal("announcement"),
  E: wholeOrNull, // ms
  en: text.nullish(),
  zh: text.nullish(),
});
/** An announcement of the venue. `C` is HTML of theirs: never show it unescaped. */
export type AnnouncementUpdate = z.infer<typeof announcementUpdate>;

/**
 * Announcements, on a stream whose name must be known from elsewhere.
 *
 * @see https://docs.asterdex.com (announcements)
 */
export function announcements(name: string): Stream<AnnouncementUpdate> {
  return { name, private: false, quiet: true, data: announcementUpdate };
}
