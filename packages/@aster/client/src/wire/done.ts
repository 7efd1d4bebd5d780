// The answer of calls that only say that it was done.
import * as z from "zod";

/** `changed` is false where everything was as wished before: the venue calls that an error (-4046, -4059). */
export interface Done {
  readonly changed: boolean;
  /** The venue's own words. */
  readonly msg: string;
}

/** `{ "code": 200, "msg": … }`; the code is a number here and text there. Another code is no success. */
export const done = z
  .object({ code: z.union([z.number(), z.string()]), msg: z.string().nullish() })
  .refine(({ code }) => Number(code) === 200, { path: ["code"], message: "expected 200" })
  .transform(({ msg }): Done => ({ changed: true, msg: msg ?? "" }));

/** The same, where the venue answers with a bare `true`. */
export const doneOrTrue = z.union([z.literal(true).transform((): Done => ({ changed: true, msg: "" })), done]);

/** What the venue means by one of its codes that say "it is so already". */
export const already =
  (code: string, msg: string) =>
  (odd: { readonly code: string | undefined }): { readonly answer: Done } | undefined =>
    odd.code === code ? { answer: { changed: false, msg } } : undefined;
