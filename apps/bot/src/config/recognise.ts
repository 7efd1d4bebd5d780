// Whose file it is, by what it holds.

import { camelOf, isFlag } from "./flags.ts";
import type { Content } from "./format/load.ts";
import { gridGroups } from "./system/grid.ts";
import { makerVariables } from "./system/maker.ts";
import { singleVariables } from "./system/single.ts";

/** The formats that are read. */
export type Format =
  | "own"
  | "flags"
  | "single"
  | "ladder"
  | "maker"
  | "hedge"
  | "backpack-loop"
  | "aster-loop"
  | "grid"
  | "unknown";

type Tree = Readonly<Record<string, unknown>>;

/** Names of its keys decide; values do not. */
export function formatOf(content: Content): Format {
  if (content.kind === "variables") {
    const has = (names: readonly string[]) => names.some((name) => Object.hasOwn(content.variables, name));
    if (
      has(singleVariables) ||
      has(["BACKPACK_API_KEY", "BACKPACK_PRIVATE_KEY", "BACKPACK_API_KEY2", "BACKPACK_BASE_URL"])
    )
      return "single";
    return has(makerVariables) || Object.keys(content.variables).some((name) => /^(BACKPACK|ASTER)_/.test(name))
      ? "maker"
      : "unknown";
  }
  const { tree } = content;
  const has = (...names: readonly string[]) => names.some((name) => Object.hasOwn(tree, name));
  if (has("trading_settings", "risk_management") || has(...gridGroups.trading_settings, ...gridGroups.risk_management))
    return "grid";
  if (has("strategies", "accounts", "run")) return "own";
  if (has("bp", "aster", "trade")) return "hedge";
  if (has("trading", "actions", "quantityPrecisions") && !has("symbol")) return "ladder";
  if (has("api_public_key_b64", "api_secret_key_b64")) return "backpack-loop";
  if (has("api_secret") || (has("symbol", "quantity") && has("recv_window"))) return "aster-loop";
  if (Object.keys(tree).some((key) => isFlag(camelOf(key)))) return "flags";
  return "unknown";
}

/** The grid's groups with their names, also where the file shows only what is inside of one. */
export function grouped(tree: Tree): Tree {
  const groups: Record<string, Tree> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(tree)) {
    const group = Object.entries(gridGroups).find(([, keys]) => keys.some((each) => each === key))?.[0];
    if (group === undefined || Object.hasOwn(tree, group)) rest[key] = value;
    else groups[group] = { ...groups[group], [key]: value };
  }
  return { ...rest, ...groups };
}
