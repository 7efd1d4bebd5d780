// Files that were understood, and in which nothing is left that could be played.
import { isBpError } from "@bp/core";

/** As the hint of `data/no-market`. */
export const nothingLeft = "nothing in it that could be played";

/**
 * Whether reading failed because nothing is left of files whose market and format are known: each of their lines is one that cannot
 * be read, and was only counted. Every other failure says that they are something else.
 */
export const isNothingLeft = (error: unknown): boolean =>
  isBpError(error, "data/no-market") && error.context.hint === nothingLeft;
