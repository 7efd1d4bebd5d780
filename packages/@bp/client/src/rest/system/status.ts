// GET /api/v1/status: whether the venue is open.
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import type { Endpoint } from "../endpoint.ts";

/** `Ok` or `Maintenance`, and sometimes why. An open list: anything but `Ok` means do not trade. */
export const statusAnswer = z.object({
  status: open<"Ok" | "Maintenance">(),
  message: z.string().nullish(),
});
/** Whether the venue is open. */
export type Status = z.infer<typeof statusAnswer>;

/**
 * `GET /api/v1/status`, public.
 *
 * @see https://docs.backpack.exchange/#tag/System/operation/get_status
 */
export const status: Endpoint<undefined, Status> = {
  method: "GET",
  path: "/api/v1/status",
  answer: statusAnswer,
  lane: "read",
};
