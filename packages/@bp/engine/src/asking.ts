// What one strategy wishes now, or what a person or the beginning of the run wants in its place.
import type { AnyStrategy, Intent, View } from "@bp/core";
import { flattening, isFlat } from "./flatten.ts";
import type { World } from "./world.ts";

/** A strategy at work. */
export interface Running {
  readonly strategy: AnyStrategy;
  params: unknown;
  memory: unknown;
  /** Why it has nothing more to do. */
  done: string | undefined;
}

const nothing: readonly never[] = [];

/** Its memory as it goes with other parameters. */
export function adopted(
  { strategy, params, memory }: Pick<Running, "strategy" | "params" | "memory">,
  next: unknown,
  view: View,
): unknown {
  return strategy.adopt === undefined ? memory : strategy.adopt(memory, params, next, view);
}

/** Its wish for markets that can be seen. Lets go of a position from before the start once that is closed. */
export function wishOf(
  { strategy, params, memory }: Pick<Running, "strategy" | "params" | "memory">,
  view: View,
  world: World,
  slippageCap: number,
): readonly Intent[] {
  const { name } = strategy;
  if (world.quiet !== undefined) {
    const closes = world.quiet === "flatten" && world.flattening?.has(name) !== false;
    return closes ? seen(flattening(world, name, slippageCap), world) : nothing;
  }
  if (world.clearing.has(name)) {
    if (!isFlat(world, name)) return seen(flattening(world, name, slippageCap), world);
    world.clearing.delete(name);
  }
  return seen(strategy.want(view, memory, params), world);
}

function seen(intents: readonly Intent[], world: World): readonly Intent[] {
  for (const { instrument } of intents)
    if (!world.sees(instrument)) return intents.filter((each) => world.sees(each.instrument));
  return intents;
}
