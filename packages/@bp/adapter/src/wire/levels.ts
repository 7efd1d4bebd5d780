// One side of a book on the wire.
import * as z from "zod";
import { decimal } from "./decimal.ts";

/** Price, size. On the stream a size equal to zero, in any number of digits, removes the level. */
const level = z.tuple([decimal, decimal]);

/** Levels in the venue's order, which differs between venues. */
export const levels = z.array(level);
