// How likely what became of an order is under a model of its queue.
import { normalCdf } from "@bp/report";
import { type QueueModel, queueAfter } from "@bp/sim";
import type { QueueStory } from "./story.ts";

/** An order whose story is wrong (a lost message, a print told late) must not decide: one in fifty is taken to be such. */
const wrong = 0.02;
/** Lots are whole, and the exchange rounds. */
const least = 1;

/**
 * Logarithm of the likelihood of one order's story.
 *
 * What is in front is followed as a normal distribution: each step of the model is taken from one standard deviation below and
 * above its mean, and a decrease that prints do not explain widens it by `spread` times what it would if it left from one side
 * alone. A print that did not reach us says that more than it was in front, and cuts the rest off; the trade that reached us says
 * how much was.
 *
 * @param model - the share of a decrease that comes from behind
 * @param spread - 0: the model is exact; 1: cancels come one by one
 */
export function logLikelihood({ front, steps, fill }: QueueStory, model: QueueModel, spread: number): number {
  let mean = front;
  let variance = 0;
  let level = front;
  let printed = 0;
  let log = 0;
  for (const { kind, size } of steps) {
    if (kind === "print") {
      const sd = Math.sqrt(variance + least);
      const z = (size - 0.5 - mean) / sd;
      const more = normalCdf(-z);
      log += mixed(more, 0.5);
      if (z > -4) [mean, variance] = cutBelow(mean, variance, z, more);
      mean = Math.max(0, mean - size);
      printed += size;
      continue;
    }
    const decrease = level - size - printed;
    const sd = Math.sqrt(variance);
    const low = queueAfter(Math.max(0, mean - sd), level, size, printed, model);
    const high = sd === 0 ? low : queueAfter(Math.min(level, mean + sd), level, size, printed, model);
    let fresh = 0;
    if (decrease > 0 && mean > 0 && level > mean) {
      const share = model(mean, level - mean);
      fresh = spread * decrease * decrease * share * (1 - share);
    }
    mean = (low + high) / 2;
    variance = ((high - low) / 2) ** 2 + fresh;
    level = size;
    printed = 0;
  }
  if (fill === undefined) return log;
  const most = fill.printed - fill.ours;
  const sd = Math.sqrt(variance + least);
  const [from, to] = [fill.whole ? -0.5 : most - 0.5, most + 0.5];
  const below = fill.whole ? 0 : normalCdf((from - mean) / sd); // nothing is below an empty front
  return log + mixed(normalCdf((to - mean) / sd) - below, Math.min(1, (to - from) / (most + 10)));
}

/** Whether a story says anything of the model: size left that prints do not explain, and prints came afterwards. */
export function tells({ front: begin, steps, fill }: QueueStory): boolean {
  let level = begin;
  let printed = 0;
  let ahead = begin;
  let moved = false;
  for (const { kind, size } of steps) {
    if (kind === "print") {
      if (moved) return true;
      ahead = Math.max(0, ahead - size);
      printed += size;
      continue;
    }
    if (ahead > 0 && level > ahead && level - size - printed > 0) moved = true;
    ahead = Math.min(ahead, size);
    level = size;
    printed = 0;
  }
  return moved && fill !== undefined;
}

/** Mean and variance of a normal distribution of which what is below the `z`-th deviation is cut off. @param left - the part that stays */
function cutBelow(mean: number, variance: number, z: number, left: number): readonly [number, number] {
  const sd = Math.sqrt(variance + least);
  if (left < 1e-6) return [mean + z * sd, variance]; // hardly possible: it is just there
  const hazard = Math.exp(-z * z * 0.5) / Math.sqrt(2 * Math.PI) / left;
  return [mean + sd * hazard, Math.max(0, (variance + least) * (1 + z * hazard - hazard * hazard) - least)];
}

const mixed = (likely: number, anyhow: number) => Math.log((1 - wrong) * Math.max(0, likely) + wrong * anyhow);
