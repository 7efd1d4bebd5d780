// The screens of each strategy by its name.
import type { SystemFace } from "../system.ts";
import { dualHedgeFace } from "./dualHedge.ts";
import { gridFace } from "./grid.ts";
import { hedgeFace } from "./hedge.ts";
import { ladderFace } from "./ladder.ts";
import { singleFace } from "./single.ts";

/** A face of any strategy. Methods are compared loosely; it is given what its own strategy remembers, which makes this sound. */
export type AnyFace = SystemFace<unknown, unknown>;

/** All of them; the maker has its panel, and what sells off needs none. */
export const systemFaces: Readonly<Record<string, AnyFace>> = {
  single: singleFace,
  "dual-hedge": dualHedgeFace,
  hedge: hedgeFace,
  grid: gridFace,
  ladder: ladderFace,
};
