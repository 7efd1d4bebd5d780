// Each value of a configuration and who said it.
import type { Reading } from "./assemble.ts";
import type { SecretRef } from "./botConfig.ts";
import { shown } from "./complaint.ts";
import type { Finding, From } from "./finding.ts";
import { checkParams } from "./params.ts";
import { placeOf } from "./secrets.ts";

/** One value. */
export interface Row {
  /** Path in the configuration. */
  readonly path: string;
  /** As it may be shown: a secret is the place where it is kept. */
  readonly value: string;
  readonly from: From;
  /** In the words of whoever said it; empty for a default. */
  readonly name: string;
}

/** All values, with the defaults of the strategies' parameters. */
export function rowsOf({ config, findings }: Reading): readonly Row[] {
  const { notices: _, system, file: __, sources: ___, ...rest } = config;
  const strategies = rest.strategies.map((each, at) => ({
    ...each,
    params: checkParams(each, "use", (path) => ["strategies", at, "params", ...path].join(".")),
  }));
  const whole = { system, ...rest, strategies };
  return leavesOf(whole, []).map(({ path, value }) => {
    const said = sourceOf(path, findings);
    return {
      path,
      value,
      from: said?.from ?? "default",
      name: said === undefined || said.from === "default" ? "" : said.key,
    };
  });
}

/** Who said the value at a path, or at the group that it is in. */
function sourceOf(path: string, findings: readonly Finding[]): Finding | undefined {
  const order: readonly From[] = ["flag", "environment", "file", "default"];
  return findings
    .filter(({ to = "" }) => to !== "" && (path === to || path.startsWith(`${to}.`)))
    .toSorted((a, b) => order.indexOf(a.from) - order.indexOf(b.from) || (b.to ?? "").length - (a.to ?? "").length)[0];
}

function leavesOf(
  value: unknown,
  path: readonly string[],
): readonly { readonly path: string; readonly value: string }[] {
  if (value === undefined) return [];
  if (isReference(path, value)) return [{ path: path.join("."), value: `kept in ${placeOf(value)}` }];
  if (typeof value !== "object" || value === null) return [{ path: path.join("."), value: shown(value) }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** References stand in accounts, and for the store. */
function isReference(path: readonly string[], value: unknown): value is SecretRef {
  const isStore = path.length === 1 && path[0] === "store";
  const isPlace =
    isStore || (path[0] === "accounts" && ["key", "secret", "privateKey", "proxySecret"].includes(path.at(-1) ?? ""));
  return isPlace && typeof value === "object" && value !== null;
}
