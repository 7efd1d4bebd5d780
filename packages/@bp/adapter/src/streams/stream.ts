// What a stream is: its name and the schema of its data.
import type * as z from "zod";

/** A stream of the venue. Made by the functions beside this file, one for each kind. */
export interface Stream<T> {
  /** As the venue spells it: `depth.SOL_USDC`. */
  readonly name: string;
  /** Private ones need a key and travel on a connection of their own. */
  readonly private: boolean;
  /** It may rightly say nothing for long (trades of a small market): its silence is not told. */
  readonly quiet?: boolean;
  /** Reads the frame's `data`. */
  readonly data: z.ZodType<T>;
}
