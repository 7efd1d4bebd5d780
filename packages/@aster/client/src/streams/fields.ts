// Fields that nearly all frames have.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { wholeOrNull } from "../wire/shapes.ts";

/** What kind of frame it is; missing where the venue leaves it to the stream's name (spot bookTicker). */
export const event = z.string().nullish();

/** Epoch milliseconds. */
export const time = wholeNumber;

/** Epoch milliseconds, missing on some frames of spot. */
export const timeOrNull = wholeOrNull;

/** The market. */
export const symbol = z.string();
