// The twelve promises.
import type { Invariant } from "../scene.ts";
import { accounted } from "./accounted.ts";
import { bounded } from "./bounded.ts";
import { final } from "./final.ts";
import { hedged } from "./hedged.ts";
import { known } from "./known.ts";
import { numbered } from "./numbered.ts";
import { oneOrder } from "./oneOrder.ts";
import { paced } from "./paced.ts";
import { recovered } from "./recovered.ts";
import { reducing } from "./reducing.ts";
import { sighted } from "./sighted.ts";
import { silent } from "./silent.ts";

/** By their numbers. */
export const invariants: readonly Invariant[] = [
  oneOrder,
  known,
  hedged,
  sighted,
  bounded,
  reducing,
  paced,
  numbered,
  accounted,
  final,
  recovered,
  silent,
];
