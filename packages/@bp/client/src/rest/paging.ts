// Parameters that all histories share.
import * as z from "zod";

export const paging = {
  /** Rows of a page, 1 to 1000; the venue's default is 100. */
  limit: z.int().min(1).max(1000).optional(),
  /** Rows to skip. */
  offset: z.int().min(0).optional(),
  /** The venue's default is newest first. */
  sortDirection: z.enum(["Asc", "Desc"]).optional(),
};
