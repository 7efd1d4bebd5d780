// Data to choose on and data to be judged by: hold-out and walk-forward.
import { type Millis, millis } from "@bp/core";
import { groupOf, wholeOf, wrong } from "./complain.ts";
import type { SweepPart } from "./trial.ts";

/** How the time of the data is divided. */
export type Splitting =
  | { readonly kind: "none" }
  /** The last share of the time is kept back, above 0 and below 1. */
  | { readonly kind: "hold-out"; readonly share: number; readonly gapMs: number }
  /** Equal stretches are tested one after the other, each chosen on what came before. */
  | {
      readonly kind: "walk-forward";
      readonly folds: number;
      /** `anchored`: on everything before; `rolling`: on as much as the first one had. */
      readonly form: "anchored" | "rolling";
      /** What the first one is chosen on, in stretches of a test. */
      readonly train: number;
      readonly gapMs: number;
    };

/** What values are chosen on, and what they are judged by. */
export interface Fold {
  readonly train: SweepPart;
  readonly test: SweepPart | undefined;
}

/**
 * Reads `holdOut: 0.3` or `{ share, gap }`, and `walkForward: { folds, form, train, gap }`; gaps are in seconds.
 *
 * @throws BpError `config/invalid`
 */
export function splittingOf(holdOut: unknown, walkForward: unknown): Splitting {
  if (holdOut !== undefined && walkForward !== undefined)
    throw wrong("walkForward", "holdOut beside it", "one of the two");
  if (holdOut !== undefined) {
    const group = typeof holdOut === "object" ? groupOf(holdOut, "holdOut", ["share", "gap"]) : { share: holdOut };
    const share = Number(group["share"]);
    if (!(share > 0 && share < 1))
      throw wrong("holdOut.share", group["share"], "a share of the time, above 0 and below 1");
    return { kind: "hold-out", share, gapMs: gapOf(Reflect.get(group, "gap"), "holdOut.gap") };
  }
  if (walkForward === undefined) return { kind: "none" };
  const group = groupOf(walkForward, "walkForward", ["folds", "form", "train", "gap"]);
  const { form = "rolling", folds, train = 3, gap } = group;
  if (form !== "anchored" && form !== "rolling") throw wrong("walkForward.form", form, "anchored or rolling");
  return {
    kind: "walk-forward",
    folds: wholeOf(folds, "walkForward.folds", 1, 100),
    form,
    train: wholeOf(train, "walkForward.train", 1, 100),
    gapMs: gapOf(gap, "walkForward.gap"),
  };
}

/**
 * Cuts a time.
 *
 * @param to - the end, not a part of it
 * @returns one fold without a test where nothing is split
 * @throws BpError `config/invalid` where a part would be shorter than a second
 */
export function foldsOf(splitting: Splitting, from: Millis, to: Millis): readonly Fold[] {
  if (splitting.kind === "none") return [{ train: { name: "all", from, to }, test: undefined }];
  if (splitting.kind === "hold-out") {
    const cut = millis(Math.round(to - (to - from) * splitting.share));
    return [checked(foldOf("", from, cut, cut, to, splitting.gapMs))];
  }
  const { folds, form, train, gapMs } = splitting;
  const length = (to - from) / (train + folds);
  return Array.from({ length: folds }, (_, at) => {
    const cut = millis(Math.round(from + (train + at) * length));
    const start = form === "anchored" ? from : millis(Math.round(from + at * length));
    const end = at === folds - 1 ? to : millis(Math.round(from + (train + at + 1) * length));
    return checked(foldOf(` ${at + 1}`, start, cut, cut, end, gapMs));
  });
}

function foldOf(name: string, from: Millis, cut: Millis, test: Millis, to: Millis, gapMs: number): Fold {
  return {
    train: { name: `train${name}`, from, to: millis(Math.max(from, cut - gapMs)) }, // what is near the test is left out
    test: { name: `test${name}`, from: test, to },
  };
}

function checked(fold: Fold): Fold {
  for (const part of [fold.train, fold.test])
    if (part !== undefined && part.to - part.from < 1_000)
      throw wrong(
        "",
        `${part.name} of ${part.to - part.from} ms`,
        "parts of a second and more",
        "fewer folds, a shorter gap, or more data",
      );
  return fold;
}

function gapOf(value: unknown, key: string): number {
  return value === undefined ? 0 : wholeOf(value, key, 0, 100_000_000) * 1_000;
}
