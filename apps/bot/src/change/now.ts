// The parameters of a run as a form shows them: schema, values, and which of them may change.
import type { Engine } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import * as z from "zod";
import { schemas } from "../config/params.ts";
import type { Recipe } from "../wire-up.ts";
import { strategiesNow } from "./plan.ts";

/** One strategy's. */
export interface ParamsNow {
  readonly name: string;
  readonly use: string;
  /** JSON Schema of what a person may say. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Plain data. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names, without what is inside of groups. */
  readonly changeable: readonly string[];
}

/** Of every strategy, in the order of the recipe. */
export function paramsNow(engine: Engine, recipe: Recipe): readonly ParamsNow[] {
  const known = schemas();
  return strategiesNow(engine, recipe).map(({ name, use, params }) => {
    const schema = known[use];
    return {
      name,
      use,
      schema: schema === undefined ? {} : z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
      values: params,
      changeable: strategyNamed(use).changeable?.(engine.paramsOf(name)) ?? [],
    };
  });
}
